"""Training conversations with Python, the browser and files say what the real tools say."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.models.demo import corpus
from engine.models.demo.corpus import acceptance, browsing, coding, dialogues, editing, tool_turns
from engine.models.demo.corpus.dialogue import (
    APPLY_PATCH,
    ERROR,
    OPEN,
    PYTHON,
    READ_FILE,
    SEARCH,
    Called,
)
from engine.models.demo.corpus.judging import Case
from engine.models.demo.corpus.rehearsal import draw_tool_rehearsal, rehearse_tool
from engine.models.demo.corpus.rendering import KEPT, encode, needed
from engine.models.demo.corpus.reporting import report
from engine.models.demo.corpus.setting import ALL_TOOLS, Setting
from engine.models.demo.corpus.splitting import form_belongs
from engine.models.demo.corpus.topic import expand
from engine.models.demo.corpus.wordings.coding import TASKS
from engine.tools.browser.citations import number_citations, read_display
from engine.worker import Worker

SETTING = Setting("medium", ALL_TOOLS, date="2026-11-27")
SCENE = SETTING.scene()
LONGEST = 1300
"""Tokens of a question with all that follows it; its prefix comes to about as many."""


def case_of(turn, tools=ALL_TOOLS):
    return Case(
        turn.kind, "medium", tools, "", None, (), turn.user, turn.expectation, files=turn.files
    )


def clean(draw, scene=SCENE):
    """A turn in which nothing is declined, and nothing else is found than there is."""
    return draw(random.Random(7), replace(scene, split="held_out"))


def test_each_task_of_python_gives_what_a_session_gives():
    rng = random.Random(1)
    codes = {}
    for task in TASKS:
        _, slots = coding.draw_slots(rng, task)
        codes[task.name] = task.code.format_map(slots)
    with corpus.Bench(case_of(clean(tool_turns.python), (PYTHON,))) as bench:
        given = {name: bench.call(PYTHON, code).result for name, code in codes.items()}
    first, *others = given.values()
    assert first.startswith(coding.run_code(next(iter(codes.values()))))
    assert others == [coding.run_code(code) for code in list(codes.values())[1:]]


def test_the_name_of_the_workspace_is_not_reported():
    with corpus.Bench(case_of(clean(tool_turns.python))) as bench:
        called = bench.call(PYTHON, "sum(range(3, 17+1))")
    assert "\n[The workspace" in called.result
    assert report([called]) == "Python gives `150`."


def test_files_are_shown_and_patched_as_the_tools_do():
    rng = random.Random(2)
    for _ in range(12):
        edit = editing.draw_change(rng, "train")
        file = edit.file
        case = replace(case_of(clean(tool_turns.files)), files=((file.path, file.text),))
        with corpus.Bench(case) as bench:
            read = bench.call(READ_FILE, editing.read_arguments(file.path))
            patch = editing.patch_arguments(file, edit.key, edit.value)
            patched = bench.call(APPLY_PATCH, patch)
            again = bench.call(READ_FILE, editing.read_arguments(file.path))
            gone = bench.call(READ_FILE, editing.read_arguments("gone.txt"))
        assert read.result == editing.shown(file)
        assert patched.result == editing.patched(file.path)
        changed = dict(file.settings) | {edit.key: edit.value}
        assert again.result == editing.shown(replace(file, settings=tuple(changed.items())))
        assert gone.result == ERROR + editing.missing("gone.txt")
        assert report([read, patched]) == (f"Done: {edit.key} is now {edit.value} in {file.path}.")


@pytest.mark.parametrize("earlier", [0, 2])
def test_the_browser_shows_what_was_trained_on_and_its_citation_can_be_followed(earlier):
    history = tuple(clean(tool_turns.browser) for _ in range(earlier // 2))
    case = replace(case_of(clean(tool_turns.browser)), history=history)
    assert case.pages == earlier
    with corpus.Bench(case) as bench:
        calls = [
            bench.call(SEARCH, browsing.search_arguments("themes")),
            bench.call(OPEN, browsing.OPEN_ARGUMENTS),
        ]
    assert tuple(call.result for call in calls) == browsing.browse("themes", earlier)
    displays = dict(display for call in calls if (display := read_display(call.result)))
    cited = number_citations(report(calls), lambda cursor, line: displays.get(cursor))
    assert [reference.url for reference in cited.references] == ["local://help/files.md"]
    assert cited.text.endswith("[1]")
    assert "/theme" in cited.text


def test_other_pages_look_like_those_there_are():
    rng = random.Random(3)
    for pages in range(30):
        found, opened = browsing.browse_other(rng, "themes", pages)
        assert found.startswith(f"[{pages}] themes\n**viewing lines [0 - ")
        assert len(opened.splitlines()) == browsing.LINES + 3
        answer = browsing.report_page(found, opened)
        assert answer.startswith("The help page ")
        assert f"【{pages + 1}†L" in answer


def test_the_help_pages_have_what_is_looked_up_and_nothing_of_the_rest():
    assert len(browsing.in_prose()) > len(browsing.SUBJECTS) / 2
    for subject in browsing.ABSENT:
        found, opened = browsing.browse(subject, 0)
        assert opened is None
        assert report([Called(SEARCH, "", found)]) == browsing.NOTHING_FOUND


def test_first_messages_are_those_of_a_conversation_with_these_tools():
    worker = Worker()
    with corpus.Bench(case_of(clean(tool_turns.files))) as bench:
        chat = Chat(
            worker, hyperparameters=Hyperparameters(effort=SETTING.effort), tools=bench.tools
        )
        chat.begin_with(replace(chat.opening, start_date=SETTING.date))
        assert chat.preamble() == corpus.render_prefix(SETTING)
    worker.close()


@pytest.mark.parametrize("kind", dialogues.TOOL_KINDS)
def test_questions_fit_and_hold_what_is_to_be_copied(kind):
    rng = random.Random(4)
    for _ in range(150):
        setting = dialogues.draw_setting_for(rng, kind)
        _, turn = dialogues.draw_conversation(rng, setting, kind, "train")
        assert turn.kind == kind
        branch = dialogues.write_branch(rng, (), turn)
        assert len(branch.tokens) < LONGEST
        asked = encode(turn.user)
        for word in turn.copied.split():
            for token in set(encode(f" {word}")) & set(asked):
                assert needed(token, turn) == KEPT, (turn.user, word)
        if kind != "python":
            assert turn.copied.split()[0] in turn.user


def test_a_task_for_python_has_its_numbers_in_the_order_typed():
    rng = random.Random(5)
    for split in ("train", "held_out"):
        for _ in range(300):
            drawn = coding.draw_coded(rng, split)
            assert "{" not in drawn.text
            assert coding.code_belongs(drawn.code, split)
            assert len(coding.run_code(drawn.code)) < 120
    assert all("Python" in coding.draw_coded(rng, "train", is_named=True).text for _ in range(50))


def test_of_each_task_some_phrases_are_trained_on_and_of_many_some_are_held_out():
    rng = random.Random(6)
    held_out = 0
    for task in TASKS:
        forms = {expand(rng, rng.choice(task.phrases)) for _ in range(200)}
        kept = [f for f in forms if form_belongs(f"python {task.name}", f, "train")]
        assert kept
        held_out += len(kept) < len(forms)
    assert held_out > len(TASKS) / 2


def test_where_a_tool_is_not_offered_the_model_says_so():
    rng = random.Random(8)
    named = set()
    for _ in range(60):
        setting = dialogues.draw_setting(rng)
        turn = tool_turns.not_offered(rng, setting.scene())
        assert turn.kind == "not_offered"
        assert not turn.expectation.calls
        named.add(turn.final.split()[3])
    assert named == {"python", "browser", "read_file"}


def test_a_declined_call_is_the_last_and_is_reported():
    rng = random.Random(9)
    said = set()
    for _ in range(400):
        turn = rng.choice((tool_turns.python, tool_turns.browser, tool_turns.files))(rng, SCENE)
        made = [step for step in turn.steps if isinstance(step, Called)]
        declined = [
            call for call in made if call.result.startswith(("The user declined", "This call was"))
        ]
        if declined:
            assert declined == made[-1:]
            assert turn.final == report(made)
            said.add(turn.final)
    assert {"You declined the call of Python, so I have no result."} < said


def test_the_acceptance_has_questions_for_each_further_tool_and_they_are_trained_on():
    rng = random.Random(10)
    rehearsed = {draw_tool_rehearsal(rng, SCENE).user for _ in range(60)}
    assert rehearsed == {question.text for question in acceptance.TOOL_QUESTIONS}
    asked = replace(SCENE, split="held_out")
    kinds = set()
    for question in acceptance.TOOL_QUESTIONS:
        turn = rehearse_tool(rng, asked, question)
        kinds.add(turn.kind)
        case = case_of(turn)
        with corpus.Bench(case) as bench:
            calls = [bench.call(*call) for call in turn.expectation.calls]
        assert corpus.judge(case, calls, report(calls)).right
        assert not corpus.judge(case, calls, "Python gives `7`.").right
    assert kinds == set(dialogues.TOOL_KINDS)
    assert all(coding.code_belongs(code, "train") for code in acceptance.codes())
    assert all(editing.change_belongs(*change, "train") for change in acceptance.changes())
