"""What the commands do that steer the model: messages, reasoning, instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.config.hyperparameters import HyperparameterError
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.handlers import check_that_it_can_answer
from harmony_tui.commands.sessions import NOTHING_SAID
from harmony_tui.prompt.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmony_tui.app import HarmonyApp
    from harmony_tui.reasoning import Reasoning

NO_REASONING = "The last answer has no reasoning that could be changed."
NONE = "none"
"""Typed in place of a text or a number that is to be none."""


def send_now(app: HarmonyApp, text: str) -> None:
    """Stop the running answer and send a message at once."""
    app.outbox.send_now(text)


def edit_queue(app: HarmonyApp, choice: str) -> None:
    """Bring a queued message back into the prompt box, or drop one, or all, or send the next."""
    queue = app.outbox.queue
    if not queue.waiting:
        raise CommandError("No message waits. What you enter during an answer is queued.")
    word, _, number = choice.partition(" ")
    match word:
        case "":
            app.outbox.take_back()
        case "clear":
            count = len(queue.take_all())
            app.flash("The message is dropped." if count == 1 else f"{count:,} messages dropped.")
        case "send":
            if app.engine.is_answering:
                raise CommandError("It is still answering. To stop it and send at once: /now.")
            app.outbox.send_next()
        case "drop":
            queue.take(_place(number or str(len(queue.waiting)), len(queue.waiting)))
        case _:
            app.outbox.take_back(_place(word, len(queue.waiting)))


def _place(number: str, count: int) -> int:
    if not (number.isdecimal() and 1 <= int(number) <= count):
        numbered = "it has the number 1" if count == 1 else f"they are numbered 1 to {count}"
        raise CommandError(f"No message {number!r} waits; {numbered}.")
    return int(number) - 1


def queue_choices(app: HarmonyApp) -> Sequence[str]:
    """Return what can be done to the messages that wait."""
    numbers = [str(number) for number in range(1, len(app.outbox.queue.waiting) + 1)]
    if not numbers:
        return ()
    return [*numbers, *(f"drop {number}" for number in numbers), "send", "clear"]


def edit_reasoning(app: HarmonyApp, text: str) -> None:
    """Let the last reasoning be written anew, or have the model go on from a text at once."""
    if app.engine.is_answering:
        app.outbox.stop_then(lambda: edit_reasoning(app, text))
        return
    check_that_it_can_answer(app)
    reasoning = _find_reasoning(app)
    if text:
        app.outbox.leave_revision()
        app.engine.rewrite(reasoning.at_token, text)
    else:
        app.outbox.revise(reasoning)


def _find_reasoning(app: HarmonyApp) -> Reasoning:
    if app.engine.session is None:
        raise CommandError(NOTHING_SAID)
    reasoning = app.engine.find_reasoning()
    if reasoning is None:
        raise CommandError(NO_REASONING)
    return reasoning


def set_thinking_budget(app: HarmonyApp, text: str) -> None:
    """Set after how many tokens the analysis is ended."""
    if not text:
        budget = app.engine.hyperparameters.thinking_budget
        now = f"ends after {budget:,} tokens" if budget else "may be of any length"
        raise CommandError(f"The analysis {now}. To change that: /think BUDGET, or /think off.")
    try:
        app.set_hyperparameter("thinking_budget", "0" if text in ("off", NONE) else text)
    except HyperparameterError as error:
        raise CommandError(str(error)) from error


def set_instructions(app: HarmonyApp, text: str) -> None:
    """Show what the model is told at the start of this conversation, or tell it something else."""
    if not text:
        told = app.engine.instructions
        shown = f"The model is told: {told!r}." if told else "The model has no instructions."
        app.flash(f"{shown} To change that here: /system TEXT, or /system none.")
        return
    app.engine.instructions = "" if text == NONE else text
    what = "No instructions" if text == NONE else "These instructions hold"
    app.flash(f"{what} in this conversation, from the next turn on.")


def take_back(app: HarmonyApp, _: str) -> None:
    """Take back the last exchange and put its words into the prompt box."""
    if app.engine.is_answering:
        raise CommandError("It is still answering. Esc stops it.")
    session = app.engine.session
    words = [m for m in session.path() if m.role == "user" and m.is_genuine] if session else []
    if not words:
        raise CommandError(NOTHING_SAID)
    last, prompt = words[-1], app.chat_screen.prompt
    draft = prompt.draft if app.outbox.is_new else Draft()

    def put_back() -> None:
        prompt.begin(draft if draft.text.strip() else Draft.said(last.text))

    async def take_back() -> str:
        assert last.parent is not None  # noqa: S101
        await app.show_conversation(await app.engine.select(last.parent, is_last=True))
        put_back()
        return "Taken back; the exchange stays in the session."

    if last.parent is None:
        app.start_conversation()
        put_back()
        app.flash("Taken back. Ctrl+O shows the session with it.")
    else:
        app.begin_work(take_back())
