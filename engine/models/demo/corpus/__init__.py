"""Synthetic Harmony conversations that the bundled model is trained and measured on.

``draw_group`` gives training data, ``draw_case`` held-out questions, ``judge`` says what was right.
"""

from __future__ import annotations

from engine.models.demo.corpus.bench import Bench
from engine.models.demo.corpus.cases import draw_case, render_case
from engine.models.demo.corpus.dialogue import Called, Expectation, Said, Turn
from engine.models.demo.corpus.dialogues import (
    KINDS,
    Branch,
    Group,
    draw_group,
)
from engine.models.demo.corpus.judging import Case, Verdict, judge, judge_answer
from engine.models.demo.corpus.setting import render_prefix
from engine.models.demo.corpus.splitting import Split

__all__ = [
    "KINDS",
    "Bench",
    "Branch",
    "Called",
    "Case",
    "Expectation",
    "Group",
    "Said",
    "Split",
    "Turn",
    "Verdict",
    "draw_case",
    "draw_group",
    "judge",
    "judge_answer",
    "render_case",
    "render_prefix",
]
