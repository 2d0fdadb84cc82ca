"""The chat logs of mlx-harmony, schema versions 1 and 2.

Version 1 is one chat, ``{metadata, messages}``. Version 2 holds several by id:
``{schema_version: 2, chat_order, active_chat_id, chats: {id: {chat_id, metadata, messages}}}``, and
its messages have an ``id`` and a ``parent_id``. A message is ``{role, content, timestamp}`` and may
have ``analysis``, ``hyperparameters`` (where they changed), ``name``, ``recipient``, ``channel``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.config.predecessor import HYPERPARAMETERS, translate
from engine.conversation.exchange.draft import (
    Draft,
    Said,
    known_channel,
    reasoning,
    recipient_of,
    result,
)
from engine.conversation.exchange.reading import Source, Value
from engine.conversation.messages import Session

NAME = "mlx-harmony"
VERSION = 2
ROLES = ("system", "developer", "user", "assistant", "tool")


def recognises(value: Value) -> bool:
    """Whether the JSON of a file is such a log."""
    if value.has("chats") or value.has("schema_version"):
        return True
    # Requests to an OpenAI server may have metadata, too, but always name a model.
    return value.has("metadata", "messages") and not value.has("model")


def read(value: Value, source: Source) -> tuple[list[Session], list[str]]:
    """Return the chats of a log, the active one first, and what had to be mended in them.

    Raises:
        ExchangeError: the log is of a later version, or something in it is not as it should be.
    """
    notes: list[str] = []
    if not value.has("chats") and not value.has("schema_version"):
        return [_read_chat(value, source, notes)], notes
    version = value.require("schema_version")
    if version.data != VERSION:
        raise version.fail(
            f"this is a log of schema version {version.data!r}; versions 1 and {VERSION} can be "
            "read. Save the chat with the version of mlx-harmony that wrote it."
        )
    chats = dict(value.require("chats").entries())
    if not chats:
        raise value.fail("there is no chat in it.")
    sessions = [_read_chat(chats[id_], source, notes) for id_ in _order(value, chats, notes)]
    return sessions, notes


def _order(value: Value, chats: Mapping[str, Value], notes: list[str]) -> list[str]:
    """Return the chats' ids: the active one, then the others as they are listed."""
    order = value.get("chat_order")
    listed = [] if order is None else [id_.text() for id_ in order.items()]
    active = value.text_or_none("active_chat_id")
    for id_ in dict.fromkeys([*listed, *([active] if active is not None else [])]):
        if id_ not in chats:
            notes.append(f"The chat {id_!r} is listed but is not in the file.")
    wanted = [*([active] if active is not None else []), *listed, *chats]
    return [id_ for id_ in dict.fromkeys(wanted) if id_ in chats]


def _read_chat(chat: Value, source: Source, notes: list[str]) -> Session:
    metadata = chat.get("metadata")
    draft = Draft(NAME, _instructions(metadata))
    model = _model(metadata)
    in_force: Mapping[str, Any] = {}
    if metadata is not None and (given := metadata.get("hyperparameters")) is not None:
        in_force = _translated(given)
    leaves: dict[str, int] = {}
    """The last of our messages that each of the log's became."""
    for message in chat.require("messages").items():
        _go_to_parent(message, draft, leaves, notes)
        if (changed := message.get("hyperparameters")) is not None:
            in_force = _translated(changed)
        for said in _said(message, model, in_force):
            draft.add(said)
        if (id_ := message.text_or_none("id")) is not None and draft.last is not None:
            leaves[id_] = draft.last
    started = None
    if metadata is not None and (created := metadata.get("created_at")) is not None:
        started = _moment(created).time()
    return draft.session(source.modified, started)


def _go_to_parent(
    message: Value, draft: Draft, leaves: Mapping[str, int], notes: list[str]
) -> None:
    """Have the draft go on where the log says that a message stands."""
    parent = message.text_or_none("parent_id")
    if parent is None:
        return  # the first one, or one of version 1: after the one before
    if parent in leaves:
        draft.last = leaves[parent]
    else:
        notes.append(
            f"{message.place}: the message {parent!r}, which it follows, is not in the file; "
            "it now follows the one before it."
        )


def _said(message: Value, model: str, hyperparameters: Mapping[str, Any]) -> Iterator[Said]:
    role = message.require("role").text()
    if role not in ROLES:
        raise message.require("role").fail(
            f"there is no role {role!r}; there are: {', '.join(ROLES)}."
        )
    text = message.text_or_none("content") or ""
    stamp = message.get("timestamp")
    time = None if stamp is None else _moment(stamp).time()
    if role == "tool":
        name = recipient_of(message.text_or_none("name") or "tool")
        channel = known_channel(message.text_or_none("channel"), "commentary")
        yield replace(result(name, text, time), channel=channel)
    elif role == "assistant":
        thought = message.text_or_none("analysis")
        if thought:
            yield reasoning(thought, time, model)
        if text or not thought:
            channel = known_channel(message.text_or_none("channel"), "final")
            yield Said(role, text, channel, time=time, model=model, hyperparameters=hyperparameters)
    else:
        yield Said(role, text, time=time)


def _translated(hyperparameters: Value) -> Mapping[str, Any]:
    """Return hyperparameters under the names that they have here."""
    known = {k: v for k, v in hyperparameters.object().items() if k in HYPERPARAMETERS}
    translated: Mapping[str, Any] = translate(known)[0].get("hyperparameters", {})
    return translated


def _moment(stamp: Value) -> Value:
    """Return the time of a timestamp, which may be written twice.

    The number that stands beside the text is off by the writer's distance from UTC.
    """
    if isinstance(stamp.data, dict):
        return stamp.get("iso") or stamp.require("unix")
    return stamp


def _model(metadata: Value | None) -> str:
    if metadata is None:
        return ""
    return metadata.text_or_none("model_path") or metadata.text_or_none("model") or ""


def _instructions(metadata: Value | None) -> str:
    """Return the developer instructions of the prompt configuration that the log holds."""
    configuration = None if metadata is None else metadata.get("prompt_config")
    if configuration is None or not isinstance(configuration.data, dict):
        return ""  # in version 1 it is the configuration's path
    return configuration.text_or_none("developer_instructions") or ""
