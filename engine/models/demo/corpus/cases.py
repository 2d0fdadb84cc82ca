"""Draws held-out cases: questions whose wording, numbers or words were never trained on."""

from __future__ import annotations

import functools
import random
import re
from dataclasses import replace

from engine.models.demo.corpus import acceptance, noise
from engine.models.demo.corpus.dialogue import DECLINED, Turn
from engine.models.demo.corpus.dialogues import draw_conversation, draw_setting_for
from engine.models.demo.corpus.judging import Case
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.rendering import render_prompt
from engine.models.demo.corpus.setting import Setting, render_prefix
from engine.models.demo.corpus.splitting import part
from engine.models.demo.corpus.topic import forms, plain
from engine.models.demo.corpus.turns import WORDINGS, topic_kind


def draw_case(rng: random.Random, kind: str) -> Case:
    """Draw a held-out case of a kind.

    Raises:
        KeyError: there is no such kind; ``KINDS`` has them all.
    """
    while True:
        setting = replace(draw_setting_for(rng, kind), extra=())
        history, turn = draw_conversation(rng, setting, kind, "held_out")
        if turn.kind == kind and not was_trained_on(turn):
            return Case(
                kind=kind,
                effort=setting.effort,
                tools=setting.tools,
                instructions=setting.instructions,
                date=setting.date,
                history=history,
                question=turn.user,
                expectation=turn.expectation,
                answer_calls_with=DECLINED if kind == "declined_call" else None,
                files=turn.files,
            )


def render_case(case: Case) -> tuple[int, ...]:
    """Return the prompt of a case; the model goes on from it."""
    setting = Setting(case.effort, case.tools, case.instructions, case.date)
    return render_prompt(render_prefix(setting), case.history, case.question)


def was_trained_on(turn: Turn) -> bool:
    """Return whether a question is one that another template, or the acceptance, trains on."""
    text = bare(turn.user)
    if text in acceptance_texts():
        return True
    if turn.name:
        text = text.replace(turn.name.lower(), "{name}")
    kinds = [topic_kind(topic) for topic in TOPICS] if turn.kind == "topic" else [turn.kind]
    return any(text in trained_texts(kind) for kind in kinds if kind in WORDINGS)


@functools.cache
def acceptance_texts() -> frozenset[str]:
    """Return the questions of the acceptance, bare."""
    return frozenset(bare(question.text) for question in acceptance.QUESTIONS)


@functools.cache
def trained_texts(kind: str) -> frozenset[str]:
    """Return every sentence of the templates of a kind that are trained on, bare."""
    kept = part(kind, WORDINGS[kind])["train"]
    return frozenset(bare(form) for template in kept for form in forms(template))


@functools.cache
def _fillers() -> re.Pattern[str]:
    openings = "|".join(re.escape(plain(text)) for text in noise.OPENINGS)
    closings = "|".join(re.escape(plain(text)) for text in noise.CLOSINGS)
    return re.compile(rf"^(?:(?:{openings}) )+|(?: (?:{closings}))+$")


def bare(text: str) -> str:
    """Return a question without case, marks, and the fillers that noise may put around it."""
    return _fillers().sub("", plain(text))
