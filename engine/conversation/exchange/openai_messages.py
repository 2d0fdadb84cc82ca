"""The messages of OpenAI's Chat Completions API, as requests and many programs' files have them.

A list of ``{role, content}``, or an object that holds it under ``messages``. An assistant's
message becomes up to three kinds of ours: its reasoning (``reasoning``, or other servers'
``reasoning_content`` and ``thinking``) is analysis, its content is final, or commentary where
calls follow it, and each of its ``tool_calls`` is a call. Written, these become one message again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.conversation.exchange.draft import (
    FUNCTIONS,
    Draft,
    Said,
    call,
    final,
    reasoning,
    recipient_of,
    result,
    tool_name,
    user,
)
from engine.conversation.exchange.reading import Source, Value
from engine.conversation.exchange.writing import dump_json, instructions_of
from engine.conversation.messages import Message, Session

NAME = "openai"
REASONING = ("reasoning", "reasoning_content", "thinking")
"""Where servers put the reasoning: OpenAI's gpt-oss guide and vLLM, DeepSeek, Ollama."""

ROLES = ("system", "developer", "user", "assistant", "tool", "function")


def recognises(value: Value) -> bool:
    """Whether the JSON of a file is messages, or holds them under ``messages``."""
    found = value.data.get("messages") if isinstance(value.data, dict) else value.data
    if not isinstance(found, list):
        return False
    return isinstance(value.data, dict) if not found else _is_message(found[0])


def _is_message(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("role"), str)


def read(values: Sequence[Value], source: Source) -> tuple[list[Session], list[str]]:
    """Return the conversations, and what of them could not be kept.

    Args:
        values: the JSON of the file, or that of its lines, as files for fine-tuning have it.
        source: the file.

    Raises:
        ExchangeError: something in it is not as it should be.
    """
    notes: list[str] = []
    return [_read_one(value, source, notes) for value in values], notes


def _read_one(value: Value, source: Source, notes: list[str]) -> Session:
    model = ""
    if isinstance(value.data, dict):
        model = value.text_or_none("model") or ""
        value = value.require("messages")
    reader = _Reader(Draft(NAME), model, notes)
    for message in value.items():
        reader.add(message)
    return reader.draft.session(source.modified)


@dataclass(slots=True)
class _Reader:
    """Puts one message after the other into a draft."""

    draft: Draft
    model: str
    notes: list[str]
    asked: dict[str, int] = field(default_factory=dict)
    """The message that makes a call, by the call's id."""

    def add(self, message: Value) -> None:
        role = message.require("role")
        match role.text():
            case "assistant":
                self._add_assistant(message)
            case "tool" | "function":
                self._add_result(message)
            case "user":
                self.draft.add(user(self._text(message)))
            case "system" | "developer":
                self.draft.add(Said(role.text(), self._text(message)))
            case unknown:
                known = ", ".join(ROLES)
                raise role.fail(f"there is no role {unknown!r}; there are: {known}.")

    def _add_assistant(self, message: Value) -> None:
        thoughts = (message.text_or_none(key) for key in REASONING)
        thought = next((thought for thought in thoughts if thought), "")
        calls = list(_calls(message))
        text = self._text(message)
        if thought:
            self.draft.add(reasoning(thought, model=self.model))
        if calls and text:
            self.draft.add(Said("assistant", text, "commentary", model=self.model))
        elif text or not (calls or thought):
            self.draft.add(final(text, model=self.model))
        for id_, name, arguments, is_json in calls:
            made = self.draft.add(
                call(recipient_of(name), arguments, model=self.model, is_json=is_json)
            )
            if id_ is not None:
                self.asked[id_] = made

    def _add_result(self, message: Value) -> None:
        id_ = message.text_or_none("tool_call_id")
        made = self.draft.last if id_ is None else self.asked.get(id_)
        if made in self.draft.call_of:
            name = self.draft.recipient(made)
        else:
            name = recipient_of(message.text_or_none("name") or "tool")
            if id_ is not None:
                self.notes.append(f"{message.place}: no call has the id {id_!r} that this answers.")
        self.draft.add_result(result(name, self._text(message)), made)

    def _text(self, message: Value) -> str:
        """Return a message's content; what is no text is named in its place."""
        content = message.get("content")
        if content is None:
            return message.text_or_none("refusal") or ""
        if not isinstance(content.data, list):
            return content.text()
        return "\n".join(self._part(part) for part in content.items())

    def _part(self, part: Value) -> str:
        if isinstance(part.data, str):
            return part.data
        kind = part.require("type").text()
        for key in ("text", "refusal"):
            if (text := part.get(key)) is not None:
                return text.text()
        self.notes.append(f"{part.place}: this is no text but {kind!r} and was left out.")
        return f"[{kind}]"


def _calls(message: Value) -> Iterator[tuple[str | None, str, str, bool]]:
    """Give id, name and arguments of every call, and whether the arguments are JSON."""
    made = message.get("tool_calls")
    for one in () if made is None else made.items():
        id_ = one.text_or_none("id")
        if (custom := one.get("custom")) is not None:
            yield id_, custom.require("name").text(), custom.require("input").text(), False
        else:
            function = one.require("function")
            yield id_, function.require("name").text(), _arguments(function), True
    if (old := message.get("function_call")) is not None:
        yield None, old.require("name").text(), _arguments(old), True


def _arguments(function: Value) -> str:
    """Return the arguments as text; some programs write them as the object that they are."""
    found = function.get("arguments")
    if found is None:
        return "{}"
    if isinstance(found.data, str):
        return found.data
    return json.dumps(found.object(), ensure_ascii=False)


# --- writing ----------------------------------------------------------------------------------


def write(session: Session) -> str:
    """Return the path to the active leaf as a JSON array of messages."""
    return dump_json(list(_messages(session))) + "\n"


def write_dialogues(sessions: Sequence[Session]) -> str:
    """Return a JSON array with an array of messages for each conversation."""
    return dump_json([list(_messages(session)) for session in sessions]) + "\n"


def _messages(session: Session) -> Iterator[dict[str, Any]]:
    path = [message for message in session.path() if message.is_genuine]
    if instructions := instructions_of(session, path):
        yield {"role": "developer", "content": instructions}
    answered = {c.result: c.message for c in session.calls.values() if c.result is not None}
    opened: dict[str, Any] = {}
    """The assistant's message that more may be added to."""
    for message in path:
        if opened and not (message.role == "assistant" and _has_room(opened, _kind(message))):
            yield opened
            opened = {}
        if message.role == "tool":
            yield _result(message, answered.get(message.id))
        elif message.role != "assistant":
            yield {"role": message.role, "content": message.text}
        else:
            opened = opened or {"role": "assistant", "content": None}
            kind = _kind(message)
            if kind == "tool_calls":
                opened.setdefault(kind, []).append(_call(message))
            else:
                opened[kind] = message.text
    if opened:
        yield opened


def _kind(message: Message) -> str:
    """Return the key that a message of the model's is kept under."""
    if message.recipient is not None:
        return "tool_calls"
    return "reasoning" if message.channel == "analysis" else "content"


def _has_room(opened: dict[str, Any], kind: str) -> bool:
    """Whether a message can take more of a kind and still be read in the same order."""
    if kind == "tool_calls":
        return True
    return kind == "content" and opened["content"] is None and "tool_calls" not in opened


def _call(message: Message) -> dict[str, Any]:
    recipient = message.recipient or ""
    name, id_ = tool_name(recipient), _call_id(message.id)
    if message.content_type == "json" or recipient.startswith(f"{FUNCTIONS}."):
        function = {"name": name, "arguments": message.text}
        return {"id": id_, "type": "function", "function": function}
    return {"id": id_, "type": "custom", "custom": {"name": name, "input": message.text}}


def _call_id(message: int) -> str:
    return f"call_{message}"


def _result(message: Message, answered: int | None) -> dict[str, Any]:
    written: dict[str, Any] = {"role": "tool"}
    if answered is not None:
        written["tool_call_id"] = _call_id(answered)
    if message.name is not None:
        written["name"] = tool_name(message.name)
    return {**written, "content": message.text}
