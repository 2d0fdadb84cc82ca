"""What the commands do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.config.hyperparameters import EFFORTS, HyperparameterError
from engine.config.profiles import NO_PROFILE, profile_names
from engine.config.settings import SettingsError
from harmony_tui.commands.command import CommandError, Handler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmony_tui.app import HarmonyApp


def send(app: HarmonyApp, _: str) -> None:
    """Send the draft."""
    app.chat_screen.prompt.submit()


def begin_line(app: HarmonyApp, _: str) -> None:
    """Begin a new line in the draft."""
    app.chat_screen.prompt.begin_line()


def stop(app: HarmonyApp, _: str) -> None:
    """Stop the running turn, else leave what the person is in: an edit, a pane, all its room."""
    if app.engine.is_answering:
        app.engine.stop()
    elif not app.outbox.abandon_revision():
        app.chat_screen.step_back()


def finish_thinking(app: HarmonyApp, _: str) -> None:
    """End the analysis and have the model answer."""
    if app.chat_screen.status.activity.state != "thinking":
        raise CommandError("The model is not thinking just now.")
    app.engine.finish_thinking()


def continue_answer(app: HarmonyApp, _: str) -> None:
    """Have the last answer go on where it was cut."""
    check_that_it_can_answer(app)
    if not app.engine.can_continue:
        raise CommandError("No answer was cut short, so there is nothing to continue.")
    app.engine.continue_answer()


def regenerate(app: HarmonyApp, _: str) -> None:
    """Answer the last question anew."""
    check_that_it_can_answer(app)
    if not app.engine.can_regenerate:
        raise CommandError("Nothing was asked yet, so there is no answer to give anew.")
    app.engine.regenerate()


def show_tokens(app: HarmonyApp, _: str) -> None:
    """Show the tokens of the turns, the last one first, or hide them where the focus is there."""
    fill_tokens(app)
    app.chat_screen.go_to_tokens()


def fill_tokens(app: HarmonyApp) -> None:
    """Have the pane of the tokens know them; from now on each is measured."""
    from harmony_tui.panes.token_view import Branch, TokenView, Turns

    pane = app.chat_screen.tokens
    if pane.view is not None:
        return

    def why_not() -> str:
        try:
            check_that_it_can_answer(app)
        except CommandError as error:
            return str(error)
        return "" if app.engine.can_branch else "This model cannot go on from that answer."

    def go_on(branch: Branch) -> None:
        app.engine.branch(branch.at_token, branch.alternative)

    def read_questions() -> tuple[tuple[int, str], ...]:
        path = session.path() if (session := app.engine.session) else []
        return tuple((m.id, m.text) for m in path if m.role == "user" and m.is_genuine)

    app.engine.measure_tokens()
    turns = Turns(
        read_questions,
        app.engine.read_tokens,
        app.engine.read_tokens_of,
        lambda: app.begin_work(app.engine.measure_answer()),
    )
    pane.fill(TokenView(turns, why_not, go_on))


def check_that_it_can_answer(app: HarmonyApp) -> None:
    """See that a turn could begin now.

    Raises:
        CommandError: one runs, or no model is there.
    """
    if app.engine.is_answering:
        raise CommandError("It is still answering. Esc stops it.")
    if app.engine.is_loading:
        raise CommandError("A model is being loaded; wait until it is there.")
    if app.engine.model is None:
        raise CommandError("No model is loaded. /model demo loads one.")


def start_conversation(app: HarmonyApp, text: str) -> None:
    """Leave the conversation for an empty one, and say something there at once."""
    file = app.engine.session_file if app.engine.session is not None else None
    does_any_wait = bool(app.outbox.queue.waiting)  # then it is told where it does
    app.start_conversation()
    if file is not None and not does_any_wait:
        app.flash(f"/resume {file.stem} goes back to the conversation before.")
    if text:
        prompt = app.chat_screen.prompt
        before = prompt.draft
        prompt.begin(text)
        app.engine.load_again()
        app.outbox.send(text, prompt.area.text)
        if before.text and not prompt.area.text:
            prompt.begin(before)


def set_effort(app: HarmonyApp, text: str) -> None:
    """Set the reasoning effort."""
    if text not in EFFORTS:
        now = app.engine.hyperparameters.effort
        raise CommandError(f"The effort is {now}. It can be: {', '.join(EFFORTS)}.")
    app.set_hyperparameter("effort", text)


def set_hyperparameter(app: HarmonyApp, text: str) -> None:
    """Set a hyperparameter, typed as ``NAME VALUE`` or ``NAME=VALUE``."""
    name, _, value = text.replace("=", " ", 1).partition(" ")
    values = app.engine.hyperparameters
    if not name or (not value.strip() and name in type(values).model_fields):
        known = {name: getattr(values, name)} if name else values.model_dump()
        shown = ", ".join(
            f"{each} {'none' if setting == '' else setting}" for each, setting in known.items()
        )
        raise CommandError(f"{shown}. To change one: /set NAME VALUE.")
    try:
        app.set_hyperparameter(name, value)
    except HyperparameterError as error:
        raise CommandError(str(error)) from error


def use_profile(app: HarmonyApp, name: str) -> None:
    """Go by a profile, or list those there are."""
    if not name:
        raise CommandError(_describe_profiles(app))
    if app.engine.is_loading:
        raise CommandError("A model is being loaded; wait until it is there.")
    try:
        app.change_settings(partial(app.engine.use_profile, name))
    except SettingsError as error:
        raise CommandError(str(error)) from error
    app.flash("No profile is used." if name == NO_PROFILE else f"The profile is {name}.")


def _describe_profiles(app: HarmonyApp) -> str:
    folder = app.engine.configuration.profiles_folder
    names = profile_names(folder)
    if not names:
        return f"There are no profiles. Each is a file, NAME.toml, in {folder}: see /help settings."
    used = app.engine.configuration["profile"].value
    listed = ", ".join(f"{name} ✓" if name == used else name for name in names)
    return f"Profiles: {listed}. To use one: /profile NAME; /profile none uses none."


def known_profiles(app: HarmonyApp) -> Sequence[str]:
    """Return the names of the profiles, and what is typed to use none."""
    return [*profile_names(app.engine.configuration.profiles_folder), NO_PROFILE]


def show_help(app: HarmonyApp, page: str) -> None:
    """Open the manual."""
    from harmony_tui.screens.help import HelpScreen, page_names

    if page and page not in page_names():
        raise CommandError(f"There is no page {page!r}; there are: {', '.join(page_names())}.")
    app.push_screen(HelpScreen(page or page_names()[0]))


def help_pages(_: HarmonyApp) -> Sequence[str]:
    """Return the names of the manual's pages."""
    from harmony_tui.screens.help import page_names

    return page_names()


def toggle_pane(name: str) -> Handler:
    """Return what shows or hides a pane."""

    def toggle(app: HarmonyApp, _: str) -> None:
        app.chat_screen.toggle_pane(name)

    return toggle


def open_palette(app: HarmonyApp, _: str) -> None:
    """Open the command palette."""
    app.action_command_palette()


def focus_next(app: HarmonyApp, _: str) -> None:
    """Move the focus on."""
    app.screen.focus_next()


def focus_previous(app: HarmonyApp, _: str) -> None:
    """Move the focus back."""
    app.screen.focus_previous()


def scroll_up(app: HarmonyApp, _: str) -> None:
    """Scroll the conversation up."""
    app.chat_screen.scroll_conversation(-1)


def scroll_down(app: HarmonyApp, _: str) -> None:
    """Scroll the conversation down."""
    app.chat_screen.scroll_conversation(1)


def quit_program(app: HarmonyApp, _: str) -> None:
    """Leave the program."""
    app.leave()
