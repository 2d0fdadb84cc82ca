"""Kyutai's weights: which repositories there are, where they lie, and how they are fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from engine.config.locations import is_repository_name, models_folder
from engine.models.downloading import (
    DownloadCancelledError,
    DownloadError,
    Progress,
    Tell,
    download_files,
    read_unfinished,
)
from engine.models.hub import downloaded_folders
from engine.voice.errors import VoiceError
from engine.voice.kyutai.layouts import CONFIG, Kind, Layout, read_kind, read_layout

RECOGNIZERS = (
    "kyutai/stt-1b-en_fr-candle",
    "kyutai/stt-1b-en_fr-mlx",
    "kyutai/stt-1b-en_fr",
    "kyutai/stt-2.6b-en-mlx",
    "kyutai/stt-2.6b-en-candle",
    "kyutai/stt-2.6b-en",
)
"""From the best one for talking on: the small one answers after 0.5 s and not 2.5 s, and of it the
first layout has heads that tell the end of a turn. The large one knows English only."""
SYNTHESIZERS = ("kyutai/tts-1.6b-en_fr",)
VOICES = "kyutai/tts-voices"
USUAL_VOICE = "expresso/ex03-ex01_happy_001_channel1_334s"


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A voice for a model that speaks."""

    name: str
    """Such as ``expresso/ex03-ex01_happy_001_channel1_334s``; its file has ``.wav`` after that."""
    path: Path


def find_weights(kind: Kind, name: str | None = None, models: str | None = None) -> Layout | None:
    """Return a model of Kyutai's that is on this machine, None if there is none.

    Args:
        kind: what it does.
        name: of its repository, or its folder; None for the best one that is here.
        models: the folder of models that the settings name.

    Raises:
        VoiceError: the model of this name is not here, not whole, or of the other kind.
    """
    if name is None:
        names = RECOGNIZERS if kind == "stt" else SYNTHESIZERS
        here = (folder for each in names for folder in _folders_of(each, models))
        return next((read_layout(each) for each in here if _is_whole(each)), None)
    own = Path(name).expanduser()
    folder = own if own.is_dir() else next(_folders_of(name, models), None)
    if folder is None:
        raise VoiceError(
            f"{name} is not on this machine. Download it with: harmony-tui voice download {name}"
        )
    layout = read_layout(folder)
    if layout.kind != kind:
        does, asked = ("speaks", "recognises") if kind == "stt" else ("recognises", "speaks")
        raise VoiceError(f"{name} is a model that {does}; choose one that {asked}.")
    return layout


def find_voices(layout: Layout, models: str | None = None) -> tuple[VoiceFile, ...]:
    """Return the voices on this machine that fit a model, its usual one first."""
    identity = layout.config.get("model_id") or {}
    ending = f".{identity.get('sig')}@{identity.get('epoch')}.safetensors"
    found: dict[str, Path] = {}
    for folder in (layout.folder / "voices", *_folders_of(VOICES, models)):
        for path in sorted(folder.rglob(f"*{ending}")):
            name = path.relative_to(folder).as_posix().removesuffix(ending)
            found.setdefault(name.removesuffix(".wav"), path)
    names = sorted(found, key=lambda name: name != USUAL_VOICE)
    return tuple(VoiceFile(name, found[name]) for name in names)


def choose_voice(layout: Layout, name: str | None, models: str | None = None) -> Path | None:
    """Return the file of a voice; None for a model that has a voice of its own.

    Args:
        layout: of a model that speaks.
        name: of the voice, or the path of its file; None for the usual one.
        models: the folder of models that the settings name.

    Raises:
        VoiceError: it is not on this machine.
    """
    if "speaker_wavs" not in (layout.config.get("conditioners") or {}):
        if name is not None:
            raise VoiceError(f"{layout.folder_name} has one voice only; choose none.")
        return None
    if name is not None and Path(name).expanduser().is_file():
        return Path(name).expanduser()
    voices = find_voices(layout, models)
    for voice in voices:
        if name is None or name.removesuffix(".wav") == voice.name:
            return voice.path
    missing = name or USUAL_VOICE
    here = f" Those here: {', '.join(voice.name for voice in voices[:8])}." if voices else ""
    raise VoiceError(
        f"The voice {missing} is not here.{here} Download it with: "
        f"harmony-tui voice download {VOICES}/{missing}"
    )


def download(name: str, models: str | None, tell: Tell, cancelled: Event) -> Path:
    """Download a model, or one voice, and return its folder. What was stopped goes on.

    Args:
        name: of a repository, such as ``kyutai/stt-1b-en_fr-candle``, or of a voice, such as
            ``kyutai/tts-voices/expresso/ex03-ex01_happy_001_channel1_334s``.
        models: the folder of models that the settings name.
        tell: is told how far it is.
        cancelled: stops it.

    Raises:
        DownloadError: it cannot be downloaded; what came is kept.
        DownloadCancelledError: it was stopped; what came is kept.
    """
    root = models_folder(models)
    if name.startswith(VOICES + "/"):
        voice = name.removeprefix(VOICES + "/").removesuffix(".wav")
        return download_files(
            VOICES, root, tell, cancelled, wanted=lambda file: file.startswith(f"{voice}.")
        )
    if name == VOICES:
        raise DownloadError(
            f"{VOICES} holds hundreds of voices. Name one, such as {VOICES}/{USUAL_VOICE}"
        )
    return download_files(name, root, tell, cancelled, check=_check_configuration)


def _check_configuration(folder: Path) -> None:
    """Object to a repository before its weights come; its other files are not there yet."""
    try:
        read_kind(folder)
    except VoiceError as error:
        raise DownloadError(str(error)) from error


def _folders_of(name: str, models: str | None) -> Iterator[Path]:
    """Give the folders on this machine in which a repository lies."""
    if not is_repository_name(name):
        return
    usual = (models_folder(models) / name, models_folder(None) / name)
    yield from (each for each in (*usual, *downloaded_folders(name)) if each.is_dir())


def _is_whole(folder: Path) -> bool:
    return (folder / CONFIG).is_file() and read_unfinished(folder) is None


__all__ = [
    "RECOGNIZERS",
    "SYNTHESIZERS",
    "USUAL_VOICE",
    "VOICES",
    "DownloadCancelledError",
    "DownloadError",
    "Progress",
    "VoiceFile",
    "choose_voice",
    "download",
    "find_voices",
    "find_weights",
]
