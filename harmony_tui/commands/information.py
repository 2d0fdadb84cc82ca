"""What the commands do that tell something: settings, files, figures, and what was said."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from engine.config import locations
from engine.config.hyperparameters import Hyperparameters
from engine.config.precedence import DEFAULTS, find_setting, show
from engine.config.reading import SettingsError
from engine.config.settings import Settings
from engine.events import Statistics
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.handlers import show_help
from harmony_tui.commands.sessions import NOTHING_SAID
from harmony_tui.commands.settings import show_settings
from harmony_tui.debug_log import DebugLog, DebugLogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.conversation.messages import Session, TurnRecord
    from harmony_tui.app import HarmonyApp

DEBUG_LOG = "debug.jsonl"
"""The name of the debug log that is begun here, beside the log."""
COPIED = ("answer", "code", "question", "all")
FENCE = re.compile(r"(?P<indent>[ ]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})")


def show_setting(app: HarmonyApp, name: str) -> None:
    """Show a setting's value, where it came from and what it can be; without a name, all."""
    if not name:
        show_settings(app, "")
        return
    try:
        value = app.engine.configuration[find_setting(name.strip())]
    except SettingsError as error:
        raise CommandError(str(error)) from error
    limits = describe_limits(value.name)
    default = show(DEFAULTS[value.name])
    came_from = f", from {value.came_from}" if value.origin != "default" else ""
    default = f"It is the default{limits}." if not came_from else f"Default {default}{limits}."
    app.flash(f"{value.name} is {value.shown}{came_from}. {default} {value.description}.")


def describe_limits(name: str) -> str:
    """Return what a setting can be, such as ``, from 0 to 2``; empty where that is not limited."""
    model = Hyperparameters if name in Hyperparameters.model_fields else Settings
    field = model.model_fields[name]
    if get_origin(field.annotation) is Literal:
        return f"; it can be {', '.join(get_args(field.annotation))}"
    if field.annotation is bool:
        return "; it can be true or false"
    limits = field.bounds
    low, high = limits.get("ge", limits.get("gt")), limits.get("le")
    above = "above" if "gt" in limits else "from"
    if low is None or high is None:
        return "" if low is None else f"; {above} {low:g} on"
    return f"; {above} {low:g} to {high:,g}"


def setting_names(_: HarmonyApp) -> list[str]:
    """Return the names of all settings and hyperparameters."""
    return list(DEFAULTS)


def show_config(app: HarmonyApp, _: str) -> None:
    """Say which files the settings come from, and what is wrong with those that a person writes."""
    file = locations.config_file()
    there = "" if file.exists() else ", which is not there yet"
    configuration = app.engine.configuration
    profile, prompt = configuration["profile"], configuration["prompt_config"]
    app.flash(
        f"Settings: {file}{there}. Profile: {profile.shown}. "
        f"Prompt configuration: {prompt.shown}{_named_by(prompt.value, prompt.came_from)}. "
        "/settings shows what is in force."
    )
    app.begin_work(_tell_faults(app))


async def _tell_faults(app: HarmonyApp) -> str:
    """Tell what is wrong with the person's files as they are now."""
    from harmony_tui.faults import IN_FILES, as_list, find_all_faults

    if faults := await asyncio.to_thread(find_all_faults):
        app.chat_screen.conversation.say(as_list(IN_FILES, faults))
    return ""


def _named_by(path: str | None, came_from: str) -> str:
    return f" (named by {came_from})" if path else ""


def switch_debug_log(app: HarmonyApp, text: str) -> None:
    """Say where the logs are, or begin or end the one of all that the model reads and samples."""
    match text:
        case "":
            app.flash(f"Errors: {locations.log_file()}. {_describe_debug_log(app)}")
        case "on":
            if app.engine.debug_log is None:
                app.engine.debug_log = _begin_debug_log()
            app.flash(_describe_debug_log(app))
        case "off":
            app.engine.debug_log = None
            app.flash(_describe_debug_log(app))
        case _:
            raise CommandError(f"The debug log cannot be {text!r}. It can be: on, off.")


def _begin_debug_log() -> DebugLog:
    path = locations.log_file().with_name(DEBUG_LOG)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return DebugLog(path)
    except OSError as error:
        raise CommandError(f"{path.parent} cannot be made: {error.strerror}.") from error
    except DebugLogError as error:
        raise CommandError(str(error)) from error


def _describe_debug_log(app: HarmonyApp) -> str:
    log = app.engine.debug_log
    if log is None:
        return "What the model reads and samples is not logged. /debug on logs it."
    return f"What the model reads and samples goes to {log.path}. /debug off ends that."


def show_keys(app: HarmonyApp, _: str) -> None:
    """Open the manual at the keys."""
    show_help(app, "keys")


# --- figures ----------------------------------------------------------------------------------


def show_statistics(app: HarmonyApp, _: str) -> None:
    """Tell the figures of the last turn and of the whole session."""
    session = app.engine.session
    turns = [each.record for each in session.path_turns() if each.record] if session else []
    finished = [each for each in turns if each.statistics]
    if session is None or not finished:
        raise CommandError("No turn is over yet, so there are no figures.")
    every = [each for each in session.turns.values() if each.statistics]
    last = describe(read_statistics(finished[-1]), is_one=True)
    title = "answer" if len(every) == 1 else "answers, branches included"
    app.chat_screen.conversation.say(
        f"**Last turn**: {last}\n\n"
        f"**Session**, {len(every):,} {title}: {describe(added(map(read_statistics, every)))}"
    )


def read_statistics(turn: TurnRecord) -> Statistics:
    """Return the figures that a session keeps of a turn."""
    known = Statistics.__dataclass_fields__
    values: Mapping[str, Any] = {
        name: value if name.endswith("_seconds") else int(value)
        for name, value in turn.statistics.items()
        if name in known
    }
    return Statistics(**values)


def added(turns: Iterable[Statistics]) -> Statistics:
    """Return the figures of several turns together; context and first token are none's."""
    turns = list(turns)

    def total(name: str) -> Any:
        return sum(getattr(each, name) for each in turns)

    return Statistics(
        prompt_tokens=total("prompt_tokens"),
        cached_tokens=total("cached_tokens"),
        sampled_tokens=total("sampled_tokens"),
        prefill_seconds=total("prefill_seconds"),
        decode_seconds=total("decode_seconds"),
        drafted_tokens=total("drafted_tokens"),
        accepted_tokens=total("accepted_tokens"),
    )


def describe(figures: Statistics, *, is_one: bool = False) -> str:
    """Return figures in a line; the first token and the context are told of a single turn."""
    read = f"{figures.prompt_tokens:,} tokens read"
    if figures.cached_tokens:
        read += f", {figures.cached_tokens:,} of them from the cache"
    parts = [read]
    if figures.prefill_rate:
        parts.append(f"{figures.prefill_rate:,.0f} read per second")
    parts.append(f"{figures.sampled_tokens:,} tokens sampled at {figures.decode_rate:,.1f}/s")
    if is_one:
        parts.append(f"first token after {figures.first_token_seconds:.2f} s")
    if figures.drafted_tokens:
        parts.append(f"{figures.acceptance * 100:.0f} % of the speculated tokens accepted")
    if is_one and figures.context_length:
        parts.append(f"context {figures.context_used:,} of {figures.context_length:,}")
    return "; ".join(parts) + "."


# --- what was said ----------------------------------------------------------------------------


def copy(app: HarmonyApp, what: str) -> None:
    """Put what was said into the clipboard."""
    what = what or "answer"
    if what not in COPIED:
        raise CommandError(f"{what!r} cannot be copied. It can be: {', '.join(COPIED)}.")
    session = app.engine.session
    if session is None:
        raise CommandError(NOTHING_SAID)
    text = _find(app, session, what)
    if what == "answer":
        text = app.presentation.citations.show(text)
    if not text:
        raise CommandError(f"There is no {what} that could be copied.")
    app.copy_to_clipboard(text)
    lines = len(text.splitlines())
    size = f"{lines:,} lines" if lines > 1 else f"{len(text):,} characters"
    app.flash(f"Copied: {what}, {size}.")


def _find(app: HarmonyApp, session: Session, what: str) -> str:
    if what == "all":
        from engine.conversation.exchange import EXPORTERS

        return EXPORTERS["markdown"].write(session, app.presentation.citations.look_up)
    path = session.path()
    if what == "question":
        return next((m.text for m in reversed(path) if m.role == "user" and m.is_genuine), "")
    answers = (m.text for m in reversed(path) if m.role == "assistant" and m.channel == "final")
    answer = next((text for text in answers if text.strip()), "")
    return answer if what == "answer" else find_code(answer)


def find_code(markdown: str) -> str:
    """Return the code of all fenced blocks of a text, an empty line between them."""
    blocks: list[str] = []
    opened: re.Match[str] | None = None
    for line in markdown.splitlines():
        if opened is None:
            opened = FENCE.match(line)
            if opened is not None:
                blocks.append("")
        elif _closes(line.strip(), opened["fence"]):
            opened = None
        else:
            indent = min(len(opened["indent"]), len(line) - len(line.lstrip(" ")))
            blocks[-1] += f"{line[indent:]}\n"
    return "\n".join(blocks)


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and set(line) == {fence[0]}
