"""ChatGPT's export: ``conversations.json``, or one conversation of it.

A conversation is ``{title, create_time, mapping, current_node}``; ``mapping`` is a tree of nodes by
id, ``{id, message, parent, children}``, in which an edited question or a regenerated answer is
another child. Nodes without a message, or with an empty one, only hold the tree together: what
follows them follows their parent. All branches are kept; the one that ends in ``current_node`` is
the active one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.conversation.exchange.draft import (
    Draft,
    Said,
    call,
    known_channel,
    reasoning,
    result,
)
from engine.conversation.exchange.reading import Source, Value
from engine.conversation.messages import Session

NAME = "chatgpt"

ROLES = ("system", "developer", "user", "assistant", "tool")

EVERYONE = "all"
"""The recipient of what is no call."""

CONTEXT = ("user_editable_context", "model_editable_context")
"""Content that the person did not say: custom instructions and memories."""

TEXT_KEYS = (
    *("text", "result", "content", "output_str", "user_profile", "user_instructions"),
    *("model_set_context", "title", "url"),
)
"""Where content that has no parts keeps its text, all of which is taken."""


def recognises(value: Value) -> bool:
    """Whether the JSON of a file is such an export, or one conversation of it."""
    data = value.data
    if isinstance(data, list) and data:
        data = data[0]
    return isinstance(data, dict) and isinstance(data.get("mapping"), dict)


def read(value: Value, source: Source) -> tuple[list[Session], list[str]]:
    """Return the conversations, and what of them could not be kept.

    Raises:
        ExchangeError: something in it is not as it should be.
    """
    conversations = list(value.items()) if isinstance(value.data, list) else [value]
    sessions: list[Session] = []
    notes: list[str] = []
    for conversation in conversations:
        tree = _Tree(conversation, notes)
        tree.read()
        sessions.append(tree.session(source))
    return sessions, notes


@dataclass(slots=True)
class _Tree:
    """Makes a draft of a conversation's mapping."""

    conversation: Value
    notes: list[str]
    draft: Draft = field(default_factory=lambda: Draft(NAME))
    nodes: dict[str, Value] = field(default_factory=dict)
    become: dict[str, int | None] = field(default_factory=dict)
    """What follows a node: the message that it became, or the one that it follows itself."""

    def read(self) -> None:
        """Put all that was said into the draft, parents before their children."""
        self.nodes = dict(self.conversation.require("mapping").entries())
        parents = {id_: self._parent(node) for id_, node in self.nodes.items()}
        waiting = [id_ for id_ in reversed(self.nodes) if parents[id_] is None]
        children = self._children(parents)
        while waiting:
            id_ = waiting.pop()
            parent = parents[id_]
            self.draft.last = None if parent is None else self.become[parent]
            self._add(self.nodes[id_])
            self.become[id_] = self.draft.last
            waiting.extend(reversed(children.get(id_, [])))
        for id_, node in self.nodes.items():
            if id_ not in self.become:
                raise node.fail("this node is its own ancestor. Export the conversation again.")

    def session(self, source: Source) -> Session:
        """Return what was read."""
        self.draft.last = self._leaf()
        return self.draft.session(
            source.modified,
            self.conversation.time_or_none("create_time"),
            self.conversation.text_or_none("title") or "",
        )

    def _parent(self, node: Value) -> str | None:
        parent = node.text_or_none("parent")
        if parent is not None and parent not in self.nodes:
            raise node.require("parent").fail(
                f"there is no node {parent!r}. Export the conversation again."
            )
        return parent

    def _children(self, parents: Mapping[str, str | None]) -> dict[str, list[str]]:
        """Return each node's children in the order in which it lists them."""
        children: dict[str, list[str]] = {}
        for id_, parent in parents.items():
            if parent is not None:
                children.setdefault(parent, []).append(id_)
        for parent, found in children.items():
            listed = self.nodes[parent].get("children")
            if listed is not None and len(found) > 1:
                order = {child.text(): place for place, child in enumerate(listed.items())}
                found.sort(key=lambda id_: order.get(id_, len(order)))
        return children

    def _leaf(self) -> int | None:
        """Return the message that the conversation ends with, if the export tells."""
        current = self.conversation.get("current_node")
        if current is None:
            return None
        if current.text() not in self.become:
            raise current.fail(
                f"there is no node {current.text()!r}. Export the conversation again."
            )
        return self.become[current.text()]

    def _add(self, node: Value) -> None:
        message = node.get("message")
        if message is None:
            return
        for said in self._said(message):
            if said.role == "tool":
                self.draft.add_result(said, self.draft.last)
            else:
                self.draft.add(said)

    def _said(self, message: Value) -> Iterator[Said]:
        author = message.require("author")
        role = author.require("role")
        if role.text() not in ROLES:
            raise role.fail(f"there is no role {role.text()!r}; there are: {', '.join(ROLES)}.")
        content = message.get("content")
        if content is None:
            return
        kind = content.text_or_none("content_type") or "text"
        text = self._text(content, kind)
        if not text.strip():
            return
        time = message.time_or_none("create_time")
        match role.text():
            case "assistant":
                yield from _sampled(message, kind, text)
            case "tool":
                yield result(author.text_or_none("name") or "tool", text, time)
            case "user" if kind in CONTEXT:
                yield Said("developer", text, time=time)
            case other:
                yield Said(other, text, time=time)

    def _text(self, content: Value, kind: str) -> str:
        """Return what a message's content says; what is no text is named in its place."""
        if kind == "reasoning_recap":
            return ""  # "Thought for 6 seconds"
        if (thoughts := content.get("thoughts")) is not None:
            return "\n\n".join(_thought(thought) for thought in thoughts.items())
        if (parts := content.get("parts")) is not None:
            return "\n".join(filter(None, (self._part(part) for part in parts.items())))
        texts = [content.object().get(key) for key in TEXT_KEYS]
        found = [text for text in texts if isinstance(text, str) and text]
        if not found:
            self.notes.append(f"{content.place}: {kind!r} without text was left out.")
        return "\n\n".join(found)

    def _part(self, part: Value) -> str:
        if part.data is None:
            return ""
        if isinstance(part.data, str):
            return part.data
        if (text := part.get("text")) is not None:  # what was said aloud
            return text.text()
        kind = part.text_or_none("content_type") or "part"
        self.notes.append(f"{part.place}: this is no text but {kind!r} and was left out.")
        return f"[{kind}]"


def _sampled(message: Value, kind: str, text: str) -> Iterator[Said]:
    """Give what a message of the model's becomes."""
    time = message.time_or_none("create_time")
    metadata = message.get("metadata")
    model = "" if metadata is None else metadata.text_or_none("model_slug") or ""
    recipient = message.text_or_none("recipient") or EVERYONE
    if recipient != EVERYONE:
        yield call(recipient, text, time, model, is_json=_is_object(text))
    elif kind == "thoughts":
        yield reasoning(text, time, model)
    else:
        channel = known_channel(message.text_or_none("channel"), "final")
        yield Said("assistant", text, channel, time=time, model=model)


def _is_object(text: str) -> bool:
    return text.lstrip().startswith("{") and text.rstrip().endswith("}")


def _thought(thought: Value) -> str:
    title = thought.text_or_none("summary") or ""
    text = thought.text_or_none("content") or ""
    return "\n\n".join(part for part in (f"**{title}**" if title else "", text) if part)
