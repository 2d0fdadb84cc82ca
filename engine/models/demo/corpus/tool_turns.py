"""Turns in which Python runs, the help pages are looked into, or a file is read and patched."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from engine.models.demo.corpus import reasoning
from engine.models.demo.corpus.browsing import (
    OPEN_ARGUMENTS,
    browse,
    browse_other,
    draw_look_up,
    search_arguments,
)
from engine.models.demo.corpus.coding import draw_coded, run_code
from engine.models.demo.corpus.dialogue import (
    APPLY_PATCH,
    ERROR,
    OPEN,
    PYTHON,
    READ_FILE,
    SEARCH,
    Called,
    Expectation,
    Said,
    Step,
    Turn,
)
from engine.models.demo.corpus.editing import (
    Edit,
    draw_edit,
    line_found,
    missing,
    patch_arguments,
    patched,
    read_arguments,
    report_look,
    shown,
)
from engine.models.demo.corpus.noise import CLOSINGS, OPENINGS, punctuate
from engine.models.demo.corpus.questions import draw_word
from engine.models.demo.corpus.reporting import NOTE, report
from engine.models.demo.corpus.turns import Scene, declined_text, missing_tool

QUOTED = re.compile(r'"([a-z]+)"')
DECLINED_SHARE = 0.06
"""So many of these calls are declined by the user, in training."""
NOTE_SHARE = 0.5
"""So many results come with the name of the workspace, as the first one of a conversation does."""
OTHER_SHARE = 0.5
"""So often something else is found in the help pages than there is now."""
LOWER_SHARE = 0.4
"""So many questions for Python are typed without capitals."""


def as_typed(rng: random.Random, text: str, copied: str = "") -> str:
    """Return a question with a filler now and then, and with a capital or without.

    Words that are to be copied stay as they are.
    """
    if rng.random() < 0.4 and text.split(maxsplit=1)[0].rstrip(",:") not in copied.split():
        text = text[0].upper() + text[1:]
    elif rng.random() < 0.1:
        text = rng.choice(OPENINGS) + text
    if rng.random() < 0.05 and text[-1].isalnum():
        text += rng.choice(CLOSINGS)
    return punctuate(rng, text)


def python(rng: random.Random, scene: Scene) -> Turn:
    """Draw a small task for Python."""
    drawn = draw_coded(rng, scene.split, is_named=PYTHON not in scene.tools)
    text = drawn.text.lower() if rng.random() < LOWER_SHARE else drawn.text
    return python_turn(rng, scene, as_typed(rng, text), drawn.code)


def python_turn(rng: random.Random, scene: Scene, user: str, code: str) -> Turn:
    """Return the turn in which a line of Python is run."""
    if PYTHON not in scene.tools:
        return missing_tool(user, "python", scene)
    result = run_code(code)
    if READ_FILE in scene.tools and rng.random() < NOTE_SHARE:
        folder = "/".join(draw_word(rng) for _ in range(rng.randint(1, 4)))
        result += f"{NOTE}, which can be read, is /{folder}]"
    calls = [Called(PYTHON, code, result)]
    turn = _finished(rng, scene, "python", user, reasoning.running(code, scene.effort), calls)
    return replace(turn, copied=" ".join(QUOTED.findall(code)))


def browser(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question for the help pages."""
    text, query = draw_look_up(rng, scene.split)
    return browser_turn(rng, scene, as_typed(rng, text, query), query)


def browser_turn(rng: random.Random, scene: Scene, user: str, query: str) -> Turn:
    """Return the turn in which the help pages are searched and one is opened and cited."""
    if SEARCH not in scene.tools:
        return missing_tool(user, "browser", scene)
    found, opened = browse(query, scene.pages)
    if opened is not None and scene.split == "train" and rng.random() < OTHER_SHARE:
        found, opened = browse_other(rng, query, scene.pages)
    calls = [Called(SEARCH, search_arguments(query), found)]
    if opened is not None:
        calls.append(Called(OPEN, OPEN_ARGUMENTS, opened))
    analysis = reasoning.looking_up(query, scene.effort)
    return replace(_finished(rng, scene, "browser", user, analysis, calls), copied=query)


def files(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question about a small file of settings."""
    edit = draw_edit(rng, scene.split)
    text = as_typed(rng, edit.text, f"{edit.file.path} {edit.key}")
    return files_turn(rng, scene, replace(edit, text=text))


def files_turn(rng: random.Random, scene: Scene, edit: Edit) -> Turn:
    """Return the turn in which a file is read, and patched if something is to be changed."""
    user, file = edit.text, edit.file
    for tool in (READ_FILE, APPLY_PATCH):
        if tool not in scene.tools and (edit.value or tool == READ_FILE):
            return missing_tool(user, tool.rpartition(".")[2], scene)
    text = f"{ERROR}{missing(file.path)}" if edit.is_missing else shown(file)
    calls = [Called(READ_FILE, read_arguments(file.path), text)]
    analysis = reasoning.reading(file.path, edit.key, scene.effort)
    if edit.value:
        analysis = reasoning.changing(file.path, edit.key, edit.value, scene.effort)
    if edit.value and not edit.is_missing:
        arguments = patch_arguments(file, edit.key, edit.value)
        calls.append(Called(APPLY_PATCH, arguments, patched(file.path)))
    answer = "" if edit.value or edit.is_missing else report_look(file, edit.key)
    turn = _finished(rng, scene, "files", user, analysis, calls, answer)
    if len(turn.expectation.calls) > 1:
        line = Said("analysis", line_found(file, edit.key, scene.effort))
        turn = replace(turn, steps=(*turn.steps[:2], line, *turn.steps[2:]))
    there = () if edit.is_missing else ((file.path, file.text),)
    return replace(turn, copied=f"{file.path} {edit.key} {edit.value}", files=there)


def _finished(
    rng: random.Random,
    scene: Scene,
    kind: str,
    user: str,
    analysis: str,
    calls: Sequence[Called],
    answer: str = "",
) -> Turn:
    """Return a turn with its calls, the last of them declined now and then, and its answer."""
    made = list(calls)
    if scene.split == "train" and rng.random() < DECLINED_SHARE:
        made = made[: rng.randint(1, len(made))]
        made[-1] = replace(made[-1], result=declined_text(rng))
        answer = ""
    steps: list[Step] = [Said("analysis", analysis), *made]
    after = reasoning.after_result(scene.effort)
    if after is not None:
        steps.append(Said("analysis", after))
    steps.append(Said("final", answer or report(made)))
    wanted = tuple((called.recipient, called.arguments) for called in made)
    expectation = Expectation(calls=wanted, answers=(answer,) if answer else ())
    return Turn(kind, user, tuple(steps), expectation)


def not_offered(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question for one of these tools where it is not offered."""
    drawers = [
        draw
        for draw, tool in ((python, PYTHON), (browser, SEARCH), (files, READ_FILE))
        if tool not in scene.tools
    ]
    return replace(rng.choice(drawers)(rng, scene), kind="not_offered")


TOOL_DRAWERS = {"python": python, "browser": browser, "files": files, "not_offered": not_offered}
"""How a turn of each kind is drawn."""
