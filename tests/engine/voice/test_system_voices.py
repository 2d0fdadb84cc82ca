"""The voices of the system speak for real, and pocketsphinx understands one of them."""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.voice.blocks import BLOCK, RATE, Samples
from engine.voice.errors import VoiceError
from engine.voice.recognizer import Heard, open_recognizer
from engine.voice.sphinx import PART_SECONDS
from engine.voice.synthesizer import list_voices, open_synthesizer
from engine.voice.system_voices import Say, SystemVoice, find_program

PROGRAMS = [
    pytest.param(
        name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed")
    )
    for name in ("flite", "espeak-ng", "say")
]
needs_flite = pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")


def sound_of(program: str, text: str, **options: float) -> Samples:
    synthesizer = open_synthesizer(program, **options)
    spoken = list(synthesizer.speak(iter([text]), threading.Event()))
    synthesizer.close()
    return np.concatenate([each.samples for each in spoken])


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_voice_speaks_sentences_as_they_are_written_and_stops_at_once(program):
    synthesizer = open_synthesizer(program)
    assert program in synthesizer.name
    pulled, cancelled = [], threading.Event()

    def write():
        for piece in (
            "One thing first. ",
            "“Tea”—and [[nothing]] else: naïve! ",
            "And more. ",
            "X",
        ):
            pulled.append(piece)
            yield piece

    spoken = []
    for each in synthesizer.speak(write(), cancelled):
        if not spoken:
            assert len(pulled) == 2  # the first sentence is over where the second begins
        spoken.append(each)
        if len(pulled) == 4:
            cancelled.set()
    told = [each.characters for each in spoken]
    text = "".join(pulled)
    assert told == sorted(told)
    assert {3, 9, text.index("“Tea”")} < set(told)
    assert set(told) <= {match.end() for match in re.finditer(r"\S+\s*|\S+", text)} | {
        0, *(match.end() for match in re.finditer(r"\S+", text))
    }  # fmt: skip
    assert told[-1] < len(text)
    sound = np.concatenate([each.samples for each in spoken])
    assert sound.dtype == np.float32
    assert max(len(each.samples) for each in spoken) == BLOCK
    assert 0.05 < np.abs(sound).max() <= 1.0
    assert 1.0 < len(sound) / RATE < 10.0
    assert list(synthesizer.speak(iter(["... ", "—\n"]), threading.Event())) == []
    synthesizer.close()


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_rate_is_followed_and_a_wrong_voice_is_answered_with_those_there_are(program):
    text = "This is spoken at two different rates."
    slow, fast = (len(sound_of(program, text, rate=rate)) for rate in (0.7, 1.4))
    assert 1.6 < slow / fast < 2.6
    voices = list_voices(program)
    assert voices
    with pytest.raises(VoiceError, match=f"no voice 'nobody'. It has: {re.escape(voices[0])}"):
        open_synthesizer(program, "nobody")


def test_a_program_that_is_not_there_fails_or_hangs_is_explained(tmp_path, monkeypatch):
    for name in ("flite", "espeak-ng"):
        program = tmp_path / name
        program.write_text(
            "#!/bin/sh\ncase $1 in -lv) echo 'Voices: slt';; *) exec sleep 20;; esac"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    voice, cancelled = SystemVoice(find_program("flite")), threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    start = time.monotonic()
    assert list(voice.speak(iter(["Hello"]), cancelled)) == []
    assert time.monotonic() - start < 5.0  # the program would have taken 20
    (tmp_path / "flite").write_text("#!/bin/sh\necho 'cannot open the file' >&2; exit 3")
    with pytest.raises(VoiceError, match=r"flite cannot speak.*cannot open the file"):
        list(voice.speak(iter(["Hello"]), threading.Event()))
    (tmp_path / "flite").write_text("#!/bin/sh\nexit 0")
    with pytest.raises(VoiceError, match="no sound that can be read"):
        list(voice.speak(iter(["Hello"]), threading.Event()))
    with pytest.raises(VoiceError, match="has no voices"):
        SystemVoice(find_program("flite"))
    voice.close()

    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(VoiceError, match="sudo apt install espeak-ng"):
        open_synthesizer("espeak-ng")
    with pytest.raises(VoiceError, match=r"None of the programs that speak \(flite, espeak-ng\)"):
        open_synthesizer("auto")


SAY = """#!{python}
import subprocess, sys
arguments = sys.argv[1:]
if arguments == ["-v", "?"]:
    print("Alex                en_US    # Most people recognize me by my voice.")
    print("Eddy (German (Germany)) de_DE    # Hallo! Ich heisse Eddy.")
    print("Bad News            en_US    # The light you see is the headlamp of a train.")
    sys.exit()
assert arguments[:4] == ["-v", "Bad News", "-r", "270"], arguments
assert "--file-format=WAVE" in arguments and "--data-format=LEI16@24000" in arguments
sound, text = arguments[arguments.index("-o") + 1], arguments[arguments.index("-f") + 1]
subprocess.run(["{flite}", "-f", text, "-o", sound], check=True)
"""


@needs_flite
def test_say_is_called_as_macos_has_it(tmp_path, monkeypatch):
    program = tmp_path / "say"
    program.write_text(SAY.format(python=sys.executable, flite=shutil.which("flite")))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert list_voices("say") == ("system", "Alex", "Eddy (German (Germany))", "Bad News")
    assert len(sound_of("say", "Hello", voice="Bad News", rate=1.5)) > RATE / 4
    assert Say().prepare("[[volm 0]]") == "[ [volm 0]]"
    arguments = Say().arguments(Path("t"), Path("s"), "system", 1.0)
    assert not {"-v", "-r"} & set(arguments)


def errors(said: str, heard: str) -> int:
    """Return how many words have to be changed, put in or left out (Levenshtein)."""
    said_words, heard_words = said.split(), heard.split()
    row = list(range(len(heard_words) + 1))
    for count, word in enumerate(said_words, 1):
        above, row[0] = row[:], count
        for at, other in enumerate(heard_words, 1):
            row[at] = min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (word != other))
    return row[-1]


@needs_flite
def test_pocketsphinx_understands_flite_while_it_speaks():
    pytest.importorskip("pocketsphinx")
    told: list[str] = []
    recognizer = open_recognizer("pocketsphinx", told.append)
    assert told == ["Loading pocketsphinx."]
    assert recognizer.name == "pocketsphinx (English)"

    def hear(text: str) -> tuple[list[Heard], Heard]:
        silence = np.zeros(8 * BLOCK, np.float32)
        sound = np.concatenate(
            (silence[: 2 * BLOCK], sound_of("flite", text, voice="rms"), silence)
        )
        recognizer.start()
        heard = [recognizer.feed(sound[at : at + BLOCK]) for at in range(0, len(sound), BLOCK)]
        return [each for each in heard if each is not None], recognizer.finish()

    wrong = words = 0
    for text in ("what is the capital of france", "tell me a joke about computers"):
        partial, final = hear(text.capitalize() + ".")
        assert final.is_final
        assert not any(each.is_final for each in partial)
        assert len({each.text for each in partial}) > 2
        wrong += errors(text, final.text)
        words += len(text.split())

    # Longer than a part: what was understood before a breath stays as it was.
    long = "the weather is nice today please turn the volume down and start a new chat"
    partial, final = hear(
        "The weather is nice today. Please turn the volume down and start a new chat."
    )
    assert (len(partial), final.is_final) > (5, False)
    wrong += errors(long, final.text)
    words += len(long.split())
    assert wrong / words < 0.2

    recognizer.start()
    recognizer.feed(np.zeros(BLOCK, np.float32))
    recognizer.start()  # the one before was given up
    assert recognizer.finish() == Heard("", is_final=True)
    # What comes between two utterances belongs to none, and ends nothing.
    assert recognizer.feed(np.zeros(BLOCK, np.float32)) is None
    assert recognizer.finish() == Heard("", is_final=True)
    recognizer.close()
    recognizer.close()
    assert PART_SECONDS > 0
