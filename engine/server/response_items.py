"""The output of a response: its items, and the events that tell how they come about."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

from engine.events import ToolCallFinished, ToolCallRequested
from engine.server.answer import BETWEEN, Delta
from engine.server.cited import find_cited
from engine.server.logprobs import describe_tokens
from engine.server.translation import PreparedChat
from engine.tools.browser.citations import read_display
from engine.tools.python.offering import PYTHON, read_code
from engine.tools.toolbox import Toolbox

Event = dict[str, Any]


class Items:
    """The output of a response as it comes about: its items, and the events that tell of them."""

    def __init__(
        self, prepared: PreparedChat, toolbox: Toolbox | None, *, tells_outputs: bool = False
    ) -> None:
        """Begin with none.

        Args:
            prepared: what is answered.
            toolbox: what our own tools work with, if they are asked for.
            tells_outputs: whether what the code of our own python wrote is told.
        """
        self.done: list[dict[str, Any]] = []
        self._tells_logprobs = prepared.chat.logprobs > 0
        self._alternatives = prepared.top_logprobs
        self._spell = prepared.chat.format.tokenizer.token_bytes
        self._tells_outputs = tells_outputs
        self._look_up = toolbox.look_up if toolbox else None
        self._open: dict[str, Any] | None = None
        self._container = f"cntr_{secrets.token_hex(12)}"
        """Python's, which ends with the response."""
        self._part: dict[str, Any] = {}
        """The open item's text, where it is not a call."""

    def hear(self, piece: Delta | ToolCallRequested | ToolCallFinished) -> Iterator[Event]:
        """Take more of the answer."""
        match piece:
            case Delta():
                yield from self._add(piece)
            case ToolCallRequested():
                yield from self.close()
                yield from self._begin_own(piece)
            case ToolCallFinished():
                yield from self._finish_own(piece)

    def _add(self, delta: Delta) -> Iterator[Event]:
        kinds = {"reasoning": "reasoning", "content": "message", "call": "function_call"}
        if self._open is None or delta.is_first or self._open["type"] != kinds[delta.kind]:
            if delta.text == BETWEEN:
                return  # items of their own need nothing between them
            yield from self.close()
            yield from self._begin(delta)
        if delta.kind == "call":
            if delta.text:
                assert self._open is not None  # noqa: S101
                self._open["arguments"] += delta.text
                yield self._told("function_call_arguments.delta", delta=delta.text)
            return
        self._part["text"] += delta.text
        more: Event = {"content_index": 0, "delta": delta.text}
        if delta.kind == "content":
            tokens = delta.tokens if self._tells_logprobs else ()
            more["logprobs"] = describe_tokens(tokens, self._alternatives, self._spell)
            self._part["logprobs"] += more["logprobs"]
        yield self._told(f"{self._part['type']}.delta", **more)

    def _begin(self, delta: Delta) -> Iterator[Event]:
        token = secrets.token_hex(12)
        if delta.call is not None:
            called = {"call_id": delta.call.id, "name": delta.call.name, "arguments": ""}
            self._open = {"id": f"fc_{token}", "type": "function_call", **called}
            self._part = {}
        elif delta.kind == "reasoning":
            self._open = {"id": f"rs_{token}", "type": "reasoning", "summary": [], "content": []}
            self._part = {"type": "reasoning_text", "text": ""}
        else:
            self._open = {"id": f"msg_{token}", "type": "message", "role": "assistant"}
            self._open["content"] = []
            self._part = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
        self._open["status"] = "in_progress"
        yield self._told("output_item.added", item=dict(self._open))
        if self._part:
            yield self._told("content_part.added", content_index=0, part=dict(self._part))

    def close(self, status: str = "completed") -> Iterator[Event]:
        """End the item that is open, if one is."""
        if (item := self._open) is None:
            return
        if part := self._part:
            if part["type"] == "output_text":
                yield from self._annotate(part)
            logprobs = {"logprobs": part["logprobs"]} if "logprobs" in part else {}
            text = {"content_index": 0, "text": part["text"], **logprobs}
            yield self._told(f"{part['type']}.done", **text)
            yield self._told("content_part.done", content_index=0, part=part)
            item["content"] = [part]
        elif item["type"] == "function_call":
            told = {"name": item["name"], "arguments": item["arguments"]}
            yield self._told("function_call_arguments.done", **told)
        item["status"] = status
        yield self._told("output_item.done", item=item)
        self.done.append(item)
        self._open = None

    def _annotate(self, part: dict[str, Any]) -> Iterator[Event]:
        """Say what the citations of our own browser's pages stand for; the text stays."""
        for cited in find_cited(part["text"], self._look_up):
            page = {"url": cited.reference.url, "title": cited.reference.title}
            place = {"start_index": cited.start, "end_index": cited.end}
            annotation = {"type": "url_citation", **page, **place}
            number = {"content_index": 0, "annotation_index": len(part["annotations"])}
            part["annotations"].append(annotation)
            yield self._told("output_text.annotation.added", **number, annotation=annotation)

    # --- our own tools ------------------------------------------------------------------------

    def _begin_own(self, call: ToolCallRequested) -> Iterator[Event]:
        token = secrets.token_hex(12)
        self._part = {}
        if call.recipient == PYTHON:
            self._open = {"id": f"ci_{token}", "type": "code_interpreter_call", "code": ""}
            self._open |= {"container_id": self._container, "outputs": None}
            self._open["status"] = "in_progress"
            yield self._told("output_item.added", item=dict(self._open))
            yield self._told("code_interpreter_call.in_progress")
            self._open["code"] = code = read_code(call.arguments)
            yield self._told("code_interpreter_call_code.delta", delta=code)
            yield self._told("code_interpreter_call_code.done", code=code)
            yield self._told("code_interpreter_call.interpreting")
        else:
            self._open = {"id": f"ws_{token}", "type": "web_search_call", "status": "in_progress"}
            self._open["action"] = _action(call)
            yield self._told("output_item.added", item=dict(self._open))
            yield self._told("web_search_call.in_progress")
            yield self._told("web_search_call.searching")

    def _finish_own(self, finished: ToolCallFinished) -> Iterator[Event]:
        assert self._open is not None  # noqa: S101
        if "action" in self._open:
            action, display = self._open["action"], read_display(finished.output)
            if display is not None and "url" in action:
                self._open["action"] = {**action, "url": display[1].url}
        elif self._tells_outputs:
            self._open["outputs"] = [{"type": "logs", "logs": finished.output}]
        yield self._told(f"{self._open['type']}.completed")
        yield from self.close("completed" if finished.outcome == "done" else "failed")

    def _told(self, kind: str, **fields: Any) -> Event:
        assert self._open is not None  # noqa: S101
        place: Event = {"output_index": len(self.done)}
        if not kind.startswith("output_item"):
            place["item_id"] = self._open["id"]
        return {"type": f"response.{kind}", **place, **fields}


def _action(call: ToolCallRequested) -> dict[str, Any]:
    """Return what a call of the browser does, as OpenAI's API has it.

    Which page it opens, or finds in, is known when it has done so, unless the call has its address.
    """
    try:
        given = json.loads(call.arguments)
    except (ValueError, RecursionError):
        given = {}
    given = given if isinstance(given, dict) else {}
    match call.recipient.rpartition(".")[2]:
        case "search":
            query = str(given.get("query", ""))
            return {"type": "search", "query": query, "queries": [query]}
        case "find":
            return {"type": "find_in_page", "pattern": str(given.get("pattern", "")), "url": ""}
        case _:
            named = given.get("id")
            return {"type": "open_page", "url": named if isinstance(named, str) else None}
