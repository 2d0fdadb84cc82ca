"""Other keys for the commands: what can be had, what is told, and that they act and are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from textual.binding import BindingsMap

from engine.config.settings import Settings, SettingsError, load_settings
from harmony_tui.commands.key_names import read_key
from harmony_tui.commands.keymap import remap
from harmony_tui.commands.letters import LETTERS, TAKEN
from harmony_tui.commands.table import BY_NAME, COMMANDS, PROMPT_KEYS
from harmony_tui.panes.conversation import ConversationPane
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.screens.help import read_page
from tests.harmony_tui.screen import screen_text, scripted_app, shows, type_text, until


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    yield
    remap({})


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ctrl+x", "ctrl+x"),
        ("Ctrl-X", "ctrl+x"),
        (" Control + X ", "ctrl+x"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("Option+Q", "alt+q"),
        ("F6", "f6"),
        ("Esc", "escape"),
        ("alt+PgUp", "alt+pageup"),
        ("K", "k"),
        ("Shift+K", "K"),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, key: str) -> None:
    assert read_key(written) == key


def test_keys_that_are_chosen_take_the_place_of_the_others() -> None:
    assert remap({"new": ["ctrl+x", "F13"], "stop": []}) == []
    assert BY_NAME["new"].keys == ("ctrl+x", "f13")
    assert BY_NAME["new"].keys_shown == "Ctrl+X or F13"
    assert BY_NAME["stop"].keys == ()
    assert "| Ctrl+X or F13 | Begin a new conversation. |" in read_page("keys")
    assert BY_NAME["stop"].help not in read_page("keys")
    assert remap({}) == []
    assert all(each.keys == each.default_keys for each in COMMANDS)


@pytest.mark.parametrize(
    ("wanted", "problems", "keys"),
    [
        ({"hepl": ["f6"]}, ["there is no command 'hepl' (did you mean 'help'?)"], {}),
        (
            {"new": ["ctrl+o"]},
            ["'ctrl+o' runs new now, and sessions has no key"],
            {"new": ("ctrl+o",), "sessions": ()},
        ),
        ({"new": ["ctrl+j"]}, ["newline still has Shift+Enter"], {"newline": ("shift+enter",)}),
        (
            {"new": ["f6"], "rename": ["F6"]},
            ["'F6' is given to new and to rename; new keeps it"],
            {"new": ("f6",), "rename": ()},
        ),
        (
            {"new": ["ctrl+o"], "sessions": ["ctrl+n"]},
            [],
            {"new": ("ctrl+o",), "sessions": ("ctrl+n",)},
        ),
        ({"new": ["x"]}, ["has to be typed in the prompt box"], {"new": ("ctrl+n",)}),
        ({"new": ["space"]}, ["has to be typed in the prompt box"], {"new": ("ctrl+n",)}),
        ({"new": ["hyper+x"]}, ["there is no such key"], {"new": ("ctrl+n",)}),
        ({"new": ["ctrl+nonsense"]}, ["there is no such key"], {"new": ("ctrl+n",)}),
        ({"new": [""]}, ["there is no such key"], {"new": ("ctrl+n",)}),
        ({"new": ["ctrl+i"]}, ["cannot tell it from tab"], {"new": ("ctrl+n",)}),
        ({"new": ["f6", "x"]}, ["has to be typed"], {"new": ("f6",)}),
        ({"above": ["u", "Shift+U"]}, [], {"above": ("u", "U")}),
        ({"below": ["n"]}, ["find-next has no key"], {"below": ("n",), "find-next": ()}),
        (
            {"retry": ["f9", "enter"]},
            ["send still has Alt+Enter"],
            {"retry": ("f9", "enter"), "send": ("alt+enter",)},
        ),
        (
            {"retry": ["f9", "enter"], "new": ["alt+enter"]},
            ["new cannot have 'alt+enter'", "'enter' runs retry now"],
            {"retry": ("f9", "enter"), "new": ("ctrl+n",), "send": ("alt+enter",)},
        ),
        ({"send": []}, ["send keeps Enter"], {"send": ("enter",)}),
        (
            {"send": ["ctrl+enter"], "now": []},
            ["send keeps Enter"],
            {"send": ("ctrl+enter", "enter")},
        ),
        ({"send": ["alt+r"]}, [], {"send": ("alt+r",)}),
        ({"below": ["c", "ctrl+y"]}, ["with the block that is marked"], {"below": ("ctrl+y",)}),
    ],
)
def test_what_cannot_be_had_is_told(
    wanted: Mapping[str, list[str]], problems: list[str], keys: Mapping[str, tuple[str, ...]]
) -> None:
    told = remap(wanted)
    assert len(told) == len(problems)
    for sentence, part in zip(told, problems, strict=True):
        assert part in sentence
        assert sentence.startswith("[keys] in config.toml:")
    for name, expected in keys.items():
        assert BY_NAME[name].keys == expected


def test_the_prompt_box_takes_keys_that_its_text_would() -> None:
    remap({"new": ["ctrl+w"], "send": ["ctrl+enter", "f8"], "now": [], "retry": ["enter"]})
    assert PROMPT_KEYS["ctrl+w"].name == "new"
    assert PROMPT_KEYS["ctrl+e"].name == "rethink"
    assert PROMPT_KEYS["ctrl+enter"].name == "send"
    assert PROMPT_KEYS["enter"].name == "retry"
    assert "f1" not in PROMPT_KEYS


def test_the_letters_of_panes_are_those_that_can_be_chosen() -> None:
    for command, pane in (("block", ConversationPane), ("trace", ToolsPane)):
        bound = {key for key, _ in BindingsMap(pane.BINDINGS) if len(key) == 1 or key == "slash"}
        own = {each.usual for each in LETTERS.values() if each.command == command}
        assert bound - TAKEN[command] == own


def test_settings_take_one_key_or_several(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\nnew = "f6"\nquit = ["ctrl+x", "f13"]\nstop = []\n')
    assert load_settings(file).keys == {"new": ("f6",), "quit": ("ctrl+x", "f13"), "stop": ()}
    file.write_text("[keys]\nnew = 6\n")
    with pytest.raises(SettingsError, match="new"):
        load_settings(file)
    file.write_text('keys = "f6"\n')
    with pytest.raises(SettingsError, match="keys"):
        load_settings(file)


def test_the_manual_names_every_command_that_has_no_slash() -> None:
    page = read_page("keys")
    for command in COMMANDS:
        if not command.has_slash:
            assert f"`{command.name}`" in page, command.name


@pytest.mark.parametrize(
    ("wanted", "problems", "keys"),
    [
        ({"block-copy": ["x"], "trace-output": ["x"]}, [], {"block-copy": "x"}),
        ({"block-copy": ["y"], "block-code": ["c"]}, [], {"block-copy": "y", "block-code": "c"}),
        (
            {"block-copy": ["s"]},
            ["'s' runs block-copy now, and block-save has no key"],
            {"block-copy": "s", "block-save": "", "trace-save": "s"},
        ),
        (
            {"block-copy": ["n"]},
            ["'n' runs block-copy now, and find-next has no key"],
            {"block-copy": "n"},
        ),
        ({"block-copy": ["x", "z"], "above": ["c"]}, [], {"block-copy": "xz"}),
        ({"block-fork": []}, [], {"block-fork": ""}),
        ({"block-copy": ["x"], "above": ["x"]}, ["with the block"], {"block-copy": "x"}),
        ({"block-copy": ["x"], "block-code": ["x"]}, ["block-copy keeps it"], {"block-code": "y"}),
        (
            {"block-copy": ["t"]},
            ["'t' runs block-copy now, and timestamps has no key"],
            {"block-copy": "t"},
        ),
        ({"trace-open": ["j"]}, ["trace-open cannot have 'j'"], {"trace-open": "o"}),
        ({"trace-filter": ["x"], "trace-open": ["/"]}, [], {"trace-filter": "x"}),
        ({"trace-open": ["ctrl+x"]}, ["trace-open cannot have 'ctrl+x'"], {"trace-open": "o"}),
        ({"block-cpoy": ["x"]}, ["did you mean 'block-copy'?"], {"block-copy": "c"}),
    ],
)
def test_letters_of_panes_are_chosen_as_keys_are(
    wanted: Mapping[str, list[str]], problems: list[str], keys: Mapping[str, str]
) -> None:
    told = remap(wanted)
    assert len(told) == len(problems), told
    for sentence, part in zip(told, problems, strict=True):
        assert part in sentence
    for name, expected in keys.items():
        assert "".join(LETTERS[name].keys) == expected


async def test_remapped_keys_act_and_are_shown() -> None:
    wanted = {"help": ("f6",), "new": ("ctrl+w",), "rename": ("f13",), "send": ("f8",), "xyz": ()}
    wanted |= {"above": ("i",), "find-next": ("g",), "block-copy": ("x",), "block-fork": ()}
    wanted |= {"find": ("f",), "timestamps": ("z",), "trace-filter": ("w",), "trace-save": ("/",)}
    async with scripted_app(
        "<|channel|>final<|message|>Yes.<|return|>", settings=Settings(keys=wanted)
    ) as (app, pilot):
        await shows(pilot, "F6 Help", "^W New")
        assert [each for each in app._problems if "no command 'xyz'" in each]
        assert [each for each in app._problems if "'f8' runs send now" in each]
        titles = [each.title for each in app.get_system_commands(app.screen)]
        assert "Help (F6)" in titles
        await type_text(pilot, "hello")
        await pilot.press("enter")
        assert app.engine.session is None  # Enter does not send any more
        app.chat_screen.prompt.area.text = "hello"
        await pilot.press("f8")
        await shows(pilot, "Yes.", "ready")
        transcript = app.chat_screen.conversation.transcript
        transcript.focus()
        await pilot.press("k", "n")
        assert transcript.cursor is None  # nor do these move or find
        await pilot.press("i")
        await until(pilot, lambda: transcript.cursor is not None)
        await shows(pilot, "x copy  Space fold  fork")
        await pilot.press("c")
        await pilot.pause()
        assert app.clipboard == ""
        await pilot.press("x")
        await until(pilot, lambda: app.clipboard == "Yes.")
        await pilot.press("t", "slash")
        await pilot.pause()
        assert app.focused is transcript
        assert "Times and token counts" not in screen_text(app)
        await pilot.press("z")
        await shows(pilot, "Times and token counts are shown.")
        await pilot.press("f", "e", "s", "enter")
        await shows(pilot, "g next")
        await pilot.press("escape", "escape")
        tools = app.chat_screen.side["tools"]
        assert isinstance(tools, ToolsPane)
        tools.focus_content()
        await pilot.press("slash")
        await pilot.pause()
        assert not tools.filter_box.has_focus
        await pilot.press("w")
        await until(pilot, lambda: tools.filter_box.has_focus)
        await pilot.press("escape")
        await pilot.press("f6")
        await shows(pilot, "─ Manual ─")
        await pilot.press("escape")
        await pilot.press("f1")
        await pilot.pause()
        assert "─ Manual ─" not in screen_text(app)
        await pilot.press("ctrl+w")
        await until(pilot, lambda: app.engine.session is None)
        await shows(pilot, "Talk to a model")
