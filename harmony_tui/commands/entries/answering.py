"""Commands to ask, to stop and to steer an answer."""

from __future__ import annotations

from harmony_tui.commands import handlers, steering
from harmony_tui.commands.command import Command

ENTRIES: tuple[Command, ...] = (
    Command(
        "send",
        "Send",
        "Send what is in the prompt box.",
        handlers.send,
        has_slash=False,
        keys=("enter", "alt+enter"),
        place="prompt",
    ),
    Command(
        "newline",
        "New line",
        "Begin a new line in the prompt box.",
        handlers.begin_line,
        has_slash=False,
        keys=("ctrl+j", "shift+enter"),
        place="prompt",
    ),
    Command(
        "stop",
        "Stop",
        "Stop the answer; what came so far stays.",
        handlers.stop,
        has_slash=False,
        keys=("escape",),
        in_footer=True,
    ),
    Command(
        "now",
        "Send now",
        "Stop the answer and send a message at once, in place of queueing it.",
        steering.send_now,
        arguments="[TEXT]",
        is_for_model=True,
        keys=("ctrl+enter",),
        place="prompt",
    ),
    Command(
        "queue",
        "Queue",
        "Edit the last message that waits for the end of the answer, or another; drop, send them.",
        steering.edit_queue,
        arguments="[NUMBER|drop NUMBER|send|clear]",
        keys=("alt+q",),
        choices=steering.queue_choices,
    ),
    Command(
        "answer",
        "Answer now",
        "End the analysis and have the model answer with what it has.",
        handlers.finish_thinking,
        keys=("f5",),
    ),
    Command(
        "rethink",
        "Edit reasoning",
        "Stop, change the last reasoning and go on from that; in a draft the key ends the line.",
        steering.edit_reasoning,
        arguments="[TEXT]",
        keys=("ctrl+e",),
        yields_to_text=True,
    ),
    Command(
        "continue",
        "Go on",
        "Have an answer that was stopped or cut go on where it was.",
        handlers.continue_answer,
        keys=("f8",),
    ),
    Command(
        "retry",
        "Retry",
        "Answer the last question anew; the answer before stays in the session's file.",
        handlers.regenerate,
        keys=("f9",),
    ),
    Command(
        "undo",
        "Undo",
        "Take back the last exchange, its words into the prompt box; the session keeps it.",
        steering.take_back,
    ),
    Command(
        "tokens",
        "Tokens",
        "Show a turn token by token; go on from another token than the one sampled.",
        handlers.show_tokens,
        keys=("ctrl+t",),
    ),
)
