"""A program that is killed at any moment loses nothing that it said was safe."""

from __future__ import annotations

from pathlib import Path

from tests.engine.conversation.killing import kill_one

KILLS = 20


def test_no_kill_loses_what_was_said(tmp_path: Path) -> None:
    remains = [kill_one(tmp_path / str(seed), seed) for seed in range(KILLS)]
    assert sum(each.acknowledged for each in remains) > KILLS
    assert sum(each.lost for each in remains) == 0
    assert max(each.missing_seconds for each in remains) < 1.0
    # Some have to come while an answer streams, or this shows nothing.
    assert any(each.was_mid_answer for each in remains)
