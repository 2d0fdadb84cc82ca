"""Chooses among the engines that this machine has. Nothing of an engine is imported before."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from engine.voice.errors import VoiceError
from engine.voice.kyutai.layouts import Kind, Layout
from engine.voice.recognizer import Recognizer
from engine.voice.synthesizer import Synthesizer
from engine.voice.weights import RECOGNIZERS, SYNTHESIZERS, choose_voice, find_voices, find_weights

AUTO = "auto"
KYUTAI_BITS = {"kyutai": None, "kyutai-q8": 8, "kyutai-q4": 4}
"""What Kyutai's models are called among the engines, and to how many bits they are quantised."""
SPHINX = "pocketsphinx"
PROGRAMS = ("say", "flite", "espeak-ng")
RECOGNIZER_CHOICES = (AUTO, *KYUTAI_BITS, SPHINX)
SYNTHESIZER_CHOICES = (AUTO, *KYUTAI_BITS, *PROGRAMS)

Tell = Callable[[str], None]


def name_recognizer(choice: str, models: str | None) -> str:
    """Return the name of what would recognise speech; nothing is loaded.

    Raises:
        VoiceError: there is nothing; the message says what to install.
    """
    layout = _choose_recognizer(choice, lambda text: None, models)
    if layout is not None:
        return layout.folder_name
    if importlib.util.find_spec(SPHINX) is None:
        raise VoiceError(
            "pocketsphinx is not installed. Install it with: pip install 'harmony-tui[recognition]'"
        )
    return SPHINX


def name_synthesizer(choice: str, models: str | None) -> str:
    """Return the name of what would speak; nothing is loaded.

    Raises:
        VoiceError: there is nothing; the message says what to install.
    """
    layout = _choose_synthesizer(choice, lambda text: None, models)
    if layout is not None:
        return layout.folder_name
    from engine.voice.system_voices import find_program

    return find_program(None if choice == AUTO else choice).command


def open_recognizer(choice: str, tell: Tell, models: str | None) -> Recognizer:
    """Load what recognises speech; see ``engine.voice.recognizer``."""
    layout = _choose_recognizer(choice, tell, models)
    if layout is None:
        from engine.voice.apart import RecognizerApart

        tell("Loading pocketsphinx.")
        return RecognizerApart()
    from engine.voice.kyutai.stt import KyutaiRecognizer

    tell(f"Loading {layout.folder_name}.")
    return KyutaiRecognizer(layout, bits=KYUTAI_BITS.get(choice))


def _choose_recognizer(choice: str, tell: Tell, models: str | None) -> Layout | None:
    """Return the model of Kyutai's that recognises speech; None where pocketsphinx does."""
    layout = None
    if choice == AUTO:
        layout = _find_usable("stt", tell, models)
        if layout is None and importlib.util.find_spec(SPHINX) is None:
            raise VoiceError(
                "Nothing on this machine recognises speech. On a Mac download Kyutai's model: "
                f"harmony-tui voice download {RECOGNIZERS[0]} (2 GB); elsewhere install "
                "pocketsphinx: pip install 'harmony-tui[recognition]'"
            )
    elif choice != SPHINX:
        layout = _find_kyutai("stt", choice, models)
    return layout


def open_synthesizer(
    choice: str, voice: str | None, rate: float, tell: Tell, models: str | None
) -> Synthesizer:
    """Load what speaks; see ``engine.voice.synthesizer``."""
    layout = _choose_synthesizer(choice, tell, models)
    if layout is None:
        from engine.voice.system_voices import SystemVoice, find_program

        program = find_program(None if choice == AUTO else choice)
        tell(f"Asking {program.command} for its voices.")
        return SystemVoice(program, voice, rate)
    from engine.voice.kyutai.tts import KyutaiSynthesizer

    chosen = choose_voice(layout, voice, models)
    tell(f"Loading {layout.folder_name}.")
    return KyutaiSynthesizer(layout, chosen, rate=rate, bits=KYUTAI_BITS.get(choice))


def _choose_synthesizer(choice: str, tell: Tell, models: str | None) -> Layout | None:
    """Return the model of Kyutai's that speaks; None where a program of the system does."""
    if choice == AUTO:
        return _find_usable("tts", tell, models)
    return None if choice in PROGRAMS else _find_kyutai("tts", choice, models)


def list_voices(choice: str, models: str | None) -> tuple[str, ...]:
    """Return the voices of an engine; see ``engine.voice.synthesizer``."""
    layout = _choose_synthesizer(choice, lambda text: None, models)
    if layout is None:
        from engine.voice.system_voices import find_program

        return find_program(None if choice == AUTO else choice).voices()
    return tuple(voice.name for voice in find_voices(layout, models))


def _find_kyutai(kind: Kind, choice: str, models: str | None) -> Layout:
    """Return the model that a person has asked for."""
    layout = find_weights(kind, None if choice in KYUTAI_BITS else choice, models)
    if layout is None:
        name = RECOGNIZERS[0] if kind == "stt" else SYNTHESIZERS[0]
        raise VoiceError(
            f"No model of Kyutai's for that is on this machine. Download one with: "
            f"harmony-tui voice download {name}"
        )
    return layout


def _find_usable(kind: Kind, tell: Tell, models: str | None) -> Layout | None:
    """Return a model of Kyutai's that can keep up with speech here; tell why one cannot be used."""
    layout = find_weights(kind, models=models)
    if layout is None:
        return None
    problem = _problem_with_kyutai()
    if problem is None and kind == "tts":
        try:
            choose_voice(layout, None, models)
        except VoiceError as error:
            problem = str(error)
    if problem is not None:
        tell(f"{layout.folder_name} is not used: {problem}")
        return None
    return layout


def _problem_with_kyutai() -> str | None:
    """Return why Kyutai's models cannot be used, or not fast enough; None if they can."""
    if importlib.util.find_spec("moshi_mlx") is None:
        return "moshi-mlx is not installed. Install it with: pip install 'harmony-tui[voice]'"
    from engine.models.device import DeviceError, prepare

    try:
        if not prepare().on_cpu:
            return None
    except DeviceError as error:
        return str(error)
    return "it needs a GPU to keep up with speech. Choose kyutai to use it anyway."
