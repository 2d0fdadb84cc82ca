"""Commands for what is set."""

from __future__ import annotations

from harmony_tui.commands import explaining, handlers, information, prompt, settings
from harmony_tui.commands import themes as theme_handlers
from harmony_tui.commands.command import Command

ENTRIES: tuple[Command, ...] = (
    Command(
        "theme",
        "Theme",
        "Change the colours; without a name choose among all themes.",
        theme_handlers.set_theme,
        arguments="[NAME]",
        choices=theme_handlers.theme_names,
        explain=explaining.explain_theme,
    ),
    Command(
        "profile",
        "Profile",
        "Go by a profile: a model, a prompt configuration and settings under a name.",
        handlers.use_profile,
        arguments="[NAME]",
        choices=handlers.known_profiles,
        explain=explaining.explain_profile,
    ),
    Command(
        "settings",
        "Settings",
        "Show what is set and where each value came from; change, reset and keep it.",
        settings.show_settings,
        arguments="[WORD]",
    ),
    Command(
        "show",
        "Show",
        "Show a setting: its value, where it came from, what it can be.",
        information.show_setting,
        arguments="[NAME]",
        aliases=("list",),
        choices=information.setting_names,
    ),
    Command(
        "config",
        "Config",
        "Say which files the settings come from.",
        information.show_config,
    ),
    Command(
        "keep",
        "Keep",
        "Write the value that a setting has now into config.toml.",
        settings.keep,
        arguments="[NAME]",
        choices=settings.keepable,
        explain=prompt.explain_setting,
    ),
)
