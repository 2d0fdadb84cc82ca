"""The one thread that owns MLX: it loads models and generates tokens, one job after another.

MLX's streams and random numbers belong to a thread, so every array is made, evaluated and freed
here; what leaves are Python's own numbers and text. Importing this module imports neither MLX nor
the vocabulary; the thread does, with its first job.
"""

from __future__ import annotations

import atexit
import gc
import logging
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Self, TypeVar

from engine.config.hyperparameters import Hyperparameters
from engine.config.memory import MemoryLimits
from engine.events import (
    HARMONY,
    Event,
    LoadFailed,
    LoadProgress,
    ModelInfo,
    ModelLoaded,
    Notice,
    PrefillProgress,
)

if TYPE_CHECKING:
    from engine.generation.constraint import Constraint
    from engine.generation.generator import Generator
    from engine.generation.logprobs import Measurement
    from engine.harmony.formats import Format
    from engine.models.device import Device

Result = TypeVar("Result")
Listener = Callable[[Event], None]
"""Hears events on an engine thread; it must return at once and never raise."""

logger = logging.getLogger(__name__)


class NoModelError(Exception):
    """Tokens were asked for, but no model is loaded; the message says what to do."""


class GenerationError(Exception):
    """Nothing more can be generated; the message says why and what to do."""


class ClosedError(GenerationError):
    """The worker was closed before it had done something; that is given up."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("The engine was closed before this was done. Start a new one to go on.")


class Request(NamedTuple):
    """What to generate from, and whom to tell."""

    prompt: tuple[int, ...]
    seed: int
    max_tokens: Callable[[], int]
    """How many tokens are sampled at most; asked at every token, so that a change acts at once."""
    hyperparameters: Callable[[], Hyperparameters]
    """Asked at every step, so that a change acts at once."""
    stop_tokens: frozenset[int]
    on_prefill: Callable[[PrefillProgress], None]
    on_token: Callable[[int], None]
    cancelled: threading.Event
    format: str = HARMONY
    """The name of the format that the prompt is in."""
    earlier: tuple[int, ...] = ()
    """What the turn has sampled before this prompt's end; tokens are numbered on from there."""
    control_tokens: frozenset[int] = frozenset()
    """No penalty and no XTC touches these."""
    breakers: frozenset[int] = frozenset()
    """DRY matches no repeat across these, either."""
    constraint: Callable[[], Constraint] | None = None
    """Makes, on the engine's thread, what says which tokens may be sampled."""
    speculates: bool = True
    """Whether text that repeats earlier text is read several tokens at a time."""
    logprobs: Callable[[], int] | None = None
    """How many of the likeliest tokens to tell with each token, asked at every step; 0 for none."""
    on_measured: Callable[[Measurement], None] | None = None
    """Told, where ``logprobs`` is more than 0, of each token before ``on_token`` is."""
    on_values: Callable[[Hyperparameters], None] | None = None
    """Told what a token was sampled by, before ``on_token`` is told of it, where that is new."""
    on_waiting: Callable[[], None] | None = None
    """Told, on the thread that asks, if other work comes first: another's turn, or a model."""


class Completion(NamedTuple):
    """How a generation ended, with its figures; times in seconds from its start."""

    finish: Literal["stop", "length", "cancelled"]
    prompt_tokens: int
    cached_tokens: int
    sampled_tokens: int
    prefill_seconds: float
    decode_seconds: float
    first_token_seconds: float
    drafted_tokens: int = 0
    """How many tokens were guessed from earlier text and read together."""
    accepted_tokens: int = 0
    """How many of those were then sampled."""


class _Job(Generic[Result]):
    """Work that was given, and what came of it."""

    def __init__(self, work: Callable[[], Result], is_brief: bool, is_patient: bool) -> None:
        self.work = work
        self.is_brief = is_brief
        """Whether it ends soon, or as soon as anything else waits."""
        self.is_patient = is_patient
        """Whether it is as well done after whatever is read ahead."""
        self.future: Future[Result] = Future()


class Worker:
    """Runs jobs in the order they are given; their results come as futures."""

    def __init__(self, *, disk_cache: bool = False, unpack: bool = False) -> None:
        """Start the thread; MLX is imported by the first job.

        With ``disk_cache`` what is read is looked for on disk, and ``read_ahead`` keeps it there.
        With ``unpack`` a GPU holds packed weights unpacked, if its memory allows.
        """
        self._uses_disk = disk_cache
        self._unpacks = unpack
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._lock = threading.RLock()
        """Held while a job is given or its end counted, and to close: none is given after that."""
        self._busy = 0
        """How many jobs were given and are not over, brief ones aside."""
        self._waiting = 0
        """How many jobs were given and have not begun, patient ones aside."""
        self._closing = threading.Event()
        self._device: Device | None = None
        self._generator: Generator | None = None
        self._model: ModelInfo | None = None
        self._format: Format | None = None
        self._memory = 0
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()
        # A process that ends while the thread computes is aborted by MLX.
        atexit.register(self.close)

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model, if there is one."""
        return self._model

    @property
    def format(self) -> Format | None:
        """How the loaded model is prompted and read, if there is one."""
        return self._format

    @property
    def memory_bytes(self) -> int:
        """What MLX's arrays were seen to take last: weights, KV cache, what is being computed."""
        return self._memory

    def load(
        self, name: str | None, listener: Listener, limits: MemoryLimits | None = None
    ) -> Future[ModelInfo]:
        """Load a model by folder or name (None: the bundled one) in place of the one before.

        The listener hears ``LoadProgress`` and then ``ModelLoaded`` or ``LoadFailed``; the future
        raises what went wrong. Of limits that cannot be kept to the listener hears a ``Notice``.

        A model that cannot be loaded leaves the one before as it was, unless there was room for one
        of them alone: the one before is then let go first, and ``LoadFailed`` says so. That is not
        done where it can be told before that loading will fail.
        """
        return self._submit(lambda: self._load(name, listener, limits or MemoryLimits()))

    def unload(self) -> Future[int]:
        """Let go of the model and of all that it has read.

        The future tells how many bytes of memory are free again, 0 where no model was loaded.
        """
        return self._submit(self._unload)

    def generate(self, request: Request) -> Future[Completion]:
        """Generate tokens from a prompt; what the model read before is not read again.

        The future raises ``NoModelError`` if there is no model, and ``GenerationError`` if the
        model has another format or not all of the tokens, what was asked for leaves no token to
        sample or memory runs out; the engine can be used on.
        """
        return self._submit(lambda: self._generate(request), on_waiting=request.on_waiting)

    def read_ahead(self, prompt: tuple[int, ...], *, keep: bool) -> Future[None]:
        """Read all of a prompt but its last token before it is needed, if the model has Harmony.

        Any job but ``prepare_rules`` puts an end to it, within a chunk of the prompt; what was
        read stays read.

        Args:
            prompt: token ids, at least one, of Harmony's.
            keep: write it to the disk too, if this worker uses the disk.
        """
        return self._submit(lambda: self._read_ahead(prompt, keep=keep), is_brief=True)

    def prepare_rules(self) -> Future[None]:
        """Make now what the first text of a given form would wait for (under a second)."""
        return self._submit(_prepare_rules, is_brief=True, is_patient=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop what runs, give up what waits, free everything and end the thread.

        Whatever waits, and all that is asked for from then on, fails with ``ClosedError``.
        """
        atexit.unregister(self.close)
        with self._lock:
            self._closing.set()
            self._jobs.put(None)
        self._thread.join()

    # --- the thread ---------------------------------------------------------------------------

    def _submit(
        self,
        work: Callable[[], Result],
        *,
        is_brief: bool = False,
        is_patient: bool = False,
        on_waiting: Callable[[], None] | None = None,
    ) -> Future[Result]:
        """Have work done after all that was given before; until it begins it can be cancelled."""
        job = _Job(work, is_brief, is_patient)
        with self._lock:
            if self._closing.is_set():
                job.future.set_exception(ClosedError())
                return job.future
            if self._busy and on_waiting is not None:
                on_waiting()
            self._busy += not is_brief
            self._waiting += not is_patient
            self._jobs.put(job)
        return job.future

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            with self._lock:
                self._waiting -= not job.is_patient
            self._do(job)
            del job  # it holds what it gave, and whom it was for
        self._generator = None
        if self._device is not None:
            import mlx.core as mx

            mx.clear_cache()
            # A thread that leaves its streams behind can abort the process at its exit.
            mx.clear_streams()

    def _do(self, job: _Job[Result]) -> None:
        """Do a job that is still waited for; give it up where this is being closed."""
        if not job.future.set_running_or_notify_cancel():
            self._count_over(job)
            return
        settle: Callable[[], None]
        try:
            if self._closing.is_set():
                raise ClosedError
            result = job.work()
            self._measure_memory()
        except BaseException as error:  # noqa: BLE001  (the caller of result() handles it)
            _leave_arrays_behind(error)
            settle = partial(job.future.set_exception, error)
        else:
            settle = partial(job.future.set_result, result)
        self._count_over(job)  # first: whoever waits for it may give the next at once
        settle()

    def _count_over(self, job: _Job[Result]) -> None:
        with self._lock:
            self._busy -= not job.is_brief

    def _measure_memory(self) -> None:
        if self._device is not None:
            import mlx.core as mx

            self._memory = mx.get_active_memory()

    def _load(self, name: str | None, listener: Listener, limits: MemoryLimits) -> ModelInfo:
        before = self._model
        try:
            info = self._load_in_place(name, listener, limits)
        except ClosedError:
            raise
        except Exception as error:
            logger.exception("loading %s failed", name)
            said, is_unloaded = _explain(error), self._model is None
            if before is not None and is_unloaded:
                said += f" {before.name} was let go to make room for it."
            listener(LoadFailed(said, is_unloaded))
            raise
        self._measure_memory()
        listener(ModelLoaded(info))
        return info

    def _load_in_place(
        self, name: str | None, listener: Listener, limits: MemoryLimits
    ) -> ModelInfo:
        listener(LoadProgress("MLX", 0.0))
        start = time.perf_counter()
        from engine.models import device as devices
        from engine.models import hub

        folder = hub.find_model(name)
        if self._device is None:
            self._device = devices.prepare()
        else:
            _give_memory_back()  # what a load that failed has left
        # Only now: they import MLX, which has to be prepared for.
        from engine.loading import load_model
        from engine.models.limits import set_limits
        from engine.models.room import Releasable

        def tell(step: str, share: float) -> None:
            if self._closing.is_set():
                raise ClosedError
            listener(LoadProgress(step, share))

        loaded = load_model(
            folder,
            self._device,
            tell,
            limits=limits,
            unpack=self._unpacks,
            disk_failed=(lambda said: listener(Notice(said))) if self._uses_disk else None,
            before=Releasable(self._held(), self._unload) if self._generator else None,
        )
        info = replace(loaded.info, load_seconds=time.perf_counter() - start)
        # Only now, so that a failure leaves the old model in place.
        self._generator, self._format, self._model = loaded.generator, loaded.format, info
        if said := set_limits(self._device, limits, loaded.needed):
            listener(Notice(said))
        return info

    def _unload(self) -> int:
        if self._generator is None:
            return 0

        held = self._held()
        self._generator, self._format, self._model = None, None, None
        _give_memory_back()
        return held - self._held()

    def _held(self) -> int:
        """Return how many bytes MLX holds, also of what was freed."""
        import mlx.core as mx

        return int(mx.get_active_memory() + mx.get_cache_memory())

    def _read_ahead(self, prompt: tuple[int, ...], *, keep: bool) -> None:
        if self._generator is None or self._format_name() != HARMONY:
            return

        def nothing_else_waits(*_: int) -> bool:
            return not (self._waiting or self._closing.is_set())

        generator, go_on = self._generator, nothing_else_waits
        if generator.prefill(prompt, go_on, go_on=go_on) is not None and keep:
            generator.save(go_on)

    def _format_name(self) -> str:
        return HARMONY if self._format is None else self._format.name

    def _generate(self, request: Request) -> Completion:
        if self._generator is None:
            raise NoModelError("No model is loaded. Load one with /model or --model.")
        if request.format != self._format_name():
            raise GenerationError(
                "Another model, which is prompted in another way, was loaded in the meantime. "
                "Ask again."
            )
        from engine.completing import Completing
        from engine.generation.constraint import ConstraintError
        from engine.generation.decoding import UnknownTokenError
        from engine.generation.headroom import NoRoomError

        def hear(progress: PrefillProgress) -> None:
            self._measure_memory()
            request.on_prefill(progress)

        try:
            asked = request._replace(on_prefill=hear)
            return Completing(self._generator, asked, self._closing).run()
        except (ConstraintError, NoRoomError, UnknownTokenError) as error:
            raise GenerationError(str(error)) from error
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
            logger.exception("memory ran out")
            raise GenerationError(
                "There is not enough memory to go on. Close other programs, begin a new "
                "conversation with /new, or use a smaller model."
            ) from error


def _give_memory_back() -> None:
    import mlx.core as mx

    gc.collect()  # an error's traceback may hold arrays, and hold itself
    mx.clear_cache()


def _prepare_rules() -> None:
    from engine.generation.rules import harmony_vocabulary

    harmony_vocabulary()


def _is_out_of_memory(error: Exception) -> bool:
    """Return whether this is how MLX says that an array found no room."""
    words = ("malloc", "alloc", "memory")
    return isinstance(error, MemoryError) or any(word in str(error).lower() for word in words)


def _leave_arrays_behind(error: BaseException | None) -> None:
    """Have an error hold no arrays: they stay on this thread, and their memory is wanted."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _explain(error: Exception) -> str:
    """Return what a person reads of an error: its own words where it has any meant for people."""
    if type(error).__module__.startswith("engine."):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this model. Use a smaller one."
    return f"The model could not be loaded: {error}"
