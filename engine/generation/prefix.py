"""Finds as much of a prompt as was ever read: in the live cache, parked in memory, or on disk.

What a live cache loses when it goes to another prompt is parked as a segment that begins where the
two part, so conversations and branches share their trunk and nothing is held twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.generation.cache import KeyValueCache
from engine.generation.disk_cache import DiskCache
from engine.generation.segment import Segment, Tokens, as_tokens, shared_length

PARKED_BYTES = 2**30
"""The most memory that parked segments take, unless said otherwise."""

WORTH = 32
"""Fewer tokens than this are sooner read again than kept."""

PIECE = 512
"""The most tokens in a file on the disk, so that it can be stopped between them: 24 MiB of the 20b
model."""


class PrefixCache:
    """The live cache of a model, and what it held before; all in the thread that owns MLX."""

    def __init__(
        self,
        cache: KeyValueCache,
        *,
        parked_bytes: int = PARKED_BYTES,
        disk: DiskCache | None = None,
    ) -> None:
        """Begin with nothing parked.

        Args:
            cache: the live one, which all prompts are read into.
            parked_bytes: the most memory that segments take besides it; for the length of a call
                of ``prepare`` one segment comes on top.
            disk: where to look for what is not in memory, and to save to; None for nowhere.
        """
        self.cache = cache
        self.parked_bytes = parked_bytes
        self.disk = disk
        self._parked: list[Segment] = []
        """The longest unused comes first."""

    def prepare(
        self,
        prompt: Sequence[int],
        go_on: Callable[[], bool] = lambda: True,
        spare: Callable[[], int] | None = None,
    ) -> int:
        """Bring the live cache to the longest prefix of a prompt that is to be had.

        At least the prompt's last token is left to read, since its logits are wanted.

        Args:
            prompt: token ids, at least one.
            go_on: asked before each file that is read; if it says no, the prefix is a shorter one.
            spare: says how many bytes of memory there are for what is parked; None for enough.

        Returns how many tokens the cache then holds.
        """
        wanted = as_tokens(prompt[:-1])
        live = as_tokens(self.cache.tokens)
        kept = self.cache.reachable(shared_length(live, wanted))
        if kept < len(live):
            self._park(live, kept, self.parked_bytes if spare is None else spare())
        self.cache.expect(len(wanted))
        self.cache.rewind(kept)
        self._restore(wanted)
        if self.disk is not None and len(wanted) - len(self.cache) >= WORTH:
            for segment in self.disk.chain(wanted, len(self.cache), go_on):
                self.cache.extend(segment, segment.end)
            self.cache.rewind(len(self.cache))  # in case the last one was a part
            self._restore(wanted)
        self._evict()
        return len(self.cache)

    # --- memory -------------------------------------------------------------------------------

    @property
    def byte_count(self) -> int:
        """Bytes of memory that parked segments take."""
        return sum(segment.byte_count for segment in self._parked)

    def _walk(self, wanted: Tokens, position: int) -> Iterator[tuple[Segment, int]]:
        """Give the segments that lead from a position as far as possible, and how far each does."""
        parked = list(self._parked)
        while parked:
            best = max(parked, key=lambda segment: segment.reach(wanted, position))
            end = best.reach(wanted, position)
            if end == position:
                return
            yield best, end
            position = end

    def _park(self, live: Tokens, kept: int, spare: int) -> None:
        """Keep what the live cache holds after ``kept``, as far as it is not parked already."""
        trunk = list(self._walk(live, kept))
        start = trunk[-1][1] if trunk else kept
        end = len(live)
        room = max(0, min(self.parked_bytes, spare) - live.nbytes)
        if self.cache.measure(start, end) > room:
            each = self.cache.measure(end - 1, end)
            end = self.cache.reachable(min(end, start + room // each))
        if end - start >= WORTH or self._is_trunk(live, start, end):
            parked = self.cache.copy(start, end)
            self._drop_repeated(parked)
            self._parked.append(parked)
        # A trunk counts as used after its branches, and so is given up after them.
        for segment, _ in reversed(trunk):
            self._parked.remove(segment)
            self._parked.append(segment)

    def _is_trunk(self, live: Tokens, start: int, end: int) -> bool:
        """Whether a parked segment begins within these tokens of the live cache."""
        return any(
            start < segment.start <= min(end, shared_length(segment.path, live))
            for segment in self._parked
        )

    def _drop_repeated(self, newest: Segment) -> None:
        """Let go of parked tokens that a new segment holds too."""
        for segment in list(self._parked):
            end = newest.reach(segment.path, segment.start)
            if end > segment.start:
                self._shorten(segment, end)

    def _shorten(self, segment: Segment, start: int) -> None:
        """Let a segment begin later, or drop it if nothing is left."""
        place = self._parked.index(segment)
        self._parked[place : place + 1] = [segment.after(start)] if start < segment.end else []

    def _restore(self, wanted: Tokens) -> None:
        """Put parked segments back; what only other paths need of them stays parked."""
        for segment, end in self._walk(wanted, len(self.cache)):
            self.cache.extend(segment, end)
            self._shorten(segment, end)

    def give_up(self) -> bool:
        """Drop what was not used for longest; return whether there was anything."""
        dropped = self._parked[:1]
        del self._parked[:1]
        return bool(dropped)

    def _evict(self) -> None:
        """Drop what was not used for longest until the rest is within the budget.

        A branch whose trunk is gone is found again once the trunk was read anew, or is dropped in
        its turn: it can do no harm, since its path holds all tokens from the first.
        """
        while self.byte_count > self.parked_bytes:
            del self._parked[0]

    # --- disk ---------------------------------------------------------------------------------

    def save(self, go_on: Callable[[], bool]) -> None:
        """Write what the live cache held at its last boundary and the disk has not yet.

        What came after was sampled, and the next prompt repeats it only in part.

        Args:
            go_on: asked before each piece; what was written until it says no stays written.
        """
        if self.disk is None or not self.disk.can_write or not self.cache.boundaries:
            return
        written = self.disk.covered(as_tokens(self.cache.tokens))
        for end in self._piece_ends(written):
            if end - written < WORTH:
                continue
            if not go_on() or not self.disk.write(self.cache.copy(written, end)):
                return
            written = end

    def _piece_ends(self, written: int) -> list[int]:
        """Return where pieces end: at boundaries, and between them where they are far apart."""
        ends: list[int] = []
        for boundary in self.cache.boundaries:
            start = ends[-1] if ends else written
            ends += [*range(start + PIECE, boundary, PIECE), *([boundary] * (boundary > start))]
        return ends

    def check_integrity(self) -> None:
        """Raise AssertionError unless all is within the budget and nothing is parked twice."""
        self.cache.check_integrity()
        if self.byte_count > self.parked_bytes:
            raise AssertionError(f"{self.byte_count} bytes parked of {self.parked_bytes}")
        for segment in self._parked:
            segment.check_integrity()
            for other in self._parked:
                end = other.reach(segment.path, segment.start)
                if other is not segment and end > segment.start:
                    raise AssertionError(f"{segment.start} to {end} of a path are parked twice")
