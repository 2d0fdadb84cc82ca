"""What of speech is measured without the program: a call, with real sound in both directions."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np

from engine.voice import bench
from engine.voice.blocks import BLOCK, RATE
from engine.voice.call import Call, Choice
from engine.voice.call_events import EngineReady, SpeechBegan, SpeechEnded, WordsHeard
from engine.voice.resampling import Resampler
from engine.voice.sphinx import SphinxRecognizer
from engine.voice.synthesizer import open_synthesizer
from tests.bench.figures import Figure
from tests.engine.voice.calling import Listener, answer, record
from tests.engine.voice.sound_server import SoundServer

PROMPTS = (
    "What is the time?",
    "Tell me a joke about computers.",
    "How many people live in this city?",
    "Please write a letter to my brother.",
    "What is the capital of France?",
    "Why is the sky blue in the morning?",
    "Give me a list of things to buy.",
    "How do I bake a cake for ten people?",
    "Explain how a car works.",
    "What can you do for me today?",
    "Remind me of the meeting on Monday.",
    "Which book should I read next?",
    "How far is the moon from the earth?",
    "Turn the text into a short story.",
    "Thank you, that is all for now.",
)
ANSWERS = (
    "It is half past five in the afternoon.",
    "The train leaves in twenty minutes.",
    "You can do that with a few lines of text.",
    "Most people live in the north of the country.",
    "The answer is two hundred and seven.",
    "First open the window, and then close the door.",
    "That depends on the weather and on the time of year.",
    "There are three ways to go from here.",
    "I would read the first chapter again.",
    "It was built about a hundred years ago.",
    "The water has to be warm, but not hot.",
    "She wrote the book when she was very young.",
    "Nobody knows the reason for that.",
    "The moon is smaller than the earth.",
    "That is all that I can say about it.",
)
LONG = "One two three four five six seven eight nine ten. " * 4
INTERRUPTIONS = 8
SECONDS_OF_STAGES = 10.0


@contextmanager
def open_call() -> Iterator[tuple[Call, Listener]]:
    """Open a call whose engines are loaded, and what it tells."""
    listener = Listener()
    call = Call(Choice("pocketsphinx", "flite"), listener)
    try:
        for _ in ("recognizer", "synthesizer"):
            listener.until(EngineReady)
        yield call, listener
    finally:
        call.close()


class Errors:
    """Counts words that were heard wrongly."""

    def __init__(self) -> None:
        self._words = 0
        self._wrong = 0.0

    def note(self, said: str, heard: str) -> None:
        """Take what was said and what was heard of it."""
        words = len(bench._words(said))
        self._words += words
        self._wrong += words * bench.word_error_rate(said, heard)

    @property
    def percent(self) -> float:
        """How many of all words were wrong."""
        return 100 * self._wrong / max(1, self._words)


def measure_listening(server: SoundServer, folder: Path, prompts: int) -> list[Figure]:
    """Speak prompts into the microphone and see what is understood, and when."""
    errors, finals, first_words, lost = Errors(), [], [], 0.0
    with open_call() as (call, listener):
        for prompt in PROMPTS[:prompts]:
            number = call.listen()
            time.sleep(0.2)
            server.talk(record(prompt, folder)).wait()
            time.sleep(0.2)
            call.finish()
            heard = listener.until(WordsHeard, utterance=number, is_final=True)
            assert isinstance(heard, WordsHeard)
            errors.note(prompt, heard.text)
            figures = call.figures
            finals.append(1000 * figures["release_to_final_text"])
            first_words.append(figures.get("press_to_first_word", 0.0))
            lost += figures["xruns"] + figures["dropped_blocks"]
    note = f"median of {len(finals)}, {max(finals):.0f} at most"
    return [
        Figure("words understood wrongly", errors.percent, "%", 20, "flite → pocketsphinx"),
        Figure("release to final text", median(finals), "ms", 500, note),
        Figure("press to first word", median(first_words), "s", 2, "speech begins after 0.2 s"),
        Figure("xruns and lost blocks, listening", lost, "", 0),
    ]


def measure_speaking(server: SoundServer, prompts: int) -> list[Figure]:
    """Speak answers and recognise them at the speaker; then interrupt long ones."""
    captured: list[tuple[str, np.ndarray]] = []
    first_sounds, lags, xruns, delays = [], [], 0.0, []
    with open_call() as (call, listener):
        for text in ANSWERS[:prompts]:
            with server.capture() as speaker:
                for event in answer(text):
                    call.hear(event)
                ended = listener.until(SpeechEnded, message=1)
                time.sleep(0.2)
                captured.append((text, speaker.samples))
            assert isinstance(ended, SpeechEnded)
            first_sounds.append(1000 * ended.figures["final_to_first_sound"])
            lags.append(ended.figures["speech_lag"])
            xruns += ended.figures["xruns"]
        for _ in range(min(INTERRUPTIONS, prompts)):
            with server.capture() as speaker:
                for event in answer(LONG):
                    call.hear(event)
                listener.until(SpeechBegan, message=1)
                time.sleep(0.7)
                pressed = time.monotonic()
                call.listen()
                time.sleep(0.3)
                delays.append(1000 * (speaker.last_sound() - pressed))
            call.discard()
    errors, recognizer = Errors(), SphinxRecognizer()
    for text, samples in captured:
        errors.note(text, recognise(recognizer, samples))
    recognizer.close()
    first = f"median of {len(first_sounds)}, {max(first_sounds):.0f} at most"
    barge_in = f"median of {len(delays)}, {max(delays):.0f} at most"
    return [
        Figure("words heard wrongly", errors.percent, "%", 20, "speaker's monitor → pocketsphinx"),
        Figure("first final token to first sound", median(first_sounds), "ms", 500, first),
        Figure("speech after the last token", median(lags), "s", None, "a sentence of 2 to 3 s"),
        Figure("xruns, speaking", xruns, "", 0),
        Figure("barge-in to silence", max(0.0, median(delays)), "ms", 50, barge_in),
    ]


def recognise(recognizer: SphinxRecognizer, samples: np.ndarray) -> str:
    """Return what is said in a recording."""
    recognizer.start()
    for at in range(0, len(samples) - BLOCK, BLOCK):
        recognizer.feed(samples[at : at + BLOCK])
    return recognizer.finish().text


def measure_stages() -> list[Figure]:
    """Measure the processor's time of each stage for a second of sound."""
    synthesizer = open_synthesizer("flite")
    pieces: list[np.ndarray] = []

    def speak() -> None:
        for spoken in synthesizer.speak(iter([LONG]), threading.Event()):
            pieces.append(spoken.samples)

    synthesis = _cpu_of(speak)
    synthesizer.close()
    sound = np.concatenate(pieces)[: round(SECONDS_OF_STAGES * RATE)]
    seconds, spoken_seconds = len(sound) / RATE, sum(map(len, pieces)) / RATE
    recognizer = SphinxRecognizer()
    recognition = _cpu_of(lambda: recognise(recognizer, sound))
    recognizer.close()
    resampler = Resampler(48_000, RATE)
    twice = np.repeat(sound, 2)
    resampling = _cpu_of(
        lambda: [resampler.feed(twice[at : at + 960]) for at in range(0, len(twice), 960)]
    )
    note = "CPU for a second of sound"
    return [
        Figure("resampling", 1000 * resampling / seconds, "ms", 1000, note),
        Figure("recognition", 1000 * recognition / seconds, "ms", 1000, note),
        Figure("synthesis", 1000 * synthesis / spoken_seconds, "ms", 1000, note),
    ]


def _cpu_of(act: Callable[[], object]) -> float:
    """Return the seconds of the processor that something takes, with the programs it runs."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    before = used()
    act()
    return used() - before
