"""Processes that end in the middle of their work do so at once, in silence and with their code.

All fifty starts: python -m tests.bench.exits
"""

from __future__ import annotations

from tests.bench.exits import run_all
from tests.engine.ending import MOMENTS


def faults(*cases: tuple[str, str]) -> list[str]:
    return [each.fault for each in run_all(cases) if each.fault]


def test_whoever_closes_the_worker_ends_as_meant_at_any_moment() -> None:
    meant = zip(MOMENTS, ("closed", "exit", "SIGINT", "closed"), strict=True)
    assert faults(*meant) == []


def test_signals_end_it_in_the_middle_of_anything() -> None:
    assert faults(("load", "SIGTERM"), ("prefill", "SIGINT"), ("generation", "SIGTERM")) == []


def test_a_worker_that_nobody_closes_is_no_harm() -> None:
    assert faults(("prefill", "open"), ("generation", "open")) == []
