"""Which keys the foot of the screen shows where it is narrow."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import BindingsMap
from textual.widgets._footer import FooterKey

from harmony_tui.commands.keys import bindings
from harmony_tui.footer import KeyFooter


class Foot(App[None]):
    """Nothing but the keys of the commands."""

    def __init__(self) -> None:
        super().__init__()
        self._bindings = BindingsMap([*bindings("anywhere"), *bindings("always")])

    def compose(self) -> ComposeResult:
        """The keys alone."""
        yield KeyFooter(show_command_palette=False)


async def test_whole_keys_are_left_out_and_come_back() -> None:
    app = Foot()
    async with app.run_test(size=(100, 4)) as pilot:

        async def shown(width: int) -> str:
            await pilot.resize_terminal(width, 4)
            await pilot.pause()
            keys = [key for key in app.query(FooterKey) if key.display]
            assert all(key.region.right <= width for key in keys)
            return " ".join(key.description for key in keys)

        usual = "Stop Help Analysis Tools Dials New Palette Quit"
        assert await shown(100) == usual
        assert await shown(60) == "Stop Help New Palette Quit"
        assert await shown(40) == "Help New Palette Quit"
        assert await shown(34) == "Help Palette Quit"
        assert await shown(100) == usual
