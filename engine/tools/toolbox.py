"""What the model may call in a conversation, and what those tools work with."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from engine.config import locations
from engine.config.reading import SettingsError
from engine.config.settings import Settings
from engine.tools.added import AddedTools
from engine.tools.apply_patch import Undo, apply_patch_tool
from engine.tools.browser.browser import Browser
from engine.tools.browser.choosing import choose_service
from engine.tools.browser.folder import LocalFolder
from engine.tools.browser.offering import browser_tools
from engine.tools.browser.pages import Reference
from engine.tools.files import workspace_tools
from engine.tools.functions import CALCULATOR, CLOCK
from engine.tools.python import Figure, PythonSession
from engine.tools.python.offering import python_tool
from engine.tools.registry import Registry, Tool, ToolError
from engine.tools.sandbox import Found, Policy, probe
from engine.tools.sandbox.policy import view_of
from engine.tools.workspace import Workspace

ALWAYS = ("calculator", "clock")
"""What the bundled model learned to use, unless more is chosen."""
FILES = ("read_file", "list_files", "search_files", "apply_patch")
BUILT_IN = (*ALWAYS, "python", "browser", *FILES)
"""The tools by the names that the setting ``tools`` has."""
HELP = "help"
"""The source of the browser that holds the program's own pages."""
MOST_UNDONE = 100
"""So many patches, the last ones, can be taken back."""
NO_WORKSPACE = "there is no workspace; choose a folder first"
NO_SANDBOX = "this machine has no sandbox, so it has to be chosen by name"
NO_SUCH_TOOL = "there is no tool of this name"


class Toolbox:
    """Builds the registry of a conversation, and owns what its tools work with.

    Its properties may be assigned at any time, and act from the next ``registry`` on; the network's
    switch acts at once. Any thread may use it. It has to be closed.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        help_pages: Path | None = None,
        fill_help: Callable[[str], str] | None = None,
        is_bundled: bool = False,
        keeps_figures: bool = True,
        sandbox: Found | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        """Take what is set; nothing is started, and no sandbox looked for, before it is needed.

        Args:
            settings: ``tools``, ``workspace``, ``network``, ``search`` and ``search_url`` count.
            help_pages: the folder of the program's own pages, which the browser searches when the
                network is off.
            fill_help: returns one of these pages with its marks filled in.
            is_bundled: whether the bundled model is loaded.
            keeps_figures: whether pictures outlive the conversation.
            sandbox: where code runs; None is the best that this machine has.
            variables: of the environment, which keys of search services are taken from; the
                program's own if None.
        """
        self.is_bundled = is_bundled
        """Whether the bundled model is loaded, which by itself is given fewer tools."""
        self.network_is_on = settings.network
        """Whether the browser may use the network."""
        self.added = AddedTools(BUILT_IN)
        """The tools that the person adds, and their servers."""
        self._problem_of: dict[str, str] = {}
        """What is wrong with a setting, by its name."""
        self._variables = os.environ if variables is None else variables
        self._searched: tuple[str | None, str | None] | None = None
        self._chosen = settings.tools
        self._sandbox = sandbox
        self._keeps_figures = keeps_figures
        self._lock = threading.RLock()
        self._workspace: Workspace | None = None
        self._file_tools: tuple[Tool, ...] = ()
        self._undos: deque[Undo] = deque(maxlen=MOST_UNDONE)
        self._python: PythonSession | None = None
        self._scratch: Path | None = None
        self._browser = Browser(
            folders=() if help_pages is None else (LocalFolder(help_pages, HELP, fill_help),),
            network_is_on=lambda: self.network_is_on,
        )
        self.choose_search(settings)
        self._browser_tools = browser_tools(self._browser, lambda: self.network_is_on)
        if settings.workspace is not None:
            try:
                self.workspace = Path(settings.workspace)
            except SettingsError as error:
                self._problem_of["workspace"] = str(error)

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on what of the settings, and of the person's own tools, cannot be used."""
        return (*self._problem_of.values(), *self.added.problems)

    def choose_search(self, settings: Settings) -> None:
        """Have the web be searched as is set, from the next search on; ``problems`` may grow."""
        searched = (settings.search, settings.search_url)
        if searched == self._searched:
            return
        self._searched = searched
        self._browser.web = None
        self._problem_of.pop("search", None)
        try:
            self._browser.web = choose_service(settings, self._variables)
        except SettingsError as error:
            self._problem_of["search"] = str(error)

    # --- what there is ------------------------------------------------------------------------

    @property
    def registry(self) -> Registry:
        """The tools that are enabled and can be used, as a conversation offers them.

        Blocks, the first time, while a sandbox is looked for, if python may be offered (0.1 s and
        more), and while the person's own tools are loaded, if there are any.
        """
        enabled = {*self.enabled}
        with self._lock:
            reasons = self.names()
            tools = [tool for name, tool in self._tools(enabled) if not reasons.get(name)]
        return Registry.of(tools)

    def _tools(self, enabled: Collection[str]) -> Iterator[tuple[str, Tool]]:
        """Give every tool that is enabled, with the name that it is enabled by."""
        if "python" in enabled:
            tool = python_tool(
                self._session, self.sandbox.level, self._keep_figure, self._shown_workspace
            )
            yield "python", tool
        if "browser" in enabled:
            yield from (("browser", tool) for tool in self._browser_tools)
        for tool in (CALCULATOR, CLOCK, *self._file_tools, *self.added.tools()):
            if tool.name in enabled:
                yield tool.name, tool

    def names(self) -> dict[str, str]:
        """Return the names of all tools, each with the reason why it cannot be used, or nothing.

        Names that were chosen and that nothing has are among them, and servers of tools that are
        not ready. Does not block: what was not looked for yet is not known here.
        """
        reasons = dict.fromkeys(BUILT_IN, "")
        if self._workspace is None:
            reasons |= dict.fromkeys(FILES, NO_WORKSPACE)
        chosen, found = self._chosen, self._sandbox
        if "python" not in (chosen or ()) and found is not None and found.level == "none":
            reasons["python"] = NO_SANDBOX
        reasons |= {tool.name: "" for tool in self.added.tools()} | self.added.reasons()
        for name in chosen or ():
            reasons.setdefault(name, NO_SUCH_TOOL)
        return reasons

    @property
    def enabled(self) -> tuple[str, ...]:
        """The names of the tools that the model may call, in so far as they can be used.

        Assign to choose; None is what suits the model: for the bundled one the calculator and the
        clock, for all others everything that is there, python only where there is a sandbox. Blocks
        as ``registry`` does.
        """
        chosen = self._chosen
        self.added.load(lambda: self.sandbox, self.workspace)
        if chosen is not None:
            return chosen
        if self.is_bundled:
            return ALWAYS
        _ = self.sandbox  # without one, python has a reason
        return tuple(name for name, reason in self.names().items() if not reason)

    @enabled.setter
    def enabled(self, names: tuple[str, ...] | None) -> None:
        self._chosen = names

    @property
    def sandbox(self) -> Found:
        """The sandbox of this machine, looked for at the first asking."""
        if self._sandbox is None:
            self._sandbox = probe()
        return self._sandbox

    # --- the workspace --------------------------------------------------------------------------

    @property
    def workspace(self) -> Path | None:
        """The folder whose files tools may read and patch; assign another one, or None.

        Another one ends Python, which could read the last.

        Raises:
            SettingsError: it is no folder that can be used; the last one stays.
        """
        return None if self._workspace is None else self._workspace.root

    @workspace.setter
    def workspace(self, folder: Path | None) -> None:
        workspace = None
        if folder is not None:
            try:
                workspace = Workspace(folder.expanduser())
            except (ToolError, RuntimeError) as error:
                raise SettingsError(
                    f"The workspace cannot be {str(folder)!r}: there is no such folder. Name one "
                    "that is there."
                ) from error
        self.added.unload()  # commands may work in it
        with self._lock:
            self._close_python()
            self._workspace = workspace
            self._file_tools = ()
            if workspace is not None:
                patch = apply_patch_tool(workspace, self._undos.append)
                self._file_tools = (*workspace_tools(workspace), patch)

    def undo(self) -> str:
        """Take the last patch back that is not taken back yet; return a sentence on it.

        Raises:
            ToolError: there is none, or a file was changed since; nothing is changed then.
        """
        with self._lock:
            if not self._undos:
                raise ToolError("there is no patch to take back")
            last = self._undos[-1]
            last.restore()
            self._undos.pop()
        return f"Taken back: {', '.join(last.paths)}."

    # --- python ---------------------------------------------------------------------------------

    def reset_python(self) -> None:
        """Forget all of Python's variables. Blocks until its process is gone, a second at most."""
        with self._lock:
            if self._python is not None:
                self._python.reset()

    def _session(self) -> PythonSession:
        """Return where the conversation's code runs.

        Raises:
            SandboxError: no folder can be made for it.
        """
        with self._lock:
            if self._python is None:
                self._scratch = Path(tempfile.mkdtemp(prefix="harmony-tui-python-")).resolve()
                policy = Policy(scratch=self._scratch, workspace=self.workspace)
                self._python = PythonSession(self.sandbox.sandbox, policy)
            return self._python

    def _shown_workspace(self) -> Path | None:
        """Return the folder that Python can read; a home folder, or one above it, it cannot."""
        if self._scratch is None:
            return None
        return view_of(Policy(scratch=self._scratch, workspace=self.workspace)).workspace

    def _close_python(self) -> None:
        if self._python is not None:
            self._python.close()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
        self._python = self._scratch = None

    def _keep_figure(self, figure: Figure) -> str:
        """Copy a figure to where it stays; return its path, or its own where it cannot be."""
        if not self._keeps_figures:
            return str(figure.path)
        folder = locations.figures_folder()
        moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        kept = folder / f"{moment}-{secrets.token_hex(3)}.png"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(figure.read())
        except OSError:
            return str(figure.path)
        return str(kept)

    # --- conversations --------------------------------------------------------------------------

    def start_conversation(self, displays: Iterable[str] = ()) -> None:
        """Have another conversation begin, or go on, with nothing left of the one before.

        Python's process ends, and the browser's pages are forgotten. Switches, workspace and the
        patches that can be taken back stay. Blocks for a second at most.

        Args:
            displays: what the browser has displayed in a conversation that goes on, in order
                (``Chat.displays``).
        """
        with self._lock:
            self._close_python()
        self._browser.forget()
        self._browser.remember(displays)

    def look_up(self, cursor: int, line: int | None = None) -> Reference | None:
        """Return what a citation ``【cursor†Lline】`` stands for; None if no such page was shown.

        It is what ``browser.citations.number_citations`` asks.
        """
        return self._browser.look_up(cursor, line)

    def aside(self) -> AbstractContextManager[None]:
        """Have calls made for the person leave the conversation's pages as they are."""
        return self._browser.aside()

    def close(self) -> None:
        """End what runs, and remove what was only for this run. Blocks for some seconds at most."""
        self.added.unload()
        with self._lock:
            self._close_python()
