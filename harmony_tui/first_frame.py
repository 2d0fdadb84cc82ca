"""The first frame: the frames of the panes, as they stood last, before Textual can draw them.

Importing Textual takes most of a start. Meanwhile the person sees the screen as it was left, but
for its text, and what is typed is kept for it. Of a screen that was never left, or was with another
theme or size, only the box that one writes in is sure to be where it is; of one in a terminal of
another kind nothing is drawn before Textual does.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import signal
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.config import locations
from harmony_tui import __version__

if TYPE_CHECKING:
    from types import FrameType

    from textual.geometry import Region
    from textual.widget import Widget

    from harmony_tui.app import HarmonyApp

logger = logging.getLogger(__name__)

TAKE = "\x1b[?1049h\x1b[?25l"
GIVE_BACK = "\x1b[0m\x1b[?1049l\x1b[?25h"
"""To and from a screen of its own, without a cursor."""
REMEMBERED = 8
"""Screens are remembered for so many sizes and kinds of terminal, those left last."""
LARGEST_FILE = 65_536
"""Bytes; what is larger was not written by this program."""
LEAST_COLUMNS, LEAST_LINES = 60, 20
"""In a smaller terminal the screen says nothing but that there is no room for it."""
PROMPT_LINES, BELOW_PROMPT = 3, 2
"""How high the prompt box is as long as nothing is written in it, and what stands below it."""
SIGNALS = (signal.SIGTERM, signal.SIGHUP)
BY_SIGNAL = 128
"""What shells add to a signal's number for the exit code."""

KIND = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM")
"""What says which colours a terminal shows."""

_COLOURS = re.compile(r"[0-9;]{1,60}")


class Box(NamedTuple):
    """A frame, in cells of the screen, and its colours as the terminal is asked for them."""

    x: int
    y: int
    width: int
    height: int
    colours: str


class Picture(NamedTuple):
    """What is drawn: the frames of a screen upon its ground."""

    columns: int
    lines: int
    ground: str
    boxes: tuple[Box, ...]

    def drawn(self) -> str:
        """Return what draws it."""
        blank = " " * self.columns
        parts = [f"\x1b[0;{self.ground}m"]
        parts += [f"\x1b[{line};1H{blank}" for line in range(1, self.lines + 1)]
        for x, y, width, height, colours in self.boxes:
            across, right, bottom = "─" * (width - 2), x + width, y + height
            parts.append(f"\x1b[0;{colours}m\x1b[{y + 1};{x + 1}H╭{across}╮")
            for line in range(y + 2, bottom):
                parts.append(f"\x1b[{line};{x + 1}H│\x1b[{line};{right}H│")
            parts.append(f"\x1b[{bottom};{x + 1}H╰{across}╯")
        return "".join(parts)

    @classmethod
    def from_content(cls, content: Any) -> Picture:
        """Return the picture that a file's content is.

        Raises:
            TypeError: it is none.
            ValueError: it is none that a terminal could show.
        """
        columns, lines, ground, boxes = content
        picture = cls(columns, lines, ground, tuple(Box(*box) for box in boxes))
        numbers = [columns, lines, *(number for box in picture.boxes for number in box[:4])]
        if not all(isinstance(number, int) for number in numbers):
            raise ValueError("places and sizes are whole numbers")
        colours = [ground, *(box.colours for box in picture.boxes)]
        if not all(_COLOURS.fullmatch(each) for each in colours):
            raise ValueError("colours are numbers parted by semicolons")
        for x, y, width, height, _ in picture.boxes:
            is_within = x >= 0 and y >= 0 and x + width <= columns and y + height <= lines
            if not (is_within and width >= 2 and height >= 2):
                raise ValueError("a frame does not stand on the screen")
        return picture


class FirstFrame:
    """Holds the terminal from the first frame until Textual takes it."""

    def __init__(self, terminal: int) -> None:
        """Keep what is typed from now on from being shown, and unchanged."""
        self._terminal = terminal
        self._modes: list[Any] | None = termios.tcgetattr(terminal)
        self._is_held = True
        silent = termios.tcgetattr(terminal)
        silent[0] &= ~(termios.IXON | termios.ICRNL)
        silent[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSANOW, silent)

    def draw(self, picture: Picture) -> None:
        """Take the screen and draw a picture on it."""
        os.write(self._terminal, f"{TAKE}{picture.drawn()}".encode())

    def hand_over(self) -> None:
        """Leave the screen to whoever takes it, who finds the terminal's modes as they were."""
        self._is_held = False
        if self._modes is not None:
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self._terminal, termios.TCSANOW, self._modes)
            self._modes = None

    def close(self) -> None:
        """Give the terminal back, unless somebody else has taken it."""
        if self._is_held:
            self.hand_over()
            with suppress(OSError):
                os.write(self._terminal, GIVE_BACK.encode())


@contextmanager
def shown(theme: str) -> Iterator[FirstFrame | None]:
    """Show the first frame, if it is known, until another screen takes its place or this ends.

    Args:
        theme: the name of the theme in force.
    """
    size = shutil.get_terminal_size()
    picture = _find(_key(theme, size)) or _foresee(theme, *size)
    frame = None if picture is None else _hold_terminal()
    if picture is None or frame is None:
        yield None
        return
    # Left to itself the system would end the program and leave the terminal as it is.
    heard = [each for each in SIGNALS if signal.getsignal(each) is signal.SIG_DFL]
    for each in heard:
        signal.signal(each, _leave)
    try:
        frame.draw(picture)
        yield frame
    finally:
        frame.close()
        for each in heard:
            signal.signal(each, signal.SIG_DFL)


def _hold_terminal() -> FirstFrame | None:
    """Return what holds the terminal that Textual will draw in, if it will draw in one."""
    if sys.__stderr__ is None or os.environ.get("TEXTUAL_DRIVER"):
        return None
    try:
        return FirstFrame(sys.__stderr__.fileno())
    except (OSError, ValueError, termios.error):
        return None


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(BY_SIGNAL + number)


# --- the screens that were left -----------------------------------------------------------------


def _file() -> Path:
    return locations.state_folder() / "first_frame.json"


def _key(theme: str, size: Sequence[int]) -> list[Any]:
    """Return what a screen depends on, beside how the person has arranged it."""
    environment = [os.environ.get(name, "") for name in KIND]
    return [__version__, theme, *environment, *size]


def _read() -> list[tuple[list[Any], Any]]:
    """Return the screens that are remembered, the one left last first, each after its key.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not as it was written.
    """
    try:
        with _file().open("rb") as file:
            content = json.loads(file.read(LARGEST_FILE))
    except FileNotFoundError:
        return []
    if not isinstance(content, list):
        raise ValueError("it is no list")
    return [(key, picture) for key, picture in content]


def _find(key: list[Any]) -> Picture | None:
    """Return the picture of a screen that was left, if it is remembered."""
    try:
        found = next((picture for known, picture in _read() if known == key), None)
        return None if found is None else Picture.from_content(found)
    except (OSError, TypeError, ValueError, RecursionError) as error:
        logger.warning("The first frame in %s is not used: %s", _file(), error)
        return None


def _foresee(theme: str, columns: int, lines: int) -> Picture | None:
    """Return what is sure of a screen that is not remembered: its ground and the prompt box.

    None where its colours are not: they are those that the file of a theme of the program itself
    says, in a terminal that shows them all.
    """
    kind = {name: os.environ.get(name, "").strip().lower() for name in KIND}
    shows_all = kind["COLORTERM"] in {"truecolor", "24bit"}
    is_plain = kind["NO_COLOR"] or kind["TEXTUAL_COLOR_SYSTEM"] not in {"", "auto", "truecolor"}
    if not shows_all or is_plain or kind["TERM"] in {"dumb", "unknown"}:
        return None
    if columns < LEAST_COLUMNS or lines < LEAST_LINES:
        return None
    if (locations.themes_folder() / f"{theme}.toml").exists():
        return None
    import tomllib

    import themes

    try:
        file = Path(themes.__file__).with_name(f"{theme}.toml")
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        ground, frame = content["background"], content["roles"]["frame-focus"]
        below, line = (";".join(map(str, bytes.fromhex(each[1:]))) for each in (ground, frame))
    except (OSError, ValueError, KeyError):  # it is a person's own, or leaves these to be derived
        return None
    top = lines - BELOW_PROMPT - PROMPT_LINES
    box = Box(0, top, columns, PROMPT_LINES, colours=f"38;2;{line};48;2;{below}")
    return Picture(columns, lines, f"48;2;{below}", (box,))


def remember(app: HarmonyApp) -> None:
    """Remember the frames that stand on the chat's screen now, for the next start."""
    from harmony_tui.state_files import write_state

    screen, system = app.chat_screen, app.console.color_system
    area, prompt = screen.area, screen.prompt
    if system is None or app.no_color or not (area.region and prompt.region):
        return
    framed: list[tuple[Widget, Region]] = [(prompt, prompt.region)]
    for name, region in area.placing.regions.items():
        framed.append((area.panes[name], region.translate(area.region.offset)))
    boxes = tuple(Box(*place, colours=_colours(each, system)) for each, place in framed)
    picture = Picture(*app.size, _colours(screen, system), boxes)
    key = _key(app.settings.theme, app.size)
    try:
        others = [each for each in _read() if each[0] != key]
    except (OSError, TypeError, ValueError, RecursionError):
        others = []  # that was told of when this program began
    try:
        write_state(_file(), [(key, picture), *others[: REMEMBERED - 1]])
    except OSError as error:
        logger.warning("The first frame is not kept in %s: %s", _file(), error)


def _colours(widget: Widget, system: str) -> str:
    """Return the colours of a widget's ground and of its frame, as a terminal is asked for them."""
    from rich.color import ColorSystem

    systems = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT}
    shown = systems.get(system, ColorSystem.TRUECOLOR)
    ground = widget.background_colors[1]
    line = ground + widget.styles.border_top[1]
    codes = (
        *line.rich_color.downgrade(shown).get_ansi_codes(),
        *ground.rich_color.downgrade(shown).get_ansi_codes(foreground=False),
    )
    return ";".join(codes)
