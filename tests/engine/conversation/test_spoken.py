"""How far an answer was heard is kept, and what does not know of it goes on."""

from __future__ import annotations

import json
from pathlib import Path

from engine.conversation.messages import Head, Session
from engine.conversation.reading import read_session
from engine.conversation.replay import Replay
from engine.conversation.spoken import SpokenAnswer
from engine.conversation.store import Store, TurnSetting
from engine.conversation.whole_sessions import fork, write_session
from engine.events import (
    AnswerSpoken,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    TurnEnded,
)
from engine.turn.replaying import replay

TEXT = "It is five. Or is it?"
FIGURES = {"release_to_first_sound": 0.7, "xruns": 0.0}


def spoken_session(folder: Path) -> tuple[Path, int]:
    """Keep a conversation whose answer was interrupted; return its file and the answer's id."""
    with Store(folder) as store:
        store.begin_turn("What is 2 + 3?", TurnSetting())
        store.hear(MessageOpened(0, "assistant", "final", None, None))
        store.hear(TextDelta(0, "final", TEXT))
        store.hear(MessageClosed(0, "assistant", "final", None, None, TEXT, (1, 2), "return"))
        store.hear(TurnEnded("stop", Statistics()))
        answer = store.numbers[0]
        store.note_spoken(SpokenAnswer(answer, 11, False, "flite", "pocketsphinx", FIGURES))
        return store.path, answer


def test_it_is_kept_and_told_again(tmp_path: Path) -> None:
    path, answer = spoken_session(tmp_path)
    session = read_session(path)
    assert session.spoken == {
        answer: SpokenAnswer(answer, 11, False, "flite", "pocketsphinx", FIGURES)
    }
    assert session.damaged == 0
    events = list(replay(session, {id_: id_ for id_ in session.messages}))
    assert events[-1] == AnswerSpoken(answer, 11, False)


def test_a_fork_has_it_and_so_has_a_copy(tmp_path: Path) -> None:
    path, answer = spoken_session(tmp_path)
    session = read_session(path)
    forked = read_session(fork(tmp_path, session, answer))
    assert forked.spoken == session.spoken
    words = session.messages[answer].parent
    assert words is not None
    assert read_session(fork(tmp_path, session, words)).spoken == {}
    copied = Session(Head("copy", session.head.started), session.messages, spoken=session.spoken)
    assert read_session(write_session(tmp_path, copied)).spoken == session.spoken


def test_what_is_not_known_and_optional_is_no_damage(tmp_path: Path) -> None:
    path, _ = spoken_session(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": "sung", "optional": True, "message": 2}) + "\n")
        file.write(json.dumps({"kind": "sung", "message": 2}) + "\n")
    assert read_session(path).damaged == 1
    assert Replay().spoken == {}
