"""What is read anew in each typical case, what is parked and when it is dropped, what is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.generation.cache import KeyValueCache
from engine.generation.disk_cache import DiskCache, entries
from engine.generation.prefix import PIECE, WORTH, PrefixCache
from tests.engine.generation.reading import TOKEN_BYTES, VISIBLE, check, read

MUCH = 10**9
START, END, RETURN, CHANNEL, MESSAGE = 1, 2, 3, 4, 5
USER, ASSISTANT, ANALYSIS, FINAL = 6, 7, 8, 9
OPENING = [START, ASSISTANT]


def words(seed: int, count: int) -> list[int]:
    return [100 + 1000 * seed + n for n in range(count)]


class Reader:
    """A prefix cache without a model; it counts the tokens of a prompt that are read anew."""

    def __init__(
        self,
        parked_bytes: int = MUCH,
        linear_tokens: int = 16_384,
        folder: Path | None = None,
    ) -> None:
        self.cache = KeyValueCache(len(VISIBLE), linear_tokens)
        disk = None if folder is None else DiskCache(folder, "weights")
        self.prefixes = PrefixCache(self.cache, parked_bytes=parked_bytes, disk=disk)

    def read(self, prompt: list[int], answer: list[int] | None = None) -> int:
        """Read a prompt but its last token, then that one and the answer if there is one."""
        held = self.prefixes.prepare(prompt)
        assert self.cache.tokens == prompt[:held]
        read(self.cache, prompt[held:-1])
        self.cache.mark_boundary()
        if answer is not None:
            read(self.cache, [prompt[-1], *answer])
        check(self.cache)
        self.prefixes.check_integrity()
        return len(prompt) - 1 - held

    @property
    def parked_tokens(self) -> int:
        """How many tokens are parked, found by the bytes that they take."""
        parked = self.prefixes._parked
        sizes = self.prefixes.byte_count - sum(segment.path.nbytes for segment in parked)
        assert sizes % TOKEN_BYTES == 0
        return sizes // TOKEN_BYTES


class Conversation:
    """A conversation as Harmony renders it: each turn's analysis is dropped when it is over."""

    def __init__(self, reader: Reader, seed: int) -> None:
        self.reader = reader
        self.seed = seed
        self.history = words(seed, 60)
        self.prompts: list[list[int]] = []

    def user(self, seed: int = 0) -> list[int]:
        return [START, USER, MESSAGE, *words(self.seed + 10 + seed, 20), END]

    def final(self) -> list[int]:
        return [CHANNEL, FINAL, MESSAGE, *words(self.seed + 30 + len(self.prompts), 30)]

    def turn(self) -> int:
        """Take a turn; return how many tokens of its prompt were read anew."""
        prompt = self.history + self.user(len(self.prompts)) + OPENING
        self.prompts.append(prompt)
        final = self.final()
        analysis = [CHANNEL, ANALYSIS, MESSAGE, *words(self.seed + 20, 40), END]
        anew = self.reader.read(prompt, [*analysis, *OPENING, *final, RETURN])
        self.history = [*prompt, *final, END]
        return anew


USER_TOKENS, FINAL_TOKENS = 24, 34
NEXT_TURN = FINAL_TOKENS - 1 + USER_TOKENS + len(OPENING) - 1
"""The answer after the channel token that analysis begins with too, and what the person said."""


def conversation(turns: int, **settings: object) -> Conversation:
    chat = Conversation(Reader(**settings), seed=1)  # type: ignore[arg-type]
    for _ in range(turns):
        chat.turn()
    return chat


# --- how much is read anew --------------------------------------------------------------------


def test_the_next_turn_reads_the_last_answer_and_what_was_said() -> None:
    chat = conversation(0)
    assert chat.turn() == 60 + USER_TOKENS + 1
    assert [chat.turn() for _ in range(5)] == [NEXT_TURN] * 5


def test_with_the_history_prepared_the_next_turn_reads_what_was_said() -> None:
    chat = conversation(3)
    assert chat.reader.read([*chat.history, START]) == FINAL_TOKENS - 1
    assert chat.turn() == USER_TOKENS + len(OPENING) - 1


def test_with_the_draft_read_the_next_turn_reads_the_end_of_the_message() -> None:
    chat = conversation(3)
    chat.reader.read(chat.history + chat.user(3))
    assert chat.turn() == len([END, START])


def test_regenerating_reads_nothing() -> None:
    chat = conversation(4)
    assert chat.reader.read(chat.prompts[-1], words(77, 50)) == 0
    assert chat.reader.read(chat.prompts[-1], words(78, 50)) == 0


def test_editing_the_last_message_reads_from_the_first_change() -> None:
    chat = conversation(4)
    edited = list(chat.prompts[-1])
    place = len(edited) - len(OPENING) - 6
    edited[place] = 55
    assert chat.reader.read(edited, words(77, 50)) == len(edited) - 1 - place


def test_going_back_five_turns_reads_only_what_is_new_and_coming_back_nothing() -> None:
    chat = conversation(8)
    trunk = chat.prompts[2][: -len(OPENING) - USER_TOKENS]
    branch = [*trunk, START, USER, MESSAGE, *words(99, 40), END, *OPENING]
    shared = len([START, USER, MESSAGE])
    assert chat.reader.read(branch, words(78, 50)) == len(branch) - len(trunk) - shared - 1
    assert chat.turn() == NEXT_TURN


def test_switching_between_two_conversations_reads_as_if_there_was_one() -> None:
    reader = Reader()
    first, second = Conversation(reader, 1), Conversation(reader, 2)
    first.turn()
    second.turn()
    for _ in range(4):
        assert first.turn() == NEXT_TURN
        assert second.turn() == NEXT_TURN


@pytest.mark.parametrize("history_prepared", [False, True])
def test_a_restart_goes_on_from_the_last_boundary(tmp_path: Path, history_prepared: bool) -> None:
    chat = conversation(6, folder=tmp_path)
    if history_prepared:
        chat.reader.read([*chat.history, START])
    chat.reader.prefixes.save(lambda: True)
    chat.reader = Reader(folder=tmp_path)
    unmarked = len([ASSISTANT, CHANNEL])
    expected = USER_TOKENS + 1 if history_prepared else NEXT_TURN + unmarked
    assert chat.turn() == expected
    assert chat.turn() == NEXT_TURN


def test_past_the_budget_a_boundary_costs_nothing_more() -> None:
    chat = conversation(12, linear_tokens=160)
    assert chat.reader.cache.logs[0].first > len(chat.prompts[8])
    assert chat.turn() == NEXT_TURN
    assert chat.reader.read(chat.prompts[12]) == 0
    back = chat.prompts[8]
    assert chat.reader.read([*back, *words(77, 20)]) == 20  # the opening's last token was not read


# --- what is parked ---------------------------------------------------------------------------


def test_branches_share_their_trunk() -> None:
    reader, trunk = Reader(), words(1, 300)
    for branch in range(2, 7):
        assert reader.read(trunk + words(branch, 40)) == (339 if branch == 2 else 39)
    assert reader.parked_tokens == 4 * 39
    for branch in range(2, 7):
        assert reader.read(trunk + words(branch, 40)) == 0
        assert reader.parked_tokens == 4 * 39


def test_a_branch_of_a_branch_keeps_its_trunk() -> None:
    reader = Reader()
    paths = [
        words(1, 100) + words(2, 100),
        words(1, 100) + words(2, 50) + words(3, 100),
        words(1, 90) + words(4, 100),
        words(5, 100),
    ]
    unique = 199 + 99 + 99 + 99
    for path in paths:
        reader.read(path)
    assert reader.parked_tokens == unique - 99
    for path in [*paths, *reversed(paths)]:
        assert reader.read(path) == 0
        assert reader.parked_tokens + len(reader.cache) == unique


def test_a_short_tail_is_parked_only_if_another_begins_in_it() -> None:
    reader, trunk = Reader(), words(1, 100)
    reader.read(trunk + words(2, WORTH - 1))
    reader.read(trunk)  # goes back to 99 tokens, since the last one is left to read
    assert reader.parked_tokens == 0
    reader.read(trunk + words(2, WORTH))
    reader.read(trunk)
    assert reader.parked_tokens == WORTH
    reader.read(words(1, 90))
    assert reader.parked_tokens == WORTH + 10
    assert reader.read(trunk + words(2, WORTH)) == 0


def test_the_same_tokens_are_never_parked_twice() -> None:
    reader, prompt = Reader(), words(1, 100)
    for _ in range(3):
        reader.read(prompt, words(2, 60))
    assert reader.parked_tokens == 61
    reader.read(words(1, 50))
    assert reader.parked_tokens == 50 + 61
    reader.read(prompt, words(2, 80))
    reader.read(words(3, 50))
    assert reader.parked_tokens == 100 + 80


def test_what_is_parked_keeps_nothing_else_alive(active_memory: Callable[[], int]) -> None:
    before = active_memory()
    reader = Reader()
    reader.read(words(1, 3000))
    reader.read(words(1, 2900))
    segment_bytes = reader.prefixes.byte_count
    reader.cache.rewind(0)
    del reader.cache.logs[:]
    assert 0 < active_memory() - before <= segment_bytes


def test_what_stays_parked_keeps_nothing_else_alive(active_memory: Callable[[], int]) -> None:
    before = active_memory()
    reader = Reader()
    reader.read(words(1, 3000))
    reader.read(words(2, 50))
    reader.read(words(1, 2900))
    assert reader.parked_tokens == 100 + 49
    logs = reader.cache.byte_count
    assert active_memory() - before <= logs + reader.prefixes.byte_count


def test_the_longest_unused_is_dropped_first() -> None:
    reader = Reader(parked_bytes=2 * 99 * TOKEN_BYTES + 2 * 99 * 4)
    first, second, third, fourth = (words(n, 100) for n in range(4))
    for path in (first, second, first, third, fourth):
        reader.read(path)
    # The second was parked when the first came back, so it is the older of the three.
    assert reader.read(first) == 0
    assert reader.read(third) == 0
    assert reader.read(second) == 99


def test_a_trunk_outlives_its_branches() -> None:
    trunk_bytes = 150 * TOKEN_BYTES
    reader = Reader(parked_bytes=trunk_bytes + 100 * TOKEN_BYTES)
    trunk = words(1, 150)
    reader.read(trunk + words(2, 60))
    reader.read(trunk + words(3, 60))
    reader.read(words(4, 60))
    assert reader.read(trunk + words(2, 60)) == 59
    assert reader.read(words(4, 60)) == 0


def test_a_trunk_is_used_whenever_a_branch_of_it_is_parked() -> None:
    reader, prompt, answer = Reader(), words(1, 100), words(2, 60)
    reader.read(prompt, answer)
    reader.read(words(3, 100))
    reader.read(prompt, answer + words(4, 40))
    reader.read(prompt)
    unused, branch, trunk = (segment.start for segment in reader.prefixes._parked)
    assert (unused, branch, trunk) == (0, 160, 99)
    reader.prefixes.parked_bytes = reader.prefixes.byte_count - 1
    assert reader.read(prompt + answer + words(4, 40)) == 0


def test_a_branch_without_its_trunk_does_no_harm() -> None:
    reader, trunk = Reader(), words(1, 150)
    reader.read(trunk + words(2, 60))
    reader.read(trunk + words(3, 60))
    reader.read(words(4, 60))
    parked = reader.prefixes._parked
    parked.remove(next(s for s in parked if s.start == 0))
    assert reader.read(trunk + words(2, 60)) == 209
    assert reader.read(words(4, 60)) == 0
    assert reader.read(trunk + words(2, 60)) == 0


def test_of_a_tail_larger_than_the_budget_the_beginning_is_parked() -> None:
    reader = Reader(parked_bytes=100 * TOKEN_BYTES + 400 * 4)
    reader.read(words(1, 400))
    reader.read(words(2, 400))
    assert reader.parked_tokens == 100
    assert reader.read(words(1, 400)) == 299


def test_without_a_budget_nothing_is_parked() -> None:
    reader = Reader(parked_bytes=0)
    reader.read(words(1, 100))
    reader.read(words(2, 100))
    assert reader.prefixes.byte_count == 0


def test_a_parked_tail_of_a_long_log_is_of_use_at_its_end_only() -> None:
    reader = Reader(linear_tokens=64)
    long = words(1, 300)
    reader.read([*long, 0])
    reader.read(words(2, 40))
    assert reader.read([*long, *words(3, 10)]) == 9
    reader.read(words(2, 40))
    assert reader.read([*long[:295], *words(3, 10)]) <= 9
    reader.read(words(2, 40))
    assert reader.read([*long[:200], *words(3, 10)]) == 209


# --- what is saved ----------------------------------------------------------------------------


def spans_of(folder: Path) -> list[tuple[int, int]]:
    return sorted((entry.start, entry.end) for entry in entries(folder))


def test_only_what_is_missing_is_written(tmp_path: Path) -> None:
    chat = conversation(2, folder=tmp_path)
    ends = [len(prompt) - 1 for prompt in chat.prompts]

    chat.reader.prefixes.save(lambda: True)
    assert spans_of(tmp_path) == [(0, ends[0]), (ends[0], ends[1])]
    times = {entry.file: entry.file.stat().st_ino for entry in entries(tmp_path)}
    chat.turn()
    chat.reader.prefixes.save(lambda: True)
    assert spans_of(tmp_path) == [
        (0, ends[0]),
        (ends[0], ends[1]),
        (ends[1], len(chat.prompts[2]) - 1),
    ]
    assert {file: file.stat().st_ino for file in times} == times


def test_few_tokens_wait_to_be_written_with_those_that_follow(tmp_path: Path) -> None:
    reader, path = Reader(folder=tmp_path), words(1, 200)
    for end in (101, 101 + WORTH - 1, 101 + WORTH):
        reader.read(path[:end])
        reader.prefixes.save(lambda: True)
    assert spans_of(tmp_path) == [(0, 100), (100, 100 + WORTH)]


def test_saving_stops_when_it_is_told_to(tmp_path: Path) -> None:
    reader = Reader(folder=tmp_path)
    reader.read(words(1, 3 * PIECE + 101))
    answers = iter([True, True, False])
    reader.prefixes.save(lambda: next(answers))
    assert spans_of(tmp_path) == [(0, PIECE), (PIECE, 2 * PIECE)]
    reader.prefixes.save(lambda: True)
    assert max(e.end for e in entries(tmp_path)) == 3 * PIECE + 100
    assert len(entries(tmp_path)) == 4


def test_memory_and_disk_lead_on_from_each_other(tmp_path: Path) -> None:
    trunk = words(1, 200)
    saved = Reader(folder=tmp_path)
    saved.read([*trunk, 0])
    saved.prefixes.save(lambda: True)
    reader = Reader(folder=tmp_path)
    reader.read(trunk + words(2, 60))
    reader.read(trunk + words(3, 60))
    reader.read(words(4, 60))
    parked = reader.prefixes._parked
    parked.remove(next(s for s in parked if s.start == 0))
    assert reader.read(trunk + words(2, 60)) == 0


def test_a_long_log_is_saved_where_its_windows_are(tmp_path: Path) -> None:
    chat = conversation(12, linear_tokens=160, folder=tmp_path)
    chat.reader.prefixes.save(lambda: True)
    chat.reader = Reader(linear_tokens=160, folder=tmp_path)
    assert chat.turn() == NEXT_TURN + 2
    chat.reader = Reader(linear_tokens=160, folder=tmp_path)
    assert chat.reader.read([*chat.prompts[5], *words(77, 20)]) == 20


LONG = 3 * PIECE + 300


def read_long(folder: Path) -> list[int]:
    """Have the disk keep a prompt whose first windows are gone when it is saved; return it."""
    reader, prompt = Reader(linear_tokens=64, folder=folder), words(1, LONG)
    reader.read(prompt)
    reader.prefixes.save(lambda: True)
    return prompt


def test_a_long_log_is_saved_in_pieces_of_which_only_the_last_is_gone_on_from(
    tmp_path: Path,
) -> None:
    prompt = read_long(tmp_path)
    assert spans_of(tmp_path)[1:-1] == [(PIECE, 2 * PIECE), (2 * PIECE, 3 * PIECE)]
    assert [e.end for e in entries(tmp_path) if not e.is_part] == [LONG - 1]
    reader = Reader(linear_tokens=64, folder=tmp_path)
    assert reader.read(prompt) == 0
    assert reader.read([*prompt[: 2 * PIECE], *words(2, 40)]) == 2 * PIECE + 39


def test_a_save_that_was_stopped_among_parts_is_gone_on_with(tmp_path: Path) -> None:
    reader, prompt = Reader(linear_tokens=64, folder=tmp_path), words(1, LONG)
    reader.read(prompt)
    answers = iter([True, True, False])
    reader.prefixes.save(lambda: next(answers))
    assert spans_of(tmp_path) == [(0, PIECE), (PIECE, 2 * PIECE)]
    assert Reader(linear_tokens=64, folder=tmp_path).read(prompt) == LONG - 1
    reader.prefixes.save(lambda: True)
    assert len(spans_of(tmp_path)) == 4
    assert Reader(linear_tokens=64, folder=tmp_path).read(prompt) == 0


@pytest.mark.parametrize("live", [0, 30])
def test_what_is_fetched_from_disk_in_part_is_not_gone_on_from(tmp_path: Path, live: int) -> None:
    prompt = read_long(tmp_path)
    reader = Reader(linear_tokens=64, folder=tmp_path)
    reader.read(prompt[: live + 1])
    answers = iter([True, True, False])
    held = reader.prefixes.prepare(prompt, lambda: next(answers))
    check(reader.cache)
    assert held == 0
    last = max(entries(tmp_path), key=lambda entry: entry.end)
    last.file.write_bytes(last.file.read_bytes()[:-1] + b"?")
    assert reader.read(prompt) == LONG - 1
    assert not last.file.exists()


def test_without_a_folder_or_a_boundary_nothing_is_saved(tmp_path: Path) -> None:
    reader = Reader()
    reader.read(words(1, 100))
    reader.prefixes.save(lambda: pytest.fail("there is nothing to save"))
    reader = Reader(folder=tmp_path)
    read(reader.cache, words(1, 100))
    reader.prefixes.save(lambda: pytest.fail("there is nothing to save"))
