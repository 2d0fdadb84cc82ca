"""Codex's rollouts: ``~/.codex/sessions/YYYY/MM/DD/rollout-….jsonl``.

Each line is ``{timestamp, type, payload}``: ``session_meta`` (first), ``turn_context`` (the model),
``response_item`` (what the model read and wrote, as the Responses API has it), ``event_msg`` (what
the screen was told, mostly the same once more), ``compacted``. Until September 2025 the first line
was a bare ``{id, timestamp, instructions}`` and the others bare response items.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.conversation.exchange.draft import (
    FUNCTIONS,
    Draft,
    Said,
    call,
    final,
    reasoning,
    recipient_of,
    result,
    user,
)
from engine.conversation.exchange.reading import Source, Value
from engine.conversation.messages import Session

NAME = "codex"

ENVELOPES = ("session_meta", "response_item", "event_msg", "turn_context", "compacted")

CONTEXT = (
    *("<environment_context>", "<user_instructions>", "# AGENTS.md instructions"),
    *("<turn_aborted>", "<skill>", "<user_shell_command>", "<subagent_notification>"),
    "<permissions instructions>",
)
"""How messages begin that codex adds in the person's name."""

CALLS = {"function_call": "arguments", "custom_tool_call": "input", "tool_search_call": "arguments"}
"""Items that call a tool, and where they keep what it is given."""

RESULTS = ("function_call_output", "custom_tool_call_output", "tool_search_output")


def recognises(value: Value) -> bool:
    """Whether the JSON of a file's first line is one of a rollout's."""
    if value.has("type", "payload"):
        return value.data["type"] in ENVELOPES
    return value.has("id", "timestamp", "instructions") or value.has("record_type")


def read(values: Sequence[Value], source: Source) -> tuple[list[Session], list[str]]:
    """Return the conversation of a rollout, and what of it was left out.

    Raises:
        ExchangeError: something in it is not as it should be.
    """
    meta = _meta(values[0])
    reader = _Reader(Draft(NAME, _instructions(meta)))
    for value in values:
        reader.take(value)
    reader.flush_thoughts()
    notes = [
        f"{count} of {kind!r} without text {'was' if count == 1 else 'were'} left out."
        for kind, count in sorted(reader.skipped.items())
    ]
    return [reader.draft.session(source.modified, meta.time_or_none("timestamp"))], notes


def _meta(first: Value) -> Value:
    """Return what the first line says of the session."""
    return first.require("payload") if first.has("payload") else first


def _instructions(meta: Value) -> str:
    base = meta.get("base_instructions")
    if base is not None:
        return base.text_or_none("text") or ""
    return meta.text_or_none("instructions") or ""


@dataclass(slots=True)
class _Reader:
    """Takes one line after the other and puts what they say into a draft."""

    draft: Draft
    model: str = ""
    asked: dict[str, int] = field(default_factory=dict)
    """The message that makes a call, by the call's id."""
    skipped: Counter[str] = field(default_factory=Counter)
    thoughts: list[str] = field(default_factory=list)
    """Reasoning that was read last; it may be told by an item, an event, or both."""
    summaries: list[str] = field(default_factory=list)
    thought_at: datetime | None = None

    def take(self, line: Value) -> None:
        kind = line.text_or_none("type")
        if kind not in ENVELOPES or not line.has("payload"):
            self._take_bare(line, kind)
            return
        payload = line.require("payload")
        time = line.time_or_none("timestamp")
        match kind:
            case "response_item":
                self._take_item(payload, time)
            case "event_msg":
                self._take_event(payload, time)
            case "turn_context":
                self.model = payload.text_or_none("model") or self.model
            case "compacted":
                self._add_text(Said("developer", payload.text_or_none("message") or "", time=time))

    def _take_bare(self, line: Value, kind: str | None) -> None:
        if kind is None:
            line.object()  # the head, or a mark without content
        elif line.has("payload"):
            self.skipped[kind] += 1
        else:
            self._take_item(line, None)

    def _take_event(self, event: Value, time: datetime | None) -> None:
        match event.require("type").text():
            case "agent_reasoning_raw_content":
                self._think([event.require("text").text()], [], time)
            case "turn_aborted":
                self.flush_thoughts()
                self.draft.finish_turn("cancelled")
            case "thread_rolled_back":
                self.flush_thoughts()
                self.draft.roll_back(int(event.require("num_turns").number()))

    def _take_item(self, item: Value, time: datetime | None) -> None:
        kind = item.require("type").text()
        if kind == "reasoning":
            self._think(_texts(item.get("content")), _texts(item.get("summary")), time)
            return
        self.flush_thoughts()
        if kind == "message":
            self._add_text(self._message(item, time))
        elif kind in CALLS:
            self._add_call(item, kind, _given(item.get(CALLS[kind])), time)
        elif kind in RESULTS:
            self._add_result(item, time)
        elif item.has("action"):  # a command of codex's own, or a search that the server made
            made = self._add_call(item, kind, _given(item.get("action")), time)
            if not item.has("call_id"):
                self.draft.finish_call(made)  # no answer will come
        else:
            self.skipped[kind] += 1

    def _message(self, item: Value, time: datetime | None) -> Said:
        role = item.require("role")
        texts = _texts(item.get("content"), self.skipped)
        text = "\n".join(texts)
        match role.text():
            case "assistant":
                if item.text_or_none("phase") == "commentary":
                    return Said("assistant", text, "commentary", time=time, model=self.model)
                return final(text, time, self.model)
            case "user":
                is_added = all(t.lstrip().startswith(CONTEXT) for t in texts)
                return Said("developer", text, time=time) if is_added else user(text, time)
            case "system" | "developer":
                return Said(role.text(), text, time=time)
            case unknown:
                raise role.fail(
                    f"there is no role {unknown!r}; there are: system, developer, user, assistant."
                )

    def _add_text(self, said: Said) -> None:
        if said.text:
            self.draft.add(said)

    def _add_call(self, item: Value, kind: str, given: str, time: datetime | None) -> int:
        name = item.text_or_none("name") or kind.removesuffix("_call")
        space = item.text_or_none("namespace")
        recipient = recipient_of(name) if space in (None, FUNCTIONS) else f"{space}.{name}"
        is_json = kind != "custom_tool_call"
        made = self.draft.add(call(recipient, given, time, self.model, is_json=is_json))
        if (id_ := item.text_or_none("call_id")) is not None:
            self.asked[id_] = made
        return made

    def _add_result(self, item: Value, time: datetime | None) -> None:
        made = self.asked.get(item.text_or_none("call_id") or "")
        name = recipient_of("tool") if made is None else self.draft.recipient(made)
        text = self._output(item)
        self.draft.add_result(result(name, text, time), made)

    def _output(self, item: Value) -> str:
        output = item.get("output")
        if output is not None and output.has("content"):
            output = output.get("content")  # until 2025: {content, success}
        if output is not None and isinstance(output.data, list):
            return "\n".join(_texts(output, self.skipped))
        return _given(output or item.get("tools"))

    def _think(self, thoughts: list[str], summaries: list[str], time: datetime | None) -> None:
        self.thoughts += [thought for thought in thoughts if thought not in self.thoughts]
        self.summaries += summaries
        self.thought_at = self.thought_at or time

    def flush_thoughts(self) -> None:
        """Put the reasoning that was read last into the draft: in full, else its summary."""
        if text := "\n\n".join(self.thoughts or self.summaries):
            self.draft.add(reasoning(text, self.thought_at, self.model))
        self.thoughts, self.summaries, self.thought_at = [], [], None


def _texts(parts: Value | None, skipped: Counter[str] | None = None) -> list[str]:
    """Return the texts of an item's content; what is no text is named and counted."""
    if parts is None:
        return []
    if isinstance(parts.data, str):
        return [parts.data]
    texts = []
    for part in parts.items():
        if (text := part.text_or_none("text")) is not None:
            texts.append(text)
        elif skipped is not None:
            kind = part.require("type").text()
            skipped[kind] += 1
            texts.append(f"[{kind}]")
    return texts


def _given(value: Value | None) -> str:
    """Return what a tool is given, or answers, as text."""
    if value is None:
        return ""
    return value.data if isinstance(value.data, str) else json.dumps(value.data, ensure_ascii=False)
