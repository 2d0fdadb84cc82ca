"""The table of commands, walked: every key, slash command, completion and palette entry."""

from __future__ import annotations

from collections import Counter

import pytest
from textual import events

from harmony_tui.commands.command import Command
from harmony_tui.commands.table import BY_NAME, COMMANDS, SLASH_COMMANDS
from harmony_tui.commands.transcript import ACTIONS, MEANINGS
from harmony_tui.commands.typed import (
    Completion,
    Empty,
    Surplus,
    ToModel,
    ToProgram,
    Unknown,
    complete,
    read_draft,
)
from harmony_tui.screens.help import FILLINGS, PAGES, read_page
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

CONTRACT = {
    "send": ("enter", "alt+enter"),
    "newline": ("ctrl+j", "shift+enter"),
    "history": ("ctrl+r",),
    "editor": ("ctrl+g",),
    "stop": ("escape",),
    "now": ("ctrl+enter",),
    "queue": ("alt+q",),
    "answer": ("f5",),
    "rethink": ("ctrl+e",),
    "continue": ("f8",),
    "retry": ("f9",),
    "tokens": ("ctrl+t",),
    "help": ("f1",),
    "analysis": ("f2",),
    "calls": ("f3",),
    "hyperparameters": ("f4",),
    "maximise": ("f10",),
    "layout": ("f11",),
    "border-left": ("alt+shift+left",),
    "border-right": ("alt+shift+right",),
    "border-up": ("alt+shift+up",),
    "border-down": ("alt+shift+down",),
    "new": ("ctrl+n",),
    "sessions": ("ctrl+o",),
    "older": ("alt+left",),
    "newer": ("alt+right",),
    "above": ("alt+up", "k"),
    "below": ("alt+down", "j"),
    "select-above": ("K", "shift+up"),
    "select-below": ("J", "shift+down"),
    "find": ("slash",),
    "find-next": ("n",),
    "find-before": ("N",),
    "timestamps": ("t",),
    "palette": ("ctrl+p",),
    "next": ("tab",),
    "previous": ("shift+tab",),
    "up": ("pageup",),
    "down": ("pagedown",),
    "log": ("f12",),
    "talk": ("ctrl+space",),
    "speak": ("f7",),
    "suspend": ("ctrl+z",),
    "quit": ("ctrl+q",),
}
"""The keys that README, the bundled model and the manual speak of."""


def test_keys_are_those_that_are_told_of() -> None:
    assert {each.name: each.default_keys for each in COMMANDS if each.default_keys} == CONTRACT


def test_no_name_or_key_is_used_twice() -> None:
    names = Counter(name for each in COMMANDS for name in (each.name, *each.aliases))
    keys = Counter(key for each in COMMANDS for key in each.keys)
    assert not [each for each, count in (names | keys).items() if count > 1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_manual_tells_of_every_command(command: Command) -> None:
    if command.keys:
        assert f"| {command.keys_shown} | {command.help} |" in read_page("keys")
    if command.has_slash:
        assert f"/{command.name}" in read_page("commands")


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_manual_have_no_gaps(page: str) -> None:
    text = read_page(page)
    assert text.startswith("# ")
    assert [mark for mark in FILLINGS if mark in text] == []
    if page not in ("settings", "tools"):  # which show how tables and placeholders are written
        assert "{" not in text


async def test_every_key_does_something() -> None:
    """Each key's command is run by the key, from the prompt box, where a person's hands are.

    Those that work in the conversation alone are run from there.
    """
    async with scripted_app() as (app, pilot):
        for command in COMMANDS:
            for key in command.keys:
                ran: list[str] = []
                app.run_command = lambda each, argument="", ran=ran: ran.append(each.name)  # type: ignore[method-assign,misc]
                app.chat_screen.prompt._run = app.run_command
                app.engine.is_answering = command.name == "stop"
                if command.place_of(key) == "conversation":
                    app.chat_screen.conversation.transcript.focus()
                else:
                    app.chat_screen.prompt.area.focus()
                await pilot.pause()
                await pilot.press(key)
                await pilot.pause()
                if command.name in ("next", "previous"):  # Textual's own, the same in effect
                    assert app.focused is not app.chat_screen.prompt.area, key
                else:
                    assert ran == [command.name], key
        app.engine.is_answering = False


WITH_ARGUMENT = {
    "answer": ("/answer", "The model is not thinking just now."),
    "continue": ("/continue", "nothing to continue"),
    "retry": ("/retry", "Nothing was asked yet"),
    "tokens": ("/tokens", "No tokens yet."),
    "help": ("/help models", "Models"),
    "tour": ("/tour", "─ Tour 1/"),
    "new": ("/new", "Talk to a model"),
    "model": ("/model", "─ Models ─"),
    "unload": ("/unload", "scripted is unloaded"),
    "serve": ("/serve 0", "/v1 answers to every program of this machine."),
    "effort": ("/effort high", "effort is high, from the next turn on."),
    "set": ("/set top_k 40", "top_k is 40, from the next token on."),
    "approve": ("/approve auto", "ask only before what leaves the sandbox"),
    "sandbox": ("/sandbox", "Sandbox: "),
    "network": ("/network on", "The network is on for the browser"),
    "workspace": ("/workspace off", "There is no workspace, from the next turn on."),
    "python": ("/python reset", "Python begins anew"),
    "revert": ("/revert", "There is no patch to take back."),
    "trace": ("/trace open", "There is no tool call here yet."),
    "source": ("/source", "No answer here has cited anything yet."),
    "theme": ("/theme harmony-light", "To keep it: /keep theme"),
    "profile": ("/profile none", "No profile is used."),
    "settings": ("/settings top_p", "Keep the likeliest tokens up to this total"),
    "keep": ("/keep top_p", "top_p is 1 in "),
    "now": ("/now", "There is nothing to send."),
    "queue": ("/queue", "No message waits."),
    "rethink": ("/rethink", "Nothing was said here yet."),
    "undo": ("/undo", "Nothing was said here yet."),
    "tools": ("/tools", "there is no workspace"),
    "think": ("/think 500", "thinking_budget is 500, from the next token on."),
    "compare": ("/compare creative", "Nothing was asked yet."),
    "preset": ("/preset creative", "creative: temperature 1 → 1.2, min_p 0 → 0.05."),
    "system": ("/system Be brief.", "These instructions hold in this conversation"),
    "show": ("/show top_p", "top_p is 1. It is the default; above 0 to 1."),
    "config": ("/config", "config.toml"),
    "stats": ("/stats", "No turn is over yet"),
    "copy": ("/copy", "Nothing was said here yet."),
    "debug": ("/debug", "/debug on logs it."),
    "keys": ("/keys", "Send what is in the prompt box."),
    "search": ("/search", "Search all that was said"),
    "resume": ("/resume 2000", "There is no session 2000"),
    "delete": ("/delete", "Nothing was said here yet."),
    "history": ("/history", "Search what was sent"),
    "editor": ("/editor", "No editor is named."),
    "maximise": ("/maximise", "Talk to a model"),
    "layout": ("/layout chat", "Talk to a model"),
    "reset": ("/reset", "No hyperparameter was changed here."),
    "block": ("/block copy", "No block is marked."),
    "find": ("/find", "Search the conversation"),
    "find-next": ("/find-next", "Nothing is searched for here."),
    "find-before": ("/find-before", "Nothing is searched for here."),
    "timestamps": ("/timestamps", "Times and token counts are shown."),
    "log": ("/log", "─ Log ─"),
    "voice": ("/voice", "Voice is off."),
    "mic": ("/mic", "Microphone and speaker"),
    "speak": ("/speak", "There is nothing to read aloud yet."),
    "suspend": ("/suspend", "There is no shell behind this screen"),
    "sessions": ("/sessions", "Search all that was said"),
    "rename": ("/rename Sums", "Nothing was said here yet."),
    "fork": ("/fork", "Nothing was said here yet."),
    "edit": ("/edit", "Nothing was said here yet."),
    "older": ("/older", "Nothing was said here yet."),
    "newer": ("/newer", "Nothing was said here yet."),
    "export": ("/export", "Nothing was said here yet."),
    "import": ("/import", "/import FILE."),
}
MISTAKES = {
    "/help nonsense": "There is no page 'nonsense'",
    "/serve off": "Nothing is served.",
    "/serve here": "'here' is no port. They are 0 to 65535: /serve 8000",
    "/effort huge": "It can be: low, medium, high.",
    "/set temperature hot": "temperature cannot be 'hot'",
    "/set temperature 3": "temperature cannot be '3'",
    "/set nonsense 3": "There is no 'nonsense'",
    "/set": "logit_bias none.",
    "/approve maybe": "It can be: always, ask, auto, read-only; or rules.",
    "/approve rules": "There are no rules yet.",
    "/network": "The network is off.",
    "/network maybe": "To change that: /network on, or off.",
    "/workspace": "There is no workspace. To set one: /workspace PATH",
    "/workspace /no/such/folder": "There is no folder /no/such/folder.",
    "/python": "/python reset forgets all variables",
    "/source 3": "No answer here has cited anything yet.",
    "/profile": "There are no profiles. Each is a file, NAME.toml",
    "/profile nobody": "There is no profile 'nobody'.",
    "/keep": "To keep a setting's value: /keep NAME.",
    "/keep tehme": "There is no setting 'tehme' (did you mean 'theme'?)",
    "/keep greeting_": "There is no setting 'greeting_'",
    "/keep examples": "examples is not written from here",
    "/think soon": "thinking_budget cannot be 'soon'",
    "/think": "To change that: /think BUDGET, or /think off.",
    "/tools maybe": "To switch maybe on or off: /tools maybe on, or off.",
    "/tools maybe on": "There is no tool 'maybe'; there are: calculator, clock,",
    "/preset": "Presets: precise, balanced, creative.",
    "/preset precice": "There is no preset 'precice' (did you mean 'precise'?)",
    "/preset save a b": "To apply one: /preset NAME.",
    "/preset save a.b": "is no name for a preset",
    "/preset delete precise": "It is built in.",
    "/show tehme": "There is no setting 'tehme' (did you mean 'theme'?)",
    "/debug maybe": "It can be: on, off.",
    "/delete all": "/delete deletes the session that is open",
    "/delete undo": "Nothing was deleted here.",
    "/system": "The model has no instructions.",
    "/theme mud": "There are: harmony-contrast",
    "/voice loud": "It can be: off, on, hands-free.",
    "/hlep": "Did you mean /help?",
    "\\hlep": "There is no command \\hlep. Did you mean \\help?",
    "\\bogus": "There is no command \\bogus. /help lists those there are",
    "/": "/help lists the commands.",
}


def test_every_slash_command_is_tried_here() -> None:
    assert {*WITH_ARGUMENT, "quit"} == {each.name for each in COMMANDS if each.has_slash}


ALONE = {"tour", "new", "unload", "maximise", "layout", "reset"}
"""Those after which others would not do what they do, the one that would not do so after others,
and those that show what is shown already."""


@pytest.fixture
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_no_editor")
@pytest.mark.parametrize("name", sorted(ALONE))
async def test_slash_command_does_what_it_says(name: str) -> None:
    typed, shown = WITH_ARGUMENT[name]
    async with scripted_app() as (app, pilot):
        await submit(pilot, typed)
        await shows(pilot, shown)
        assert app.chat_screen.prompt.area.text == ""


@pytest.mark.usefixtures("_no_editor")
@pytest.mark.parametrize("part", range(3))
async def test_slash_commands_do_what_they_say(part: int) -> None:
    """One run walks through a third of them; each finds an empty conversation."""
    tried = [each for name, each in WITH_ARGUMENT.items() if name not in ALONE][part::3]
    async with scripted_app() as (app, pilot):
        for typed, shown in tried:
            app.start_conversation()
            await until(pilot, lambda shown=shown: shown not in screen_text(app))  # type: ignore[misc]
            await submit(pilot, typed)
            try:
                await shows(pilot, shown)
            except AssertionError as error:
                raise AssertionError(f"{typed} does not show {shown!r}") from error
            assert app.chat_screen.prompt.area.text == "", typed
            while app.screen is not app.chat_screen:
                await pilot.press("escape")
            await pilot.press("escape")
            app.chat_screen.prompt.area.focus()
            app.chat_screen.status.end_flash()


async def test_quit_by_slash_command() -> None:
    async with scripted_app() as (app, pilot):
        await submit(pilot, "/quit")
        await until(pilot, lambda: app.return_code == 0)


async def test_what_takes_nothing_refuses_more_and_leaves_it_in_the_box() -> None:
    async with scripted_app() as (app, pilot):
        for command in (each for each in COMMANDS if each.has_slash and not each.arguments):
            app.chat_screen.prompt.begin(f"/{command.name} my words")
            await pilot.press("enter")
            await shows(pilot, f"/{command.name} takes nothing after it")
            assert app.chat_screen.prompt.area.text == f"/{command.name} my words"
        assert app.is_running


async def test_a_new_conversation_can_begin_with_a_message() -> None:
    async with scripted_app(*["<|channel|>final<|message|>Fine.<|return|>"] * 2) as (app, pilot):
        await submit(pilot, "Hello")
        await answered(pilot)
        first = app.engine.session
        await submit(pilot, "/new /usr is what?")
        await until(pilot, lambda: app.engine.session is not first and not app.engine.is_answering)
        await until(pilot, lambda: app.engine.session is not None)
        assert app.engine.session is not None
        assert [each.text for each in app.engine.session.path() if each.role == "user"] == [
            "/usr is what?"
        ]
        assert app.chat_screen.prompt.area.text == ""


async def test_mistakes_are_answered() -> None:
    async with scripted_app(size=(160, 40)) as (app, pilot):
        for typed, shown in MISTAKES.items():
            app.chat_screen.prompt.begin(typed)
            await pilot.press("enter")
            await shows(pilot, shown)
            app.chat_screen.prompt.begin("")


async def test_a_long_message_goes_into_the_conversation() -> None:
    async with scripted_app(size=NARROW) as (_, pilot):
        await submit(pilot, "/help nonsense")
        await shows(pilot, "There is no page 'nonsense'", "files.")
        await submit(pilot, "/effort huge")
        await shows(pilot, "! The effort is medium. It can be: low, medium, high.")


async def test_pane_and_command_are_the_same_setting() -> None:
    async with scripted_app() as (app, pilot):
        await submit(pilot, "/set top_k 40")
        await until(pilot, lambda: app.chat_screen.dials.dials.hyperparameters.top_k == 40)
        await submit(pilot, "/set max_tokens=77")
        await until(pilot, lambda: app.engine.hyperparameters.max_tokens == 77)


async def test_manual_opens_turns_and_closes() -> None:
    async with scripted_app(size=NARROW) as (app, pilot):
        await pilot.press("f1")
        await shows(pilot, "─ Manual ─", "Type a question and press Enter")
        await pilot.press("right")
        await shows(pilot, "Send what is in the prompt box.")
        for key in ("f1", "escape"):
            await pilot.press(key)
            await until(pilot, lambda: "─ Manual ─" not in screen_text(app))
            await pilot.press("f1")
            await shows(pilot, "─ Manual ─")


# --- completion ----------------------------------------------------------------------------------


async def test_tab_completes() -> None:
    async with scripted_app() as (app, pilot):
        await type_text(pilot, "/ef")
        await shows(pilot, "/effort low|medium|high")
        await pilot.press("tab")
        assert app.chat_screen.prompt.area.text == "/effort "
        await pilot.press("down", "down", "enter")
        await shows(pilot, "effort is medium")


async def test_escape_closes_the_list_first() -> None:
    async with scripted_app(size=NARROW) as (app, pilot):
        await type_text(pilot, "/")
        await shows(pilot, "/retry")
        await pilot.press("escape")
        await until(pilot, lambda: "/retry" not in screen_text(app))
        assert app.chat_screen.prompt.area.text == "/"


async def test_a_fast_enter_sends_all_that_was_typed() -> None:
    """Keys come faster than the screen can draw; none may overtake another."""
    async with scripted_app() as (app, pilot):
        for character in "/set top_k 40\r/set top_p 0.5\rhe":
            key = "enter" if character == "\r" else character
            app.post_message(events.Key(key, character))
        await until(pilot, lambda: app.chat_screen.prompt.area.text == "he")
        assert app.engine.hyperparameters.top_k == 40
        assert app.engine.hyperparameters.top_p == 0.5


def _choices(command: Command) -> tuple[str, ...]:
    return {"effort": ("low", "medium", "high"), "set": ("top_k ", "top_p ")}.get(command.name, ())


def test_what_is_completed() -> None:
    labels = [each.label for each in complete("/", _choices)]
    assert labels == [each.usage for each in COMMANDS if each.has_slash]
    assert complete("/qui", _choices) == [Completion("/quit", "/quit", BY_NAME["quit"].help)]
    assert [each.draft for each in complete("/effort ", _choices)] == [
        "/effort low",
        "/effort medium",
        "/effort high",
    ]
    assert [each.draft for each in complete("/set top", _choices)] == ["/set top_k ", "/set top_p "]
    for nothing in ("", "hello", "/effort low", "/nonsense x", "/ef\n", "/set top_k "):
        assert complete(nothing, _choices) == [], nothing


# --- what a draft is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "typed"),
    [
        ("", Empty()),
        ("  \n ", Empty()),
        ("hello", ToModel("hello")),
        (" two\nlines ", ToModel("two\nlines")),
        ("/usr/bin is what?", ToModel("/usr/bin is what?")),
        ("/new", ToProgram(BY_NAME["new"], "")),
        ("/NEW", ToProgram(BY_NAME["new"], "")),
        ("/exit", ToProgram(BY_NAME["quit"], "")),
        ("/set  top_k   5", ToProgram(BY_NAME["set"], "top_k   5")),
        ("/model /models/my model", ToProgram(BY_NAME["model"], "/models/my model")),
        ("/modle x", Unknown("modle", "model")),
        ("/clear", ToProgram(BY_NAME["new"], "")),
        ("\\help", ToProgram(BY_NAME["help"], "")),
        ("\\list", ToProgram(BY_NAME["show"], "")),
        ("\\show top_p", ToProgram(BY_NAME["show"], "top_p")),
        ("\\set top_p=0.5", ToProgram(BY_NAME["set"], "top_p=0.5")),
        ("\\models", ToProgram(BY_NAME["model"], "")),
        ("\\frac{1}{2}", ToModel("\\frac{1}{2}")),
        ("\\alpha is what?", ToModel("\\alpha is what?")),
        ("\\log x = 2", ToModel("\\log x = 2")),
        ("\\sec x + \\let", ToModel("\\sec x + \\let")),
        ("\\bogus", Unknown("bogus", None, "\\")),
        ("\\hlep", Unknown("hlep", "help", "\\")),
        ("\\sets top_p 1", Unknown("sets", "set", "\\")),
        ("/new What is 1 + 1?", ToProgram(BY_NAME["new"], "What is 1 + 1?")),
        ("/quit foo", Surplus(BY_NAME["quit"])),
        ("/undo 5", Surplus(BY_NAME["undo"])),
        ("/fork\nx", Surplus(BY_NAME["fork"])),
        ("/find-next", ToProgram(BY_NAME["find-next"], "")),
        ("/fnd-next", Unknown("fnd-next", "find-next")),
        ("/--help?/", ToModel("/--help?/")),
        ("/zzzz", Unknown("zzzz", None)),
    ],
)
def test_what_a_draft_is(draft: str, typed: object) -> None:
    assert read_draft(draft) == typed


# --- the palette ---------------------------------------------------------------------------------


async def test_palette_offers_every_command() -> None:
    async with scripted_app() as (app, _):
        helps = {each.title: each.help for each in app.get_system_commands(app.screen)}
        titles = list(helps)
        for command in COMMANDS:
            if command.name not in ("send", "newline", "palette"):
                assert any(title.startswith(command.label) for title in titles), command.name
        assert {"Effort: high", "Theme: harmony-light", "Help: models"} <= set(titles)
        assert helps["Effort: high"] == "thinks longest, for what is hard"
        assert helps["Block: fold"] == "fold it to one line, or open it again"
        assert MEANINGS.keys() == ACTIONS.keys()
        assert helps["Voice: off"] == BY_NAME["voice"].help


async def test_palette_runs_a_command() -> None:
    async with scripted_app() as (app, pilot):
        await pilot.press("ctrl+p")
        await type_text(pilot, "effort")
        await shows(pilot, "Effort: high")
        await pilot.press("h", "i", "g", "h")
        await pilot.press("enter")
        await until(pilot, lambda: app.engine.hyperparameters.effort == "high")


async def test_palette_begins_what_has_to_be_typed() -> None:
    async with scripted_app() as (app, pilot):
        entry = next(
            each for each in app.get_system_commands(app.screen) if each.title == "Set: top_k"
        )
        entry.callback()
        await pilot.pause()
        assert app.chat_screen.prompt.area.text == "/set top_k "


def test_slash_commands_by_all_names() -> None:
    assert SLASH_COMMANDS["h"] is SLASH_COMMANDS["help"]
