"""What the command does that answers the last question under two settings, side by side."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.config.precedence import Configuration
from engine.config.presets import Preset, load_presets
from engine.config.reading import SettingsError
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.explaining import explain_preset
from harmony_tui.commands.handlers import check_that_it_can_answer
from harmony_tui.commands.prompt import explain_hyperparameter
from harmony_tui.comparison import Comparison, Side, list_differences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harmony_tui.app import HarmonyApp
    from harmony_tui.screens.compare import Kept

USAGE = (
    "To compare: /compare PRESET, or NAME=VALUE; both sides: /compare precise | temperature=1.5."
)
IN_FORCE = "settings in force"
NOW = "now"
"""Typed for the settings in force, if no preset is called so."""


def compare(app: HarmonyApp, text: str) -> None:
    """Answer the last question anew under two settings, and show both answers."""
    from harmony_tui.screens.compare import CompareScreen

    check_that_it_can_answer(app)
    session = app.engine.session
    if session is None or not app.engine.can_regenerate:
        raise CommandError("Nothing was asked yet. Ask something, then /compare answers it twice.")
    sides = read_sides(text, app.engine.configuration)
    asked = [m.text for m in session.path() if m.role == "user" and m.is_genuine]
    comparison = Comparison(asked[-1] if asked else "", sides, app.engine.debug_log)
    differences = list_differences(sides, app.engine.configuration)

    async def run() -> str:
        try:
            await app.engine.answer_aside(comparison.run)
        finally:
            comparison.is_over = True
        return ""

    def go_on(kept: Kept | None) -> None:
        if kept is None:
            app.flash("Neither is kept; the conversation is as it was.")
        else:
            app.begin_work(_keep(app, comparison, kept))

    app.begin_work(run())
    screen = CompareScreen(comparison, differences, app.engine, app.manners.hear)
    app.push_screen(screen, go_on)


async def _keep(app: HarmonyApp, comparison: Comparison, kept: Kept) -> str:
    from engine.chat import NoAnswerError

    side = comparison.sides[kept.side]
    try:
        events, notice = await app.engine.answer_aside(
            lambda chat, _: comparison.keep(chat, kept.side)
        )
    except NoAnswerError as error:
        raise CommandError(str(error)) from error
    await app.show_conversation(events)
    said = [f"{side.letter} is the answer now."]
    if comparison.can_keep(1 - kept.side):
        said.append(f"/older shows {comparison.sides[1 - kept.side].letter}.")
    if kept.has_settings:
        app.engine.set_hyperparameters(side.values.changes_from(app.engine.hyperparameters))
        app.chat_screen.dials.show(app.engine.configuration)
        said.append("Its settings are in force.")
    return " ".join([*said, notice]).strip()


# --- what is typed ------------------------------------------------------------------------------


def read_sides(text: str, configuration: Configuration) -> tuple[Side, Side]:
    """Return what is to be compared.

    A side is presets' names and values, ``NAME=VALUE`` or ``NAME VALUE``, that are set on top of
    the settings in force, in their order. Two are parted by ``|``; one is compared with the
    settings in force, and without any these are compared with what they were without the changes
    that were made while the program runs.

    Args:
        text: what was typed.
        configuration: what is in force.

    Raises:
        CommandError: it cannot be read, or both sides are the same.
    """
    typed = [each.strip() for each in text.split("|")]
    if typed == [""]:
        sides = _side("A", "", configuration), _without_changes(configuration)
    elif len(typed) == 1:
        sides = _side("A", "", configuration), _side("B", typed[0], configuration)
    elif len(typed) == 2:
        sides = _side("A", typed[0], configuration), _side("B", typed[1], configuration)
    else:
        raise CommandError(f"Two sides can be compared, not {len(typed)}. {USAGE}")
    if sides[0].values == sides[1].values:
        raise CommandError(f"Both sides would have the same settings. {USAGE}")
    return sides


def _without_changes(configuration: Configuration) -> Side:
    """Return the side that the settings are compared with if none is named."""
    before, changed = configuration, {}
    for name in Hyperparameters.model_fields:
        if configuration[name].origin == "set here":
            before = before.without_value(name)
            changed[name] = before[name].came_from
    if not changed:
        raise CommandError(f"{USAGE} Presets: {', '.join(_presets())}.")
    return Side("B", "without your changes", before.hyperparameters, changed)


def _side(letter: str, typed: str, configuration: Configuration) -> Side:
    values, origins = configuration.hyperparameters, dict[str, str]()
    presets = _presets()
    try:
        words = shlex.split(typed)
    except ValueError as error:
        raise CommandError("A quotation mark is missing.") from error
    if not words or (words == [NOW] and NOW not in presets):
        return Side(letter, IN_FORCE, values, origins)
    rest = iter(words)
    for word in rest:
        name, has_value, value = word.partition("=")
        if name in Hyperparameters.model_fields and not has_value:
            value = next(rest, "")
        elif not has_value and word in presets:
            values, named = _with_preset(values, presets[word])
            origins |= named
            continue
        elif not has_value:
            raise CommandError(f"There is no preset {word!r}. Presets: {', '.join(presets)}.")
        try:
            values = values.with_value(name, value)
        except HyperparameterError as error:
            raise CommandError(str(error)) from error
        origins[name] = "typed here"
    title = f"preset {words[0]}" if words[0] in presets and len(words) == 1 else " ".join(words)
    return Side(letter, title, values, origins)


def _with_preset(
    values: Hyperparameters, preset: Preset
) -> tuple[Hyperparameters, Mapping[str, str]]:
    return (
        values.model_copy(update=dict(preset.values)),
        dict.fromkeys(preset.values, f"preset {preset.name}"),
    )


def _presets() -> Mapping[str, Preset]:
    try:
        return load_presets()[0]
    except SettingsError as error:
        raise CommandError(str(error)) from error


def comparable_presets(_: HarmonyApp) -> Sequence[str]:
    """Return the names of the presets."""
    try:
        return list(_presets())
    except CommandError:
        return ()  # the command itself says what is wrong with the file


def explain_side(app: HarmonyApp, typed: str) -> str:
    """Return what a preset sets, or the value that a hyperparameter has now."""
    word = typed.partition("=")[0]
    if word in comparable_presets(app):
        return explain_preset(app, word)
    return explain_hyperparameter(app, word)
