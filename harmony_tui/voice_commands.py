"""The subcommands about speech: check, bench, download.

Each is a function that adds its arguments to a parser, and one that does its work.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from harmony_tui.exit_codes import ANSWERED, FAILED
from harmony_tui.printing import SubcommandError, add_json, aligned, print_json, print_lines

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from engine.voice.bench import Stage

CHECK = "[--json]"
BENCH = "[--recognizer NAME] [--synthesizer NAME] [--json]"
DOWNLOAD = "NAME [--json]"
"""What follows the words, as usages have it."""

LISTENING_SECONDS = 2.0


class Finding(NamedTuple):
    """What was found out about one thing that speech needs."""

    name: str
    is_good: bool
    text: str


# --- check ------------------------------------------------------------------------------------


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``voice check`` takes."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def check(given: argparse.Namespace) -> int:
    """Look for devices and engines, and listen for a moment."""
    from engine.voice.errors import VoiceError

    settings = _settings()
    findings: list[Finding] = []
    parts: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
        ("sound", _find_devices),
        ("microphone", _listen),
        ("recognition", _find_recognizer),
        ("speech", _find_synthesizer),
    )
    for name, look in parts:
        try:
            for finding in look(settings):
                findings.append(finding)
        except VoiceError as error:
            findings.append(Finding(name, False, str(error)))
    if given.json:
        print_json([finding._asdict() for finding in findings])
    else:
        rows = [("ok" if each.is_good else "problem", each.name, each.text) for each in findings]
        print_lines(*aligned(rows))
    return ANSWERED if all(each.is_good for each in findings) else FAILED


def _find_devices(settings: Settings) -> Iterator[Finding]:
    from engine.voice.devices import choose, list_devices

    devices = list_devices()
    for kind, found, wanted in (
        ("microphones", devices.inputs, settings.voice_microphone),
        ("speakers", devices.outputs, settings.voice_speaker),
    ):
        names = ", ".join(each.name for each in found) or "none"
        used = choose("input" if kind == "microphones" else "output", wanted)
        text = f"{names}; “{used.device.name}” is used"
        if not used.is_wanted:
            text += f", because “{wanted}” is not there"
        yield Finding(kind, used.is_wanted, text)


def _listen(settings: Settings) -> Iterator[Finding]:
    from engine.voice.audio_events import AudioEvent, Zeros
    from engine.voice.blocks import Block
    from engine.voice.diagnosis import diagnose
    from engine.voice.levels import level_of
    from engine.voice.microphone import Microphone

    blocks: list[Block] = []
    events: list[AudioEvent] = []
    microphone = Microphone(settings.voice_microphone, blocks.append, events.append, 0.0)
    try:
        microphone.start()
        time.sleep(LISTENING_SECONDS)
        microphone.stop()
    finally:
        microphone.close()
    for event in events:
        if isinstance(event, Zeros):
            yield Finding("level", False, event.message)
            return
    diagnosis = diagnose([level_of(block.samples) for block in blocks])
    if diagnosis is None:
        yield Finding("level", False, "The microphone sends nothing.")
    else:
        peak = max(level_of(block.samples).peak for block in blocks)
        # Nobody need have spoken meanwhile.
        is_quiet = not diagnosis.is_good and "quiet" in diagnosis.message
        yield Finding(
            "level", diagnosis.is_good or is_quiet, f"peak {peak:.0f} dB. {diagnosis.message}"
        )


def _find_recognizer(settings: Settings) -> Iterator[Finding]:
    from engine.voice.recognizer import open_recognizer

    recognizer = open_recognizer(settings.voice_recognizer, models=settings.models_folder)
    try:
        yield Finding("recognition", True, recognizer.name)
    finally:
        recognizer.close()


def _find_synthesizer(settings: Settings) -> Iterator[Finding]:
    from engine.voice.synthesizer import open_synthesizer

    synthesizer = open_synthesizer(
        settings.voice_synthesizer,
        settings.voice_name,
        settings.voice_rate,
        models=settings.models_folder,
    )
    try:
        yield Finding("speech", True, synthesizer.name)
    finally:
        synthesizer.close()


# --- bench ------------------------------------------------------------------------------------


def add_bench_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``voice bench`` takes."""
    parser.add_argument("--recognizer", metavar="NAME", help="in place of the one that is set")
    parser.add_argument("--synthesizer", metavar="NAME", help="in place of the one that is set")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def bench(given: argparse.Namespace) -> int:
    """Speak a sentence, without a sound, and recognise it."""
    from engine.voice.errors import VoiceError

    settings = _settings()
    try:
        stages = _measure(
            given.recognizer or settings.voice_recognizer,
            given.synthesizer or settings.voice_synthesizer,
            settings,
        )
    except VoiceError as error:
        raise SubcommandError(str(error)) from error
    if given.json:
        from dataclasses import asdict

        print_json([asdict(stage) | {"keeps_up": stage.keeps_up} for stage in stages])
    else:
        rows = [
            (
                stage.name,
                stage.engine,
                f"{stage.mean:.1f} ms",
                f"p95 {stage.p95:.1f} ms",
                stage.verdict,
            )
            for stage in stages
        ]
        print_lines("For each 80 ms of sound:", *aligned(rows))
        print_lines(*(f"{stage.name}: {note}" for stage in stages for note in stage.notes))
    return ANSWERED if all(stage.keeps_up for stage in stages) else FAILED


def _measure(recognizer: str, synthesizer: str, settings: Settings) -> list[Stage]:
    from engine.voice import bench as measures
    from engine.voice.recognizer import open_recognizer
    from engine.voice.synthesizer import open_synthesizer

    models = settings.models_folder
    speaks = open_synthesizer(synthesizer, settings.voice_name, settings.voice_rate, models=models)
    try:
        spoken, sound = measures.measure_synthesis(speaks)
    finally:
        speaks.close()
    hears = open_recognizer(recognizer, models=models)
    try:
        heard = measures.measure_recognition(hears, sound)
    finally:
        hears.close()
    return [measures.measure_resampling(), heard, spoken]


# --- download ---------------------------------------------------------------------------------


def add_download_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``voice download`` takes."""
    parser.add_argument(
        "name",
        metavar="NAME",
        help="a repository's name, such as kyutai/stt-1b-en_fr-candle, or a voice's",
    )
    add_json(parser)


def download(given: argparse.Namespace) -> int:
    """Download it into the folder of models; Ctrl+C stops it, and it goes on the next time."""
    from harmony_tui.models_commands import follow
    from harmony_tui.voice.downloads import VoiceDownload

    return follow(VoiceDownload(given.name, _settings().models_folder), as_json=given.json)


def _settings() -> Settings:
    from engine.config.precedence import load_configuration
    from engine.config.settings import SettingsError

    try:
        return load_configuration().settings
    except SettingsError as error:
        raise SubcommandError(str(error)) from error
