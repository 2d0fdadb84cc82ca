"""Commands for conversations: to begin, find, keep and change them."""

from __future__ import annotations

from harmony_tui.commands import explaining, handlers
from harmony_tui.commands import sessions as session_handlers
from harmony_tui.commands.command import Command

ENTRIES: tuple[Command, ...] = (
    Command(
        "new",
        "New",
        "Begin a new conversation.",
        handlers.start_conversation,
        arguments="[TEXT]",
        aliases=("clear",),
        keys=("ctrl+n",),
        in_footer=True,
    ),
    Command(
        "sessions",
        "Sessions",
        "Search, resume, rename and delete the conversations that are kept.",
        session_handlers.show_sessions,
        arguments="[WORDS]",
        keys=("ctrl+o",),
    ),
    Command(
        "search",
        "Search",
        "Search all that was said in the conversations that are kept.",
        session_handlers.show_sessions,
        arguments="[WORDS]",
    ),
    Command(
        "resume",
        "Resume",
        "Go on with the session of an id, or of its beginning or ending.",
        session_handlers.resume_session,
        arguments="[ID]",
        choices=session_handlers.resumable_sessions,
        explain=explaining.explain_session,
    ),
    Command(
        "delete",
        "Delete",
        "Move the session that is open to the trash; undo brings it back.",
        session_handlers.delete_session,
        arguments="[undo]",
        choices=lambda _: (session_handlers.UNDO,),
    ),
    Command(
        "rename",
        "Rename",
        "Give the conversation a title.",
        session_handlers.rename_session,
        arguments="TITLE",
    ),
    Command(
        "fork",
        "Fork",
        "Go on in a new session that holds the conversation up to here.",
        session_handlers.fork_session,
    ),
    Command(
        "edit",
        "Edit",
        "Say your last words, or those of a number, in another way; both versions are kept.",
        session_handlers.edit_message,
        arguments="[NUMBER]",
        choices=session_handlers.asked_messages,
    ),
    Command(
        "older",
        "Older version",
        "Show the version before of what was last edited or answered anew.",
        session_handlers.walk_siblings(-1),
        keys=("alt+left",),
    ),
    Command(
        "newer",
        "Newer version",
        "Show the version after of what was last edited or answered anew.",
        session_handlers.walk_siblings(1),
        keys=("alt+right",),
    ),
    Command(
        "export",
        "Export",
        "Write the conversation to a file; its ending says the format.",
        session_handlers.export_session,
        arguments="[FILE]",
    ),
    Command(
        "import",
        "Import",
        "Put the conversations of another program's file among the sessions.",
        session_handlers.import_sessions,
        arguments="FILE",
    ),
)
