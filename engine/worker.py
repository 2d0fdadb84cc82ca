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
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal, NamedTuple, Self, TypeVar

from engine.config import locations
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
    from pathlib import Path

    from engine.generation.constraint import Constraint
    from engine.generation.disk_cache import DiskCache
    from engine.generation.generator import Generator
    from engine.generation.logprobs import Measurement, Meter
    from engine.generation.speculation import Drafter
    from engine.harmony.formats import Format
    from engine.harmony.tokenizer import Dialect
    from engine.models.device import Device
    from engine.models.gpt_oss import GptOss

Result = TypeVar("Result")
Listener = Callable[[Event], None]
"""Hears events on an engine thread; it must return at once and never raise."""

logger = logging.getLogger(__name__)


class NoModelError(Exception):
    """Tokens were asked for, but no model is loaded; the message says what to do."""


class GenerationError(Exception):
    """Nothing more can be generated; the message says why and what to do."""


class ClosedError(Exception):
    """The worker was closed while it had work; what it did is given up."""


class Request(NamedTuple):
    """What to generate from, and whom to tell."""

    prompt: tuple[int, ...]
    seed: int
    max_tokens: int
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


class Worker:
    """Runs jobs in the order they are given; their results come as futures."""

    def __init__(self, *, disk_cache: bool = False, unpack: bool = False) -> None:
        """Start the thread; MLX is imported by the first job.

        With ``disk_cache`` what is read is looked for on disk, and ``read_ahead`` keeps it there.
        With ``unpack`` a GPU holds packed weights unpacked, if its memory allows.
        """
        self._uses_disk = disk_cache
        self._unpacks = unpack
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
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
        raises what went wrong. A model that cannot be loaded leaves the one before as it was. Of
        limits that cannot be kept to the listener hears a ``Notice``.
        """
        return self._submit(lambda: self._load_and_tell(name, listener, limits or MemoryLimits()))

    def unload(self) -> Future[int]:
        """Let go of the model and of all that it has read.

        The future tells how many bytes of memory are free again, 0 where no model was loaded.
        """
        return self._submit(self._unload)

    def generate(self, request: Request) -> Future[Completion]:
        """Generate tokens from a prompt; what the model read before is not read again.

        The future raises ``NoModelError`` if there is no model, and ``GenerationError`` if the
        model has another format, what was asked for leaves no token to sample or memory runs out;
        the engine can be used on.
        """
        return self._submit(lambda: self._generate(request))

    def read_ahead(self, prompt: tuple[int, ...], *, keep: bool) -> Future[None]:
        """Read all of a prompt but its last token before it is needed, if the model has Harmony.

        Any other job puts an end to it, within a chunk of the prompt; what was read stays read.

        Args:
            prompt: token ids, at least one, of Harmony's.
            keep: write it to the disk too, if this worker uses the disk.
        """
        return self._submit(lambda: self._read_ahead(prompt, keep=keep))

    def prepare_rules(self) -> Future[None]:
        """Make now what the first text of a given form would wait for (under a second)."""
        return self._submit(_prepare_rules)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop what runs, free everything and end the thread."""
        atexit.unregister(self.close)
        self._closing.set()
        self._jobs.put(None)
        self._thread.join()

    # --- the thread ---------------------------------------------------------------------------

    def _submit(self, work: Callable[[], Result]) -> Future[Result]:
        future: Future[Result] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work()
                self._measure_memory()
                future.set_result(result)
            except BaseException as error:  # noqa: BLE001  (the caller of result() handles it)
                future.set_exception(error)

        self._jobs.put(job)
        return future

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None and not self._closing.is_set():
            job()
        self._generator = None
        if self._device is not None:
            import mlx.core as mx

            mx.clear_cache()
            # A thread that leaves its streams behind can abort the process at its exit.
            mx.clear_streams()

    def _measure_memory(self) -> None:
        if self._device is not None:
            import mlx.core as mx

            self._memory = mx.get_active_memory()

    def _load_and_tell(
        self, name: str | None, listener: Listener, limits: MemoryLimits
    ) -> ModelInfo:
        try:
            info = self._load(name, listener, limits)
        except ClosedError:
            raise
        except Exception as error:
            logger.exception("loading %s failed", name)
            listener(LoadFailed(_explain(error)))
            raise
        self._measure_memory()
        listener(ModelLoaded(info))
        return info

    def _load(self, name: str | None, listener: Listener, limits: MemoryLimits) -> ModelInfo:
        listener(LoadProgress("MLX", 0.0))
        start = time.perf_counter()
        from engine.models import device as devices
        from engine.models import hub

        folder = hub.find_model(name)
        self._device = self._device or devices.prepare()
        from engine.generation.cache import cache_room
        from engine.generation.generator import Generator
        from engine.harmony.formats import load_format
        from engine.models.checkpoint import load_checkpoint
        from engine.models.configuration import read_config
        from engine.models.limits import set_limits

        def tell(step: str, share: float) -> None:
            if self._closing.is_set():
                raise ClosedError("The program ended while the model was being loaded.")
            listener(LoadProgress(step, share))

        format_ = load_format(folder, read_config(folder).vocab_size)
        room = cache_room(limits.context)
        model = load_checkpoint(folder, self._device, tell, unpack=self._unpacks, cache_room=room)
        generator = Generator(model, self._disk_for(folder, model))
        seconds = time.perf_counter() - start
        info = _describe(model, folder, self._device, format_.dialect, seconds)
        # Only now, so that a failure leaves the old model in place.
        self._generator, self._format, self._model = generator, format_, info
        needed = info.weight_bytes + room(model.config, model.dtype.size).byte_count
        if said := set_limits(self._device, limits, needed):
            listener(Notice(said))
        return info

    def _unload(self) -> int:
        if self._generator is None:
            return 0
        import mlx.core as mx

        held = mx.get_active_memory() + mx.get_cache_memory()
        self._generator, self._format, self._model = None, None, None
        gc.collect()  # an error's traceback may hold arrays, and hold itself
        mx.clear_cache()
        return int(held - mx.get_active_memory() - mx.get_cache_memory())

    def _disk_for(self, folder: Path, model: GptOss) -> DiskCache | None:
        if not self._uses_disk:
            return None
        from engine.generation.disk_cache import DiskCache
        from engine.models.fingerprint import fingerprint

        try:
            return DiskCache(locations.prefixes_folder(), fingerprint(folder, str(model.dtype)))
        except OSError as error:
            logger.warning("no KV cache is kept on disk: %s", error)
            return None

    def _read_ahead(self, prompt: tuple[int, ...], *, keep: bool) -> None:
        if self._generator is None or self._format_name() != HARMONY:
            return

        def nothing_else_waits(*_: int) -> bool:
            return self._jobs.empty() and not self._closing.is_set()

        if self._generator.prefill(prompt, nothing_else_waits) is not None and keep:
            self._generator.prefixes.save(nothing_else_waits)

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
        from engine.generation.generator import NothingAllowedError
        from engine.generation.structure import StructureError

        def hear(progress: PrefillProgress) -> None:
            self._measure_memory()
            request.on_prefill(progress)

        try:
            asked = request._replace(on_prefill=hear)
            return _Generation(self._generator, asked, self._closing).run()
        except (NothingAllowedError, StructureError) as error:
            raise GenerationError(str(error)) from error
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
            logger.exception("memory ran out")
            raise GenerationError(
                "There is not enough memory to go on. Close other programs, begin a new "
                "conversation with /new, or use a smaller model."
            ) from error


def _prepare_rules() -> None:
    from engine.generation.rules import harmony_vocabulary

    harmony_vocabulary()


def _describe(
    model: GptOss, folder: Path, device: Device, dialect: Dialect, seconds: float
) -> ModelInfo:
    from engine.models import demo, hub
    from engine.models.checkpoint import describe_quantization
    from engine.models.configuration import read_sampling_defaults

    return ModelInfo(
        name=hub.model_name(folder),
        path=str(folder),
        weight_bytes=sum(int(array.nbytes) for array in model.arrays()),
        quantization=describe_quantization(folder),
        context_length=model.config.max_position_embeddings,
        device=device.name,
        load_seconds=seconds,
        is_demo=folder == demo.WEIGHTS,
        defaults=read_sampling_defaults(folder),
        vocabulary=dialect.vocabulary,
        prompts=dialect.prompts,
        dialect_reason=dialect.reason,
    )


def _is_out_of_memory(error: Exception) -> bool:
    """Return whether this is how MLX says that an array found no room."""
    words = ("malloc", "alloc", "memory")
    return isinstance(error, MemoryError) or any(word in str(error).lower() for word in words)


def _explain(error: Exception) -> str:
    """Return what a person reads of an error: its own words where it has any meant for people."""
    if type(error).__module__.startswith("engine."):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this model. Use a smaller one."
    return f"The model could not be loaded: {error}"


class _Generation:
    """One request on its way, on the engine's thread."""

    def __init__(self, generator: Generator, request: Request, closing: threading.Event) -> None:
        self.generator = generator
        self.request = request
        self.closing = closing
        self.start = time.perf_counter()
        self.cached = -1
        self.prefill_seconds = 0.0
        self.drafter: Drafter | None = None

    def run(self) -> Completion:
        from engine.generation.generator import LEFT

        request = self.request
        cached = self.generator.prefill(request.prompt, self._hear, leave=LEFT)
        self.prefill_seconds = time.perf_counter() - self.start
        if cached is None:
            return self._completion("cancelled", 0, 0.0)
        return self._decode()

    def _must_stop(self) -> bool:
        return self.request.cancelled.is_set() or self.closing.is_set()

    def _hear(self, done: int, total: int) -> bool:
        if self.cached < 0:
            self.cached = done
        seconds = time.perf_counter() - self.start
        rate = (done - self.cached) / seconds if seconds > 0 else 0.0
        left = (total - done) / rate if rate > 0 else 0.0
        self.request.on_prefill(PrefillProgress(done, total, self.cached, rate, left))
        return not self._must_stop()

    def _decode(self) -> Completion:
        from engine.generation.sampling import Sampler
        from engine.generation.speculation import Drafter

        request = self.request
        sampled, first = 0, 0.0
        finish: Literal["stop", "length", "cancelled"] = "length"
        sampler = Sampler(
            request.seed, request.prompt, request.earlier, request.control_tokens, request.breakers
        )
        self.drafter = Drafter(request.prompt) if request.speculates else None
        unread = request.prompt[len(self.generator.cache) :]
        tokens = self.generator.decode(
            unread,
            sampler,
            request.hyperparameters,
            constraint=request.constraint() if request.constraint else None,
            drafter=self.drafter,
            meter=self._meter(),
        )
        try:
            while sampled < request.max_tokens:
                token = next(tokens)
                sampled += 1
                if not first:
                    first = time.perf_counter() - self.start
                    # Of the first step, its share of the prompt's tokens counts as reading it.
                    step = first - self.prefill_seconds
                    self.prefill_seconds += step * (len(unread) - 1) / len(unread)
                request.on_token(token)
                if token in request.stop_tokens:
                    finish = "stop"
                    break
                if self._must_stop():
                    finish = "cancelled"
                    break
        finally:
            tokens.close()
        return self._completion(finish, sampled, first)

    def _meter(self) -> Meter | None:
        from engine.generation.logprobs import Meter

        count, hear = self.request.logprobs, self.request.on_measured
        return None if count is None or hear is None else Meter(count, hear)

    def _completion(
        self, finish: Literal["stop", "length", "cancelled"], sampled: int, first: float
    ) -> Completion:
        seconds = time.perf_counter() - self.start
        return Completion(
            finish,
            prompt_tokens=len(self.request.prompt),
            cached_tokens=max(0, self.cached),
            sampled_tokens=sampled,
            prefill_seconds=self.prefill_seconds,
            decode_seconds=seconds - self.prefill_seconds,
            first_token_seconds=first,
            drafted_tokens=self.drafter.drafted if self.drafter else 0,
            accepted_tokens=self.drafter.accepted if self.drafter else 0,
        )
