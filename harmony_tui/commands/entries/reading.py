"""Commands to look at what was said, and to find it."""

from __future__ import annotations

from harmony_tui.commands import information, trace
from harmony_tui.commands import transcript as transcript_handlers
from harmony_tui.commands.command import Command

ENTRIES: tuple[Command, ...] = (
    Command(
        "stats",
        "Statistics",
        "Show the figures of the last turn and of the session.",
        information.show_statistics,
    ),
    Command(
        "copy",
        "Copy",
        "Copy the last answer, its code, the last question, or the whole conversation.",
        information.copy,
        arguments="[answer|code|question|all]",
        choices=lambda _: information.COPIED,
    ),
    Command(
        "debug",
        "Debug log",
        "Say where the logs are; log all that the model reads and samples, or do not any more.",
        information.switch_debug_log,
        arguments="[on|off]",
        choices=lambda _: ("on", "off"),
    ),
    Command(
        "keys",
        "Keys",
        "Show the manual's page of keys.",
        information.show_keys,
    ),
    Command(
        "above",
        "Block above",
        "Mark the block above in the conversation: a message, code, a table or a list.",
        transcript_handlers.move_cursor(-1),
        has_slash=False,
        keys=("alt+up", "k"),
    ),
    Command(
        "below",
        "Block below",
        "Mark the block below in the conversation.",
        transcript_handlers.move_cursor(1),
        has_slash=False,
        keys=("alt+down", "j"),
    ),
    Command(
        "select-above",
        "Select above",
        "Select the marked block, then further ones above it.",
        transcript_handlers.select(-1),
        has_slash=False,
        keys=("K", "shift+up"),
        place="conversation",
    ),
    Command(
        "select-below",
        "Select below",
        "Select the marked block, then further ones below it.",
        transcript_handlers.select(1),
        has_slash=False,
        keys=("J", "shift+down"),
        place="conversation",
    ),
    Command(
        "block",
        "Block",
        "Do something with the block that is marked.",
        transcript_handlers.act_on_block,
        arguments="ACTION",
        choices=transcript_handlers.block_actions,
        explain=transcript_handlers.explain_action,
    ),
    Command(
        "trace",
        "Tool calls",
        "Open, copy, save or rerun a tool call, filter them, or export all to .jsonl or .md.",
        trace.handle_trace,
        arguments="open|rerun|output|arguments|fold|save|figure|filter|timeline|export [FILE]",
        choices=trace.trace_actions,
    ),
    Command(
        "find",
        "Find",
        "Search this conversation.",
        transcript_handlers.find,
        arguments="[WORDS]",
        keys=("slash",),
    ),
    Command(
        "find-next",
        "Next place found",
        "Go to the next place that the search has found.",
        transcript_handlers.go_to_hit(1),
        keys=("n",),
    ),
    Command(
        "find-before",
        "Place found before",
        "Go to the place before that the search has found.",
        transcript_handlers.go_to_hit(-1),
        keys=("N",),
    ),
    Command(
        "timestamps",
        "Timestamps",
        "Show when each message came and how many tokens it has, or hide it.",
        transcript_handlers.toggle_timestamps,
        keys=("t",),
    ),
)
