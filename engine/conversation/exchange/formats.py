"""All formats that conversations are read from and written in, and how a file's is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.conversation.exchange import (
    chatgpt,
    codex,
    dialogue,
    harmony_text,
    markdown,
    openai_messages,
    own,
    predecessor,
    web_page,
)
from engine.conversation.exchange.reading import (
    ExchangeError,
    Source,
    Value,
    parse_json,
    parse_lines,
    read_source,
)
from engine.conversation.messages import Session

if TYPE_CHECKING:
    from engine.tools.browser.citations import Lookup


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held."""

    format: str
    sessions: tuple[Session, ...]
    """At least one; each has messages."""
    notes: tuple[str, ...]
    """Sentences on what was mended or left out."""


@dataclass(frozen=True, slots=True)
class _Content:
    """A file's text and, unless it is a dialogue, its JSON: one value, or one per line."""

    source: Source
    values: Sequence[Value] = ()
    is_torn: bool = False

    @property
    def first(self) -> Value:
        return self.values[0]

    def only(self) -> Value:
        """Return the one value of a file that must not have more.

        Raises:
            ExchangeError: there are more.
        """
        if len(self.values) > 1:
            raise self.values[1].fail("the file should end before this line.")
        return self.first


_Read = Callable[[_Content], tuple[list[Session], list[str]]]


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that can be read."""

    name: str
    description: str
    read: _Read
    recognises: Callable[[_Content], bool]


def _json_importer(
    name: str, description: str, recognises: Callable[[Value], bool], read: _Read
) -> Importer:
    return Importer(name, description, read, lambda c: bool(c.values) and recognises(c.first))


IMPORTERS = {
    importer.name: importer
    for importer in (
        _json_importer(
            own.NAME,
            "a session of harmony-tui (lines of JSON, the first of the kind session)",
            own.recognises,
            lambda c: own.read(c.values),
        ),
        _json_importer(
            codex.NAME,
            "a codex rollout (lines of JSON, the first of the type session_meta)",
            codex.recognises,
            lambda c: codex.read(c.values, c.source),
        ),
        _json_importer(
            chatgpt.NAME,
            "a ChatGPT export (conversations.json, whose conversations have a mapping)",
            chatgpt.recognises,
            lambda c: chatgpt.read(c.only(), c.source),
        ),
        _json_importer(
            predecessor.NAME,
            "a chat log of mlx-harmony (JSON with metadata and messages, or with chats)",
            predecessor.recognises,
            lambda c: predecessor.read(c.only(), c.source),
        ),
        _json_importer(
            openai_messages.NAME,
            "OpenAI messages (a JSON array of role and content, or an object with messages)",
            openai_messages.recognises,
            lambda c: openai_messages.read(c.values, c.source),
        ),
        Importer(
            dialogue.NAME,
            "a dialogue (text in which user: and assistant: begin the messages)",
            lambda c: dialogue.read(c.source),
            lambda c: not c.values and dialogue.recognises(c.source),
        ),
    )
}
"""By name, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that can be written."""

    name: str
    description: str
    suffix: str
    """What its files' names end with."""
    render: Callable[[Session], str]
    is_for_reading: bool = False
    """Whether people read it, and never a program: what answers cite is told in it."""

    def write(self, session: Session, look_up: Lookup | None = None) -> str:
        """Return a session in this format.

        Args:
            session: the session.
            look_up: knows what citations of answers stand for that the session does not tell; see
                ``number_citations``.
        """
        if self.is_for_reading:
            from engine.conversation.exchange.cited import number_session

            session = number_session(session, look_up)
        return self.render(session)


EXPORTERS = {
    exporter.name: exporter
    for exporter in (
        Exporter("markdown", "what was said, to read and to share", ".md", markdown.write, True),
        Exporter("html", "a page to read in a browser, by itself", ".html", web_page.write, True),
        Exporter(openai_messages.NAME, "OpenAI messages", ".json", openai_messages.write),
        Exporter("harmony", "raw Harmony text", ".txt", harmony_text.write),
        Exporter(own.NAME, "a session of harmony-tui, all branches", ".jsonl", own.write),
    )
}
"""By name."""


def detect(path: Path) -> str:
    """Return the name of a file's format.

    Raises:
        ExchangeError: it cannot be read, or is of no known format.
    """
    return _detect(_content(read_source(path))).name


def read_file(path: Path, format_: str | None = None) -> Imported:
    """Return the conversations of a file.

    Args:
        path: the file.
        format_: the name of its format; None to tell it by its content.

    Raises:
        ExchangeError: it cannot be read, is of no known format, or is damaged; nothing is returned
            of a file with a mistake in it.
    """
    return read(read_source(path), format_)


def read(source: Source, format_: str | None = None) -> Imported:
    """Return the conversations of a text; see ``read_file``."""
    if format_ is None:
        content = _content(source)
        importer = _detect(content)
        found, notes = importer.read(content)
    else:
        importer = IMPORTERS[format_]
        content = _Content(source) if format_ == dialogue.NAME else _content(source)
        found, notes = _read_as(importer, content)
    sessions = [session for session in found if session.messages]
    if not sessions:
        raise source.fail("", "nothing was said in it.")
    if empty := len(found) - len(sessions):
        notes.append(f"Conversations in which nothing was said were left out: {empty}.")
    if content.is_torn:
        notes.append("The last line was not written to its end and was left out.")
    return Imported(importer.name, tuple(sessions), tuple(notes))


def _read_as(importer: Importer, content: _Content) -> tuple[list[Session], list[str]]:
    """Return what a file holds in the format that the person named."""
    if importer.name != dialogue.NAME and not content.values:
        raise content.source.fail("", f"this is not {importer.description}.")
    try:
        return importer.read(content)
    except ExchangeError as error:
        for other in IMPORTERS.values():
            if other is not importer and other.recognises(content):
                raise ExchangeError(f"{error} It looks like {other.description}.") from error
        raise


def exporter_for(path: Path) -> Exporter | None:
    """Return the format that a file to be written has by its name, if that tells."""
    suffix = path.suffix.lower()
    found = (exporter for exporter in EXPORTERS.values() if exporter.suffix == suffix)
    return next(found, None)


def _content(source: Source) -> _Content:
    text = source.text.lstrip()
    if not text:
        raise source.fail("", "the file is empty.")
    if text[0] not in "[{":
        return _Content(source)
    line, _, rest = text.partition("\n")
    if rest.strip():
        try:
            parse_json(source, line)
        except ExchangeError:
            pass  # no lines of JSON, or damaged ones: read as a whole it says where
        else:
            values, is_torn = parse_lines(source)
            return _Content(source, values, is_torn)
    return _Content(source, [parse_json(source)])


def _detect(content: _Content) -> Importer:
    for importer in IMPORTERS.values():
        if importer.recognises(content):
            return importer
    expected = "".join(f"\n  - {importer.description}" for importer in IMPORTERS.values())
    raise content.source.fail("", f"this is no conversation that can be read. Expected:{expected}")
