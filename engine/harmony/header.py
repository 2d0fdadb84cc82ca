"""What a message says of itself before its text, read leniently from what the model sampled.

A header that the format allows ("docs/format.md" of openai/harmony) reads as the library reads it.
Any other text gives a header too: what can be understood is, and the rest is handed back as stray.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

CHANNELS = ("analysis", "commentary", "final")
NAMESPACE = "functions."
NOBODY = frozenset({"", "all", "assistant", "user"})
"""Recipients that are no tool: what is said to them is said to the person."""

CHANNEL_SPELLING = "<|channel|>"

# A name ends where a blank, a control token or the arguments begin.
_NAME = r"[^\s<{\[\"]*"
_TYPES = r"(?:json|code|text)"
_CHANNEL = r"\s*<\|channel\|>\s*"
_CONSTRAIN = r"\s*<\|constrain\|>\s*"
# "comment" stands for "commentary" in some outputs; what is glued on is a type or a recipient.
_CHANNEL_NAME = rf"(?:analysis|commentary|comment|final)(?=to=|{_TYPES}|[\W_]|$)"

_AUTHOR = re.compile(
    r"\s*(?:(?P<assistant>(?:assistant)+)|(?P<other>user|system|developer|tool))"
    r"(?=[\s<:]|to=|analysis|commentary|final|$)"
)
_FIRST_WORD = re.compile(r"\s*(?!to=)([^\s<]+)")
_AUTHOR_ENDS = re.compile(r"\s*(?:<|to=|$)")
_TO_ASSISTANT = re.compile(r"\s*to=assistant\b")
_TOOL = re.compile(r"(?:functions|browser)\.|python$")
_PIECE = re.compile(
    rf"{_CHANNEL}(?P<channel>{_CHANNEL_NAME})?"
    rf"|{_CONSTRAIN}(?P<constrained>\w+)?"
    rf"|\s*to=(?P<recipient>{_NAME})"
    r"|(?P<word>\s*(?:<\|\w+\|>|[^\s<]+|<))"
)
_LEADING = re.compile(
    rf"(?:\s*to={_NAME})?"
    rf"(?:{_CHANNEL}(?:{_CHANNEL_NAME})?(?:\s*to={_NAME})?(?:{_CONSTRAIN}\w+)?)*"
)
_LEADING_TYPE = re.compile(rf"\s*{_TYPES}\b")

_REGULAR = re.compile(
    rf"(?:assistant)?(?: to={_NAME})?<\|channel\|>(?:analysis|commentary|final)"
    rf"(?: to={_NAME})?(?: ?<\|constrain\|>\w+| {_TYPES})? ?"
)
_CHANNEL_BEGINNING = "|".join(name[:end] for name in CHANNELS for end in range(1, len(name) + 1))
_UNFINISHED = re.compile(
    r"(?:assistant)?(?: (?:to?|to=[^\s<]*)?)?"
    rf"(?:<\|channel\|>(?:{_CHANNEL_BEGINNING})?"
    rf"(?: (?:to?|to=[^\s<]*)?)?(?: ?(?:<\|constrain\|>\w*)?| {_TYPES})?)?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a message says of itself.

    A message of the assistant has one of the three channels; one that another seems to speak has
    neither channel nor recipient, so that nobody takes it for an answer or a call.
    """

    role: str = "assistant"
    channel: str | None = None
    recipient: str | None = None
    content_type: str | None = None
    stray: str = ""
    """Words of the header that have no place in it."""
    is_irregular: bool = True

    def says_nothing(self) -> bool:
        """Return whether nothing is lost if no text follows it."""
        return self.role == "assistant" and not (self.recipient or self.content_type or self.stray)


def read_header(text: str, is_started: bool = False, tools: Collection[str] = ()) -> Header:
    """Return what a header's text says; control tokens in it are spelled out.

    Args:
        text: what stands before ``<|message|>``.
        is_started: whether ``<|start|>`` stands before it; it is missing in the first header, which
            the prompt begins, and where the model forgets it.
        tools: the names of the declared tools, to which the recipient's spelling is matched.
    """
    draft = _Draft()
    role, end = _read_author(text, is_started, tools)
    for match in _PIECE.finditer(text.rstrip(), end):
        draft.place(match)
    return draft.header(text, role, tools)


def split_header(text: str, is_started: bool, tools: Collection[str] = ()) -> tuple[str, str]:
    """Return the header that a text without ``<|message|>`` begins with, and the rest of it.

    A role counts only after ``<|start|>``, or ``assistant`` if more of a header follows it: without
    that, it is the first word of a sentence.
    """
    role, end = _read_author(text, is_started, tools)
    cut = _leading_end(text, end)
    if not is_started and (role != "assistant" or cut == end):
        cut = _leading_end(text, 0)
    return text[:cut], text[cut:]


def _leading_end(text: str, start: int) -> int:
    match = _LEADING.match(text, start)
    assert match is not None  # noqa: S101
    has_recipient = "to=" in match[0]
    content_type = _LEADING_TYPE.match(text, match.end()) if has_recipient else None
    return (content_type or match).end()


def is_unfinished(text: str) -> bool:
    """Return whether a header is regular as far as it goes, so that its words are no text."""
    return _UNFINISHED.fullmatch(text) is not None


def match_tool(name: str, tools: Collection[str]) -> str:
    """Return the declared tool that a name means, or the name itself if there is none.

    Models leave ``functions.`` out or add it, write ``python.exec`` for ``python``, and glue the
    content type on, as in ``get_weatherjson``. A name that is declared means itself.
    """
    for spelled in (name, name.removesuffix("json")):
        bare = spelled.removeprefix(NAMESPACE)
        for candidate in (spelled, NAMESPACE + bare, bare, bare.partition(".")[0]):
            if candidate in tools:
                return candidate
    return name


def _read_author(text: str, is_started: bool, tools: Collection[str]) -> tuple[str, int]:
    """Return the role that a header begins with, and where it ends; without one, the assistant."""
    if match := _AUTHOR.match(text):
        is_role = is_started or match["assistant"] or _AUTHOR_ENDS.match(text, match.end())
        return (match["other"] or "assistant", match.end()) if is_role else ("assistant", 0)
    if match := _FIRST_WORD.match(text):
        word = match[1]
        is_tool = is_started and (_TOOL.match(word) or match_tool(word, tools) in tools)
        answers = _TO_ASSISTANT.match(text, match.end())
        if (is_tool or answers) and word not in CHANNELS:
            return word, match.end()
    return "assistant", 0


@dataclass(slots=True)
class _Draft:
    """A header's pieces, each put where it belongs as it is met."""

    channels: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    content_types: list[str] = field(default_factory=list)
    stray: str = ""

    def place(self, match: re.Match[str]) -> None:
        if (channel := match["channel"]) is not None:
            self.channels.append("commentary" if channel == "comment" else channel)
        elif (recipient := match["recipient"]) is not None:
            self._add_once(self.recipients, recipient, f" to={recipient}")
        elif (content_type := match["constrained"]) is not None:
            self._add_once(self.content_types, content_type, " " + content_type)
        elif (word := match["word"]) is not None:
            self._place_word(word)

    def _place_word(self, word: str) -> None:
        bare = word.strip()
        if bare in CHANNELS and not self.channels:
            self.channels.append(bare)
        elif re.fullmatch(_TYPES, bare):
            self._add_once(self.content_types, bare, word)
        else:
            self.stray += word

    def _add_once(self, values: list[str], value: str, spelled: str) -> None:
        """Take the first value; another one has no place, and the same one says nothing new."""
        if not values:
            values.append(value)
        elif value not in values:
            self.stray += spelled

    def header(self, text: str, role: str, tools: Collection[str]) -> Header:
        content_type = self.content_types[0] if self.content_types else None
        spelled = self.recipients[0] if self.recipients else ""
        recipient = None if spelled in NOBODY else match_tool(spelled, tools)
        if role != "assistant":
            stray = self.stray if recipient is None else f"to={spelled}{self.stray}"
            return Header(role, content_type=content_type, stray=stray.strip())
        channel = self.channels[-1] if self.channels else "final"
        is_final_call = recipient is not None and channel == "final"
        is_irregular = (
            _REGULAR.fullmatch(text) is None
            or text.count("to=") > 1
            or (bool(self.recipients) and recipient != spelled)
            or is_final_call
        )
        # The recipient decides what is a call, and a call is no answer.
        channel = "commentary" if is_final_call else channel
        stray = self.stray.strip()
        return Header(role, channel, recipient, content_type, stray, is_irregular=is_irregular)
