"""All that ``doctor`` looks at: the machine and this installation, sound, and the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.examination import Finding


def examine_all() -> Iterator[Finding]:
    """Look at everything; settings that cannot be read are a finding like any other."""
    from engine.config.precedence import load_configuration
    from engine.config.reading import SettingsError
    from engine.config.settings import Settings
    from engine.examination import Finding, examine
    from harmony_tui.audio_report import examine_audio
    from harmony_tui.terminal_report import examine_terminal

    settings, problem = Settings(), ""
    try:
        settings = load_configuration().settings
    except SettingsError as error:
        problem = str(error)
    yield from examine(settings)
    if problem:
        yield Finding("settings", "problem", problem, "Mend them: harmony-tui config edit")
    yield from examine_audio(settings)
    yield from examine_terminal()
