"""Where the program and the tools of its conversations meet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from harmony_tui.guard import Guard

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.settings import Settings
    from engine.events import ModelInfo
    from engine.tools.browser.pages import Reference
    from engine.tools.sandbox import Level
    from engine.tools.toolbox import Toolbox

MANUAL_FOLDER = Path(__file__).parent / "help"
"""What the browser searches while the network is off."""


def _say_nothing(_: str) -> None:
    return


def _fill_page(text: str) -> str:
    from harmony_tui.screens.help import fill_page

    return fill_page(text)


class ToolboxLink:
    """Makes the toolbox when it is first needed, and has it go by what is set.

    ``open``, ``prepare``, ``start_conversation`` and ``use_workspace`` may take a while, and are
    for the thread that the conversation runs on; all else is for the screen's.
    """

    def __init__(
        self,
        settings: Callable[[], Settings],
        model: Callable[[], ModelInfo | None],
        tell: Callable[[str], None] = _say_nothing,
        keeps_figures: Callable[[], bool] = lambda: True,
    ) -> None:
        """Begin without a toolbox.

        Args:
            settings: gives those that are in force now.
            model: gives the model that is loaded.
            tell: is told, from either thread, what of the settings and of the person's own tools
                cannot be used; each once.
            keeps_figures: says whether pictures that the model draws outlive the conversation.
        """
        self.toolbox: Toolbox | None = None
        self.sandbox: Level | None = None
        """What kind of sandbox code runs in; None before that is known."""
        self._settings = settings
        self._model = model
        self._tell = tell
        self._told: set[str] = set()
        self._keeps_figures = keeps_figures

    @property
    def guard(self) -> Guard:
        """What keeps calls in now."""
        settings = self._settings()
        return Guard(settings.approval, self.sandbox, settings.network)

    def find_sandbox(self, on_found: Callable[[], None]) -> None:
        """Have it looked, on a thread of its own, which sandbox there is.

        Args:
            on_found: is called on that thread when it is known.
        """

        def look() -> None:
            self._note_sandbox()
            on_found()

        threading.Thread(target=look, name="sandbox", daemon=True).start()

    def look_up(self, cursor: int, line: int | None) -> Reference | None:
        """Return what a citation stands for; None if the browser knows nothing of it."""
        return None if self.toolbox is None else self.toolbox.look_up(cursor, line)

    def follow_settings(self) -> None:
        """Have what is set now hold from the next turn on; the network and its search at once."""
        if self.toolbox is not None:
            settings, model = self._settings(), self._model()
            self.toolbox.network_is_on = settings.network
            self.toolbox.choose_search(settings)
            self.toolbox.enabled = settings.tools
            self.toolbox.is_bundled = model is not None and model.is_demo
            self._tell_problems(*self.toolbox.problems)

    # --- on the conversation's thread ----------------------------------------------------------

    def open(self) -> Toolbox:
        """Return the toolbox, made if there is none yet."""
        if self.toolbox is None:
            from engine.tools.toolbox import Toolbox

            self.toolbox = Toolbox(
                self._settings(),
                help_pages=MANUAL_FOLDER,
                fill_help=_fill_page,
                keeps_figures=self._keeps_figures(),
            )
            self.follow_settings()
        return self.toolbox

    def prepare(self, chat: Chat) -> None:
        """Have a conversation's next turn offer the tools that are set."""
        toolbox = self.open()
        self.follow_settings()
        self.use_workspace()
        chat.tools = toolbox.registry
        self._tell_problems(*toolbox.problems)
        if "python" in toolbox.enabled:
            self._note_sandbox()

    def use_workspace(self) -> None:
        """Have tools work in the folder that is set now, if it is another one."""
        from engine.config.reading import SettingsError

        toolbox, chosen = self.open(), self._settings().workspace
        folder = None if chosen is None else Path(chosen).expanduser().resolve()
        if folder != toolbox.workspace:
            try:
                toolbox.workspace = folder
            except SettingsError as error:
                toolbox.workspace = None
                self._tell_problems(str(error))

    def start_conversation(self, chat: Chat | None) -> None:
        """Have nothing be left of the conversation before.

        Args:
            chat: the conversation that goes on; None is one that begins.
        """
        displays = () if chat is None else tuple(chat.displays)
        if self.toolbox is not None or displays:
            self.open().start_conversation(displays)

    def close(self) -> None:
        """End what the tools have started."""
        if self.toolbox is not None:
            self.toolbox.close()

    def _tell_problems(self, *problems: str) -> None:
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                self._tell(problem)

    def _note_sandbox(self) -> None:
        from engine.tools.sandbox import probe

        self.sandbox = probe().level
