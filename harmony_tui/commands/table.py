"""The table of commands. Keys, slash commands, palette, completion, footer and help follow it."""

from __future__ import annotations

from engine.config.hyperparameters import EFFORTS, Hyperparameters
from engine.config.settings import APPROVALS
from harmony_tui.commands import handlers
from harmony_tui.commands import sessions as session_handlers
from harmony_tui.commands.command import Command

HYPERPARAMETERS = tuple(Hyperparameters.model_fields)
MODELS = ("demo", "openai/gpt-oss-20b", "openai/gpt-oss-120b")

COMMANDS: tuple[Command, ...] = (
    Command(
        "send",
        "Send",
        "Send what is in the prompt box.",
        handlers.send,
        has_slash=False,
        keys=("enter",),
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
        "answer",
        "Answer now",
        "End the analysis and have the model answer with what it has.",
        handlers.finish_thinking,
        keys=("f5",),
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
        "tokens",
        "Tokens",
        "Show a turn token by token; go on from another token than the one sampled.",
        handlers.show_tokens,
        keys=("ctrl+t",),
    ),
    Command(
        "help",
        "Help",
        "Show the manual, at one of its pages if it is named.",
        handlers.show_help,
        arguments="[PAGE]",
        aliases=("h", "?"),
        keys=("f1",),
        in_footer=True,
        choices=handlers.help_pages,
    ),
    Command(
        "analysis",
        "Analysis",
        "Show or hide the analysis pane.",
        handlers.toggle_pane("analysis"),
        has_slash=False,
        keys=("f2",),
        in_footer=True,
    ),
    Command(
        "tools",
        "Tools",
        "Show or hide the tools pane.",
        handlers.toggle_pane("tools"),
        has_slash=False,
        keys=("f3",),
        in_footer=True,
    ),
    Command(
        "hyperparameters",
        "Dials",
        "Show or hide the hyperparameters pane.",
        handlers.toggle_pane("hyperparameters"),
        has_slash=False,
        keys=("f4",),
        in_footer=True,
    ),
    Command(
        "new",
        "New",
        "Begin a new conversation.",
        handlers.start_conversation,
        keys=("ctrl+n",),
        in_footer=True,
    ),
    Command(
        "sessions",
        "Sessions",
        "Search, resume, rename and delete the conversations that are kept.",
        session_handlers.show_sessions,
        arguments="[WORDS]",
        aliases=("resume",),
        keys=("ctrl+o",),
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
    Command(
        "model",
        "Model",
        "Load a model: a folder, a downloaded name, or demo.",
        handlers.load_model,
        arguments="NAME",
        choices=lambda _: MODELS,
    ),
    Command(
        "effort",
        "Effort",
        "Set how long the model reasons, from the next turn on.",
        handlers.set_effort,
        arguments="|".join(EFFORTS),
        choices=lambda _: EFFORTS,
    ),
    Command(
        "set",
        "Set",
        "Set a hyperparameter; it acts on the next token.",
        handlers.set_hyperparameter,
        arguments="NAME VALUE",
        choices=lambda _: tuple(f"{name} " for name in HYPERPARAMETERS),
    ),
    Command(
        "approve",
        "Approve",
        "Ask before every tool call, before those with effects, or never.",
        handlers.set_approval,
        arguments="|".join(APPROVALS),
        choices=lambda _: APPROVALS,
    ),
    Command(
        "theme",
        "Theme",
        "Change the colours.",
        handlers.set_theme,
        arguments="NAME",
        choices=handlers.theme_names,
    ),
    Command(
        "profile",
        "Profile",
        "Go by a profile: a model, a prompt configuration and settings under a name.",
        handlers.use_profile,
        arguments="[NAME]",
        choices=handlers.known_profiles,
    ),
    Command(
        "settings",
        "Settings",
        "Show what is set, and where each value came from.",
        handlers.show_settings,
        arguments="[WORD]",
    ),
    Command(
        "keep",
        "Keep",
        "Write the value that a setting has now into config.toml.",
        handlers.keep_setting,
        arguments="[NAME]",
        choices=handlers.keepable,
    ),
    Command(
        "next",
        "Next pane",
        "Move the focus to the next part of the screen.",
        handlers.focus_next,
        has_slash=False,
        keys=("tab",),
    ),
    Command(
        "previous",
        "Previous pane",
        "Move the focus to the part of the screen before.",
        handlers.focus_previous,
        has_slash=False,
        keys=("shift+tab",),
    ),
    Command(
        "up",
        "Scroll up",
        "Scroll the conversation up by a page.",
        handlers.scroll_up,
        has_slash=False,
        keys=("pageup",),
        place="prompt",
    ),
    Command(
        "down",
        "Scroll down",
        "Scroll the conversation down by a page.",
        handlers.scroll_down,
        has_slash=False,
        keys=("pagedown",),
        place="prompt",
    ),
    Command(
        "palette",
        "Palette",
        "Search all commands.",
        handlers.open_palette,
        has_slash=False,
        keys=("ctrl+p",),
        place="always",
        in_footer=True,
    ),
    Command(
        "quit",
        "Quit",
        "Leave the program.",
        handlers.quit_program,
        aliases=("exit", "q"),
        keys=("ctrl+q",),
        place="always",
        in_footer=True,
    ),
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
SLASH_COMMANDS: dict[str, Command] = {
    name: command
    for command in COMMANDS
    if command.has_slash
    for name in (command.name, *command.aliases)
}
"""Slash commands by all names that they can be typed with, without the slash."""
PROMPT_KEYS: dict[str, Command] = {
    key: command for command in COMMANDS if command.place == "prompt" for key in command.keys
}
"""Commands by the keys that work in the prompt box only."""
