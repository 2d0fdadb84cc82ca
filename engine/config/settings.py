"""The user's settings: ``config.toml`` and what may stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from engine.config.memory import MemoryLimits
from engine.config.prompt import PromptConfiguration
from engine.config.reading import SettingsError, read_toml, validate
from engine.config.schema import setting
from engine.config.voice import VoiceSettings

__all__ = ["APPROVALS", "Approval", "Settings", "SettingsError", "load_settings"]

Approval = Literal["always", "ask", "auto", "read-only"]
"""Ask before every tool call; before those that change or run something; before those alone that
leave the sandbox or the workspace; or refuse what changes or runs something."""

Enter = Literal["send", "newline"]

APPROVALS: tuple[Approval, ...] = get_args(Approval)

FORMER_APPROVALS: Mapping[object, Approval] = {"effects": "ask", "never": "auto"}
"""What approvals were called before; files that say so still mean what comes nearest."""

Notify = Literal["bell", "desktop", "both", "never"]

SearchService = Literal["searxng", "brave", "exa", "you", "duckduckgo"]
"""Who searches the web."""


def _rename_approval(approval: object) -> object:
    """Take what an approval was called before for what it is called now."""
    return FORMER_APPROVALS.get(approval, approval) if isinstance(approval, str) else approval


def _list_keys(keys: object) -> object:
    """Take a single key for a list of one."""
    if not isinstance(keys, Mapping):
        return keys
    return {name: (key,) if isinstance(key, str) else key for name, key in keys.items()}


class SharedSettings(PromptConfiguration):
    """What both ``config.toml`` and a profile may set."""

    model: str | None = setting(
        default=None, description="Folder or downloaded name of the model; else the bundled one"
    )
    prompt_config: str | None = setting(
        default=None, description="File of the prompt configuration that is used"
    )
    theme: str = setting(default="harmony-dark", description="Name of a colour theme")
    approval: Approval = setting(
        default="ask",
        description="Ask before every tool call (always), those that change or run something "
        "(ask), those that leave the sandbox or workspace (auto); or refuse changes (read-only)",
        read=_rename_approval,
    )
    workspace: str | None = setting(
        default=None,
        description="The folder whose files tools may read and patch; left out, there is none",
    )
    network: bool = setting(
        default=False, description="Whether the browser may use the network from the start on"
    )
    search: SearchService | None = setting(
        default=None,
        description="Who searches the web: searxng at search_url; duckduckgo; or brave, exa or you "
        "with the key in BRAVE_API_KEY, EXA_API_KEY or YDC_API_KEY",
    )
    search_url: str | None = setting(
        default=None, description="Where SearXNG is, such as http://localhost:8888"
    )
    read_ahead: bool = setting(
        default=True,
        description="Read the conversation, and drafts as they are typed, before Enter",
    )
    guided: bool = setting(
        default=True,
        description="Sample no header that Harmony does not have, and no arguments that "
        "a tool does not take",
    )


class Settings(VoiceSettings, SharedSettings):
    """What ``config.toml`` may set; everything has a default."""

    profile: str | None = setting(default=None, description="The profile that is used")
    enter: Enter = setting(
        default="send",
        description="What Enter does in the prompt box: send, or begin a new line (newline); "
        "then Ctrl+J sends, and Alt+Enter or Ctrl+Enter where the terminal tells them from Enter",
    )
    vim_keys: bool = setting(
        default=False,
        description="Edit with Vim's keys in the prompt box: Esc goes to normal mode, i back to "
        "insert mode",
    )
    notify: Notify = setting(
        default="both",
        description="How an answer that ends while you look elsewhere calls you: bell, desktop "
        "(a notification), both or never",
    )
    reduced_motion: bool = setting(
        default=False, description="Let nothing on the screen move or blink by itself"
    )
    disk_cache: bool = setting(
        default=True, description="Keep what was read on disk, so that a restart need not read it"
    )
    unpack: bool = setting(
        default=False,
        description="On a GPU hold packed weights in 16 bits, if memory allows: on CUDA prompts "
        "are then read faster",
    )
    wired_memory: bool = setting(
        default=False,
        description="On a Mac have Metal keep the model where it is in the memory; off, because "
        "macOS then has nothing to give where memory runs short, and may go down",
    )
    buffer_cache: int | None = setting(
        default=None,
        ge=0,
        description="MiB that MLX keeps of freed memory for what comes next; left out, a 32nd of "
        "a GPU's memory, but 256 to 2,048",
    )
    keys: dict[str, tuple[str, ...]] = setting(
        default={},
        description='Names of commands and the keys that run them: new = "f6", or a list; '
        "an empty list takes a command's keys away",
        read=_list_keys,
    )

    @property
    def memory_limits(self) -> MemoryLimits:
        """What the next model may take of the memory."""
        return MemoryLimits(self.context_limit or None, self.wired_memory, self.buffer_cache)


def load_settings(path: Path) -> Settings:
    """Return the settings in a file; all defaults if there is no such file.

    Raises:
        SettingsError: the file cannot be read, is not TOML, or sets something that cannot be set.
    """
    try:
        return validate(Settings, read_toml(path), path)
    except FileNotFoundError:
        return Settings()
