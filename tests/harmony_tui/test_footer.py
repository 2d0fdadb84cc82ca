"""Which keys the foot of the screen shows where it is narrow, and that they can be clicked."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import BindingsMap

from harmony_tui.commands.keys import bindings
from harmony_tui.footer import KeyFooter
from tests.harmony_tui.resting import rest


class Foot(App[None]):
    """Nothing but the keys of the commands."""

    def __init__(self) -> None:
        super().__init__()
        self._bindings = BindingsMap([*bindings("anywhere"), *bindings("always")])
        self.done: list[str] = []
        self.is_answering = True

    def compose(self) -> ComposeResult:
        """The keys alone."""
        yield KeyFooter()

    def action_command(self, name: str) -> None:
        """Say which command a key ran."""
        self.done.append(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have a key that is shown though it does nothing now."""
        return None if parameters == ("stop",) and not self.is_answering else True

    @property
    def line(self) -> str:
        """What stands at the foot."""
        footer = self.query_one(KeyFooter)
        return footer.render_line(0).text


async def test_whole_keys_are_left_out_and_come_back() -> None:
    app = Foot()
    async with app.run_test(size=(100, 4)) as pilot:

        async def shown(width: int) -> str:
            await pilot.resize_terminal(width, 4)
            await pilot.pause()
            keys = app.query_one(KeyFooter).shown
            assert all(f"{key.display} {key.description}" in app.line for key in keys)
            return " ".join(key.description for key in keys)

        usual = "Stop Help Analysis Tools Dials New Palette Quit"
        assert await shown(100) == usual
        assert await shown(60) == "Stop Help New Palette Quit"
        assert await shown(40) == "Help New Palette Quit"
        assert await shown(34) == "Help Palette Quit"
        assert await shown(100) == usual


async def test_keys_can_be_clicked() -> None:
    app = Foot()
    async with app.run_test(size=(100, 4)) as pilot:
        await rest(app)
        for words, name in (("Help", "help"), ("Dials", "hyperparameters"), ("Quit", "quit")):
            column = app.line.index(words)
            await pilot.hover(KeyFooter, (column, 0))
            assert app.query_one(KeyFooter).styles.pointer == "pointer"
            await pilot.click(KeyFooter, (column, 0))
            assert app.done.pop() == name
        await pilot.click(KeyFooter, (app.line.index("Help") + len("Help"), 0))
        await pilot.click(KeyFooter, (99, 0))
        assert not app.done, "nothing stands there"


async def test_a_key_that_does_nothing_now_is_dim_and_does_nothing() -> None:
    app = Foot()
    async with app.run_test(size=(100, 4)) as pilot:
        app.is_answering = False
        app.refresh_bindings()
        await pilot.pause()
        await rest(app)
        stop = next(iter(app.query_one(KeyFooter).render_line(0).crop(1)))
        assert stop.style is not None
        assert stop.style.dim
        await pilot.click(KeyFooter, (app.line.index("Stop"), 0))
        assert not app.done
