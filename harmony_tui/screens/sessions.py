"""All conversations that are kept: to search, read, resume, rename and delete them.

The files and the index are asked on other threads, so that however many sessions there are, and
however slow the disk is, typing and moving never wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engine.conversation.errors import StoreError
from engine.conversation.index import Hit, Index, Listed
from engine.conversation.messages import Message, Session
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.conversation.titles import one_line
from engine.conversation.trash import delete_session, restore_session
from engine.conversation.whole_sessions import fork
from harmony_tui.line_input import LineInput
from harmony_tui.panes.tool_call import summarise, tool_name
from harmony_tui.screens.frame import Frame
from harmony_tui.screens.session_list import Entry, SessionList
from harmony_tui.transcript import Transcript
from harmony_tui.transcript.blocks import Kind

ASK_SECONDS = 0.12
"""What is looked for is asked when no letter came for so long."""
PREVIEW_SECONDS = 0.08
MOST_SESSIONS = 100_000
MOST_HITS = 500
PREVIEWED_MESSAGES = 30
PREVIEWED_AFTER = 3
"""So many messages are shown after one that was looked for, the last one at the end."""
PREVIEWED_CHARACTERS = 3000
"""Of each message."""
BESIDE = 150
"""Columns from which on the preview stands beside the list instead of below it."""

KEYS_OF_SEARCH = "↓ to the list  Enter resume  Esc close"
KEYS_OF_LIST = "Enter resume  f fork  r rename  d delete  u undo  / search  Esc close"
KEYS_OF_TITLE = "Enter rename  Esc leave the title"

Rename = Callable[[str], Awaitable[None]]
"""Gives a title to the session that is open in this program."""


class Chosen(NamedTuple):
    """What the person wants to go on with."""

    path: Path
    """The session's file."""
    message: int | None = None
    """The message that what was looked for stands in, if that was not the title."""
    words: str = ""
    """What was looked for."""
    store: Store | None = None
    """The session, opened already; None for one that is open in this program, or a new one."""


class SearchInput(LineInput):
    """The line for what is looked for; the arrow keys go on into the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.enter_list(1)", show=False),
        Binding("pagedown", "screen.enter_list(8)", show=False),
    ]


class SessionsScreen(ModalScreen[Chosen | None]):
    """Lists the sessions; gives the one that the person wants to go on with."""

    CSS_PATH = "sessions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("slash", "search", show=False),
        Binding("enter", "resume", show=False),
        Binding("f", "fork", show=False),
        Binding("r", "rename", show=False),
        Binding("d,delete", "delete", show=False),
        Binding("u", "undo", show=False),
    ]

    def __init__(
        self, folder: Path, *, here: Path | None, rename_here: Rename, search: str = ""
    ) -> None:
        """Prepare the screen.

        Args:
            folder: of the sessions.
            here: the file of the one that is open in this program, which may not be there yet.
            rename_here: gives that one a title.
            search: what is looked for at first.
        """
        super().__init__()
        self._folder = folder
        self._index = Index(folder)
        self._here = here
        self._rename_here = rename_here
        self._search = search
        self._deleted: list[Path] = []
        """Those in the trash that were deleted here, the last one last."""
        self._is_opening = False
        self._renamed: Path | None = None
        """The one whose title is being written."""

    def compose(self) -> ComposeResult:
        """What is looked for, the sessions, and what was said in the chosen one."""
        with Frame(id="frame") as frame:
            frame.border_title = "Sessions"
            frame.keys = KEYS_OF_SEARCH
            yield SearchInput(
                self._search, placeholder="Search all that was said", compact=True, id="search"
            )
            with Container(id="parts"):
                yield SessionList()
                yield Transcript()
            yield Static("Reading the sessions …", id="said")
            yield LineInput(placeholder="Title", compact=True, select_on_focus=False, id="title")

    def on_mount(self) -> None:
        """List what is looked for."""
        self._list.here = self._here
        self.query_one("#title").display = False
        self.query_one(Transcript).can_focus = False
        self.query_one("#search").focus()
        self._ask()

    def on_unmount(self) -> None:
        """Let go of the index."""
        self._index.close()

    def on_resize(self, event: events.Resize) -> None:
        """Put the preview where there is more room for it."""
        self.set_class(event.size.width >= BESIDE, "-beside")

    @property
    def _list(self) -> SessionList:
        return self.query_one(SessionList)

    # --- searching ----------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _look_for(self, event: Input.Changed) -> None:
        self._search = event.value
        self._ask()

    def _ask(self, path: Path | None = None) -> None:
        self._answer(self._search, path)

    @work(group="ask", exclusive=True)
    async def _answer(self, words: str, path: Path | None) -> None:
        if words.strip():
            await asyncio.sleep(ASK_SECONDS)
        entries = await asyncio.to_thread(find, self._index, words)
        self._list.show(entries, path)
        self._say(self._counted(entries, words))

    def _counted(self, entries: list[Entry], words: str) -> str:
        count = f"{len(entries):,} session{'' if len(entries) == 1 else 's'}"
        if words.strip():
            return f"{count} found" if entries else "No session has these words."
        if entries:
            return count
        return f"Nothing is kept yet. What you say is kept in {self._folder}"

    # --- the chosen one -----------------------------------------------------------------------

    @on(SessionList.Chosen)
    def _preview(self) -> None:
        self._read(self._list.entry)

    @work(group="preview", exclusive=True)
    async def _read(self, entry: Entry | None) -> None:
        preview = self.query_one(Transcript)
        preview.display = entry is not None
        if entry is None:
            preview.clear()
            return
        # Who walks down the list does not want to read each.
        await asyncio.sleep(PREVIEW_SECONDS)
        said: list[tuple[Kind, str]]
        try:
            session = await asyncio.to_thread(read_session, entry.session.path)
        except StoreError as error:
            said = [("notice", str(error))]
        else:
            said = list(excerpts(session, entry.message))
        preview.clear()
        for kind, text in said:
            number = preview.begin(kind)
            preview.append(number, text)
            preview.finish(number)
        preview.scroll_end(animate=False)

    @on(SessionList.Opened)
    @on(Input.Submitted, "#search")
    def action_resume(self) -> None:
        """Go on with the chosen session."""
        if (entry := self._list.entry) is None or self._is_opening:
            return
        chosen = Chosen(entry.session.path, entry.message, self._search)
        if chosen.path == self._here:
            self.dismiss(chosen)
        else:
            self._is_opening = True
            # The application's, for it is not to be cut off: the session would stay open.
            self.app.run_worker(self._open(chosen))

    async def _open(self, chosen: Chosen) -> None:
        """Leave with a session that can be opened; of another one say why it cannot."""
        try:
            store = await asyncio.to_thread(Store.open, chosen.path)
        except StoreError as error:
            if self.is_attached:
                self._say(str(error), is_problem=True)
        else:
            if self.is_current:
                self.dismiss(chosen._replace(store=store))
            else:
                store.close()
        finally:
            self._is_opening = False

    def action_enter_list(self, rows: int) -> None:
        """Go from the search to the list, some rows further down."""
        if self._list.entries:
            self._list.focus()
            self._list.action_move(rows)

    @on(SessionList.LeftAtTop)
    def action_search(self) -> None:
        """Go to what is looked for."""
        self.query_one("#search").focus()

    def action_leave(self) -> None:
        """Leave the title, or the screen."""
        if self._renamed is None:
            self.dismiss(None)
        else:
            self._end_title()

    def on_descendant_focus(self) -> None:
        """Name the keys that mean something where the focus is."""
        keys = KEYS_OF_LIST if self.focused is self._list else KEYS_OF_SEARCH
        frame = self.query_one("#frame", Frame)
        frame.keys = keys if self._renamed is None else KEYS_OF_TITLE

    def action_fork(self) -> None:
        """Go on with a copy of the chosen session."""
        if (entry := self._list.entry) is not None:
            self.run_worker(self._fork(entry.session.path), group="files")

    async def _fork(self, path: Path) -> None:
        try:
            self.dismiss(Chosen(await asyncio.to_thread(copy, path)))
        except StoreError as error:
            self._say(str(error), is_problem=True)

    # --- renaming -----------------------------------------------------------------------------

    def action_rename(self) -> None:
        """Let the chosen session's title be written."""
        if (entry := self._list.entry) is not None:
            self._renamed = entry.session.path
            title = self.query_one("#title", Input)
            title.value = one_line(entry.session.title)
            title.display = True
            self.query_one("#said").display = False
            title.focus()

    @on(Input.Submitted, "#title")
    def _take_title(self, event: Input.Submitted) -> None:
        path, title = self._renamed, event.value
        self._end_title()
        if path is not None:
            self.run_worker(self._rename(path, title), group="files")

    def _end_title(self) -> None:
        self._renamed = None
        self.query_one("#title").display = False
        self.query_one("#said").display = True
        self._list.focus()

    async def _rename(self, path: Path, title: str) -> None:
        try:
            if path == self._here:
                await self._rename_here(title)
            else:
                await asyncio.to_thread(rename, path, title)
        except StoreError as error:
            self._say(str(error), is_problem=True)
        else:
            self._ask(path)

    # --- deleting -----------------------------------------------------------------------------

    def action_delete(self) -> None:
        """Move the chosen session to the trash."""
        if (entry := self._list.entry) is None:
            return
        if entry.session.path == self._here:
            self._say("This one is open here. /new begins another; then it can be deleted.")
        else:
            self.run_worker(self._delete(entry.session), group="files")

    async def _delete(self, session: Listed) -> None:
        try:
            self._deleted.append(await asyncio.to_thread(delete_session, session.path))
        except StoreError as error:
            self._say(str(error), is_problem=True)
        else:
            self._list.leave_out(session.path)
            self._say(f"“{one_line(session.title)}” is in the trash. u brings it back.")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            self.run_worker(self._restore(self._deleted.pop()), group="files")
        else:
            self._say("Nothing was deleted here.")

    async def _restore(self, path: Path) -> None:
        try:
            restored = await asyncio.to_thread(restore_session, path)
        except StoreError as error:
            self._say(str(error), is_problem=True)
        else:
            self._ask(restored)

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(is_problem, "-problem")
        said.update(Content(text))


def find(index: Index, words: str) -> list[Entry]:
    """Return the sessions that have words, in their titles first; without words all of them."""
    sessions = index.sessions(limit=MOST_SESSIONS)
    parts = words.casefold().split()
    if not parts:
        return [Entry(session) for session in sessions]
    found = {
        session.path: Entry(session)
        for session in sessions
        if all(part in session.title.casefold() for part in parts)
    }
    for hit in index.search(words, limit=MOST_HITS):
        if hit.session.path not in found or not found[hit.session.path].excerpt:
            found[hit.session.path] = _entry_of(hit)
    return list(found.values())


def _entry_of(hit: Hit) -> Entry:
    return Entry(hit.session, hit.excerpt, hit.message)


def rename(path: Path, title: str) -> None:
    """Give a session that no program has open a title.

    Raises:
        StoreError: it is open, or cannot be written.
    """
    with Store.open(path) as store:
        store.rename(title)


def copy(path: Path) -> Path:
    """Make a new session of the conversation that a session stands at; return its file.

    Raises:
        StoreError: the one cannot be read, or the other cannot be written.
    """
    session = read_session(path)
    if session.leaf is None:
        raise StoreError("Nothing was said in it yet, so there is nothing to go on with.")
    return fork(path.parent, session, session.leaf)


def excerpts(session: Session, message: int | None) -> list[tuple[Kind, str]]:
    """Return the last that was said in a session, or what was said around a message."""
    from engine.conversation.exchange.cited import number_answers

    if message is not None and message in session.messages:
        path = number_answers(session.path(session.newest_leaf(message)))
        place = [each.id for each in path].index(message)
        path = path[: place + 1 + PREVIEWED_AFTER]
    else:
        path = number_answers(session.path())
    shown = [_excerpt(each) for each in path if each.channel != "analysis" or each.id == message]
    return [each for each in shown if each[1].strip()][-PREVIEWED_MESSAGES:]


def _excerpt(message: Message) -> tuple[Kind, str]:
    text = message.text[:PREVIEWED_CHARACTERS]
    text += " …" if len(message.text) > PREVIEWED_CHARACTERS else ""
    if message.role == "user":
        return "user", text
    if message.role == "assistant" and message.recipient:
        return "tool", f"{tool_name(message.recipient)}  {summarise(text)}".rstrip()
    if message.role == "tool":
        return "tool", f"→  {one_line(text)}"
    kinds: dict[str | None, Kind] = {"final": "final", "analysis": "analysis"}
    return kinds.get(message.channel, "commentary"), text
