"""The engine's thread: loading, failing, cancelling and leaving, with random weights."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import mlx.core as mx
import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.config.memory import MemoryLimits
from engine.events import Event, LoadFailed, LoadProgress, ModelLoaded, Notice, PrefillProgress
from engine.generation.decoding import UnknownTokenError
from engine.models.configuration import CheckpointError
from engine.models.device import Device
from engine.worker import ClosedError, Completion, GenerationError, NoModelError, Request, Worker
from tests.engine.models.checkpoints import write_checkpoint


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("random") / "small-model", "original-mxfp4")


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


class Asked:
    """One request and what was heard of it."""

    def __init__(self, prompt_length: int = 50, **changes: object) -> None:
        self.tokens: list[int] = []
        self.prefills: list[PrefillProgress] = []
        self.cancelled = threading.Event()
        values = {
            "prompt": tuple(range(100, 100 + prompt_length)),
            "seed": 1,
            "max_tokens": lambda: 10,
            "hyperparameters": Hyperparameters,
            "stop_tokens": frozenset(),
            "on_prefill": self.prefills.append,
            "on_token": self.tokens.append,
            "cancelled": self.cancelled,
        }
        self.request = Request(**(values | changes))  # type: ignore[arg-type]

    def run(self, worker: Worker) -> Completion:
        return worker.generate(self.request).result(60)


def test_loading_tells_how_far_it_is_and_what_was_loaded(worker: Worker, folder: Path) -> None:
    heard: list[Event] = []
    info = worker.load(str(folder), heard.append).result(60)
    fractions = [e.fraction for e in heard if isinstance(e, LoadProgress)]
    assert fractions == sorted(fractions)
    assert heard[-1] == ModelLoaded(info)
    assert (info.name, info.quantization, info.is_demo) == ("small-model", "mxfp4", False)
    assert worker.model == info


def test_a_model_that_fails_to_load_leaves_the_one_before(worker: Worker, folder: Path) -> None:
    before = worker.load(str(folder), lambda _: None).result(60)
    heard: list[Event] = []
    with pytest.raises(CheckpointError):
        worker.load("no/such-model", heard.append).result(60)
    (failed,) = [e for e in heard if isinstance(e, LoadFailed)]
    assert "no/such-model" in failed.message
    assert worker.model == before
    assert Asked().run(worker).sampled_tokens == 10


def test_a_failure_at_the_very_end_leaves_it_too(worker: Worker, folder: Path) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    before = worker.model, worker.format, worker._generator
    settings = folder / "generation_config.json"
    settings.write_text("{")
    with pytest.raises(CheckpointError, match="is not valid JSON"):
        worker.load(str(folder), lambda _: None).result(60)
    settings.unlink()
    assert (worker.model, worker.format, worker._generator) == before


def test_a_seed_gives_the_same_tokens_again(worker: Worker, folder: Path) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    first, again, other = Asked(), Asked(), Asked(seed=2)
    for asked in (first, again, other):
        asked.run(worker)
    assert first.tokens == again.tokens
    assert first.tokens != other.tokens


def test_stop_tokens_end_the_generation_and_are_given(worker: Worker, folder: Path) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    free = Asked()
    free.run(worker)
    stopped = Asked(stop_tokens=frozenset({free.tokens[4]}))
    completion = stopped.run(worker)
    assert completion.finish == "stop"
    assert stopped.tokens == free.tokens[: free.tokens.index(free.tokens[4]) + 1]


def test_figures_add_up(worker: Worker, folder: Path) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    Asked().run(worker)
    completion = Asked().run(worker)
    assert (completion.prompt_tokens, completion.cached_tokens) == (50, 49)
    assert completion.sampled_tokens == 10
    assert completion.first_token_seconds <= (
        completion.prefill_seconds + completion.decode_seconds
    )


class Alternating:
    """Leaves no choice at all: one token after another of two."""

    def __init__(self) -> None:
        self.thread = threading.current_thread().name
        self.count = 0

    def mask(self) -> None:
        return None

    def forced(self) -> list[int]:
        return [11 + self.count % 2]

    def accept(self, _token: int) -> None:
        self.count += 1


def test_a_constraint_is_made_on_the_engine_s_thread_and_obeyed(
    worker: Worker, folder: Path
) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    made: list[Alternating] = []
    asked = Asked(constraint=lambda: made.append(Alternating()) or made[0])
    asked.run(worker)
    assert asked.tokens == [11, 12] * 5
    assert made[0].thread == "engine"


def test_what_was_drafted_is_counted_unless_it_is_switched_off(
    worker: Worker, folder: Path
) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    looping = {
        "prompt": (7,) * 40,
        "hyperparameters": lambda: Hyperparameters(temperature=0, logit_bias="7:100"),
        "max_tokens": lambda: 30,
    }
    speculated, plain = Asked(**looping), Asked(**looping, speculates=False)
    completion = speculated.run(worker)
    assert speculated.tokens == [7] * 30
    assert 20 < completion.accepted_tokens <= completion.drafted_tokens
    completion = plain.run(worker)
    assert plain.tokens == speculated.tokens
    assert (completion.drafted_tokens, completion.accepted_tokens) == (0, 0)


def test_the_time_left_is_what_the_rate_so_far_says(
    worker: Worker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.generation.chunks.LARGEST_CHUNK", 256)
    worker.load(str(folder), lambda _: None).result(60)
    asked = Asked(prompt_length=600, max_tokens=lambda: 1)
    asked.run(worker)
    first, *others = asked.prefills
    assert first.seconds_left == 0
    assert len(others) > 1
    for heard in others:
        left = (heard.total - heard.done) / heard.tokens_per_second
        assert heard.seconds_left == pytest.approx(left)
    assert others[0].seconds_left > 0 == others[-1].seconds_left


def test_cancelling_acts_within_one_token(worker: Worker, folder: Path) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    asked = Asked(max_tokens=lambda: 1000)

    def hear(token: int) -> None:
        asked.tokens.append(token)
        if len(asked.tokens) == 3:
            asked.cancelled.set()

    request = Asked(max_tokens=lambda: 1000, on_token=hear, cancelled=asked.cancelled).request
    completion = worker.generate(request).result(60)
    assert (completion.finish, len(asked.tokens)) == ("cancelled", 3)


def test_a_cancelled_prefill_gives_no_token(worker: Worker, folder: Path) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    asked = Asked(prompt_length=2000)
    asked.cancelled.set()
    assert asked.run(worker).finish == "cancelled"
    assert asked.tokens == []


def test_generating_without_a_model_is_an_error_that_says_so(worker: Worker) -> None:
    with pytest.raises(NoModelError, match="No model is loaded"):
        Asked().run(worker)


class Forcing:
    """Leaves no choice but one token, again and again."""

    def __init__(self, token: int) -> None:
        self.token = token

    def mask(self) -> None:
        return None

    def forced(self) -> tuple[int, ...]:
        return (self.token,)

    def accept(self, token: int) -> None:
        assert token == self.token


@pytest.mark.parametrize("unknown", [201_088, -1, 2**31, 2**70, -(2**70)])
@pytest.mark.parametrize("place", ["first", "middle", "last", "earlier", "forced"])
def test_what_is_no_token_of_the_model_is_refused_and_the_engine_goes_on(
    worker: Worker, folder: Path, place: str, unknown: int
) -> None:
    worker.load(str(folder), lambda _: None).result(60)
    known = (101, 102, 103)
    changes: dict[str, dict[str, object]] = {
        "first": {"prompt": (unknown, *known)},
        "middle": {"prompt": (*known, unknown, *known)},
        "last": {"prompt": (*known, unknown)},
        "earlier": {"earlier": (unknown,)},
        "forced": {"constraint": lambda: Forcing(unknown)},
    }
    penalized = Hyperparameters(frequency_penalty=1.0, repetition_penalty=1.2)
    asked = Asked(hyperparameters=lambda: penalized, **changes[place])
    with pytest.raises(GenerationError, match=rf"no token {unknown}; its tokens are 0 to 201,087"):
        asked.run(worker)
    assert asked.tokens == []
    if place in ("first", "middle", "last"):
        with pytest.raises(UnknownTokenError):
            worker.read_ahead(asked.request.prompt, keep=False).result(60)
    assert Asked().run(worker).sampled_tokens == 10


def test_closing_stops_what_runs(folder: Path) -> None:
    worker = Worker()
    worker.load(str(folder), lambda _: None).result(60)
    asked = Asked(max_tokens=lambda: 1_000_000)
    future = worker.generate(asked.request)
    while not asked.tokens:
        time.sleep(0.01)
    worker.close()
    assert future.result(0).finish == "cancelled"


def test_what_waits_when_the_worker_closes_fails_and_so_does_what_comes_then(folder: Path) -> None:
    worker = Worker()
    worker.load(str(folder), lambda _: None).result(60)
    begun = threading.Event()
    running = worker.generate(
        Asked(max_tokens=lambda: 1_000_000, on_token=lambda _: begun.set()).request
    )
    told: list[str] = []
    waiting = Asked(on_waiting=lambda: told.append("waits"))
    waits = [worker.generate(waiting.request), worker.load(None, lambda _: None), worker.unload()]
    unwanted = worker.generate(Asked().request)
    assert begun.wait(60)
    assert unwanted.cancel()
    worker.close()
    late = [worker.generate(waiting.request), worker.load(None, lambda _: None), worker.unload()]
    late += [worker.read_ahead((1, 2), keep=False), worker.prepare_rules()]
    assert running.result(0).finish == "cancelled"
    assert [type(each.exception(0)) for each in waits + late] == [ClosedError] * 8
    assert unwanted.cancelled()
    assert told == ["waits"]
    worker.close()


def test_an_error_leaves_its_arrays_on_the_thread(worker: Worker) -> None:
    def fail() -> None:
        array = threading.Event()  # stands for what only this thread may free
        held.append(weakref.ref(array))
        raise GenerationError("no room")

    held: list[weakref.ref[threading.Event]] = []
    error = worker._submit(fail).exception(60)
    assert isinstance(error, GenerationError)
    assert held[0]() is None


def test_the_module_imports_neither_mlx_nor_the_vocabulary() -> None:
    program = (
        "import sys, engine.worker\n"
        "print([m for m in ('mlx', 'openai_harmony', 'textual', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_process_that_generated_ends_cleanly(folder: Path) -> None:
    program = (
        "import threading\n"
        "from engine import Chat, Hyperparameters, Worker\n"
        "worker = Worker()\n"
        f"worker.load({str(folder)!r}, lambda e: None).result()\n"
        "chat = Chat(worker, hyperparameters=Hyperparameters(max_tokens=5))\n"
        "print(chat.send('hello', lambda e: None).finish)\n"
        "worker.close()\n"
    )
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout.strip()) == (0, "length"), done.stderr


def test_closing_gives_up_a_load(folder: Path) -> None:
    worker = Worker()
    reached = threading.Event()
    future = worker.load(str(folder), lambda _: reached.set())
    reached.wait(60)
    worker.close()
    assert isinstance(future.exception(0), ClosedError)


def test_an_unloaded_model_leaves_its_memory(worker: Worker, folder: Path) -> None:
    info = worker.load(str(folder), lambda _: None).result(60)
    Asked().run(worker)
    assert worker.unload().result(60) >= info.weight_bytes
    assert (worker.model, worker.format) == (None, None)
    with pytest.raises(NoModelError):
        Asked().run(worker)
    assert worker.unload().result(60) == 0
    worker.load(str(folder), lambda _: None).result(60)
    assert Asked().run(worker).sampled_tokens == 10


def test_memory_is_told_as_it_was_last_seen(worker: Worker, folder: Path) -> None:
    assert worker.memory_bytes == 0
    seen: list[int] = []
    info = worker.load(str(folder), lambda _: seen.append(worker.memory_bytes)).result(60)
    assert seen[0] == 0
    assert seen[-1] >= info.weight_bytes  # ModelLoaded comes last
    before = worker.memory_bytes
    Asked(600, max_tokens=lambda: 1).run(worker)
    assert worker.memory_bytes > before
    worker.unload().result(60)
    assert worker.memory_bytes < info.weight_bytes


def test_what_the_limits_do_not_allow_is_said(worker: Worker, folder: Path) -> None:
    heard: list[Event] = []
    limits = MemoryLimits(wired=True)
    worker.load(str(folder), heard.append, limits).result(60)
    notices = [event.message for event in heard if isinstance(event, Notice)]
    assert all(said.startswith("No memory is wired: ") for said in notices)
    assert len(notices) == (mx.device_info().get("max_recommended_working_set_size") is None)
    model, info = worker.model, heard[-1]
    assert isinstance(info, ModelLoaded)
    with pytest.MonkeyPatch.context() as patch:
        whole = info.info.weight_bytes
        patch.setattr(Device, "free_memory", lambda _: whole - mx.get_active_memory())
        failed = worker.load(str(folder), heard.append, MemoryLimits(context=100_000))
        assert failed.exception(60) is not None
    assert isinstance(heard[-1], LoadFailed)
    assert worker.model is model
