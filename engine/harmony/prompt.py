"""A conversation as the exact tokens that the model reads.

openai-harmony renders each message by itself; what the model wrote is kept as it was sampled,
never decoded and encoded again. The history rule is the format's own ("docs/format.md" of
openai/harmony): a turn's analysis, with the calls of python and browser that are part of it, is
read by the model until the turn is over and then dropped, and ``<|return|>`` becomes ``<|end|>``.
The library's own rule (``auto_drop_analysis``) does something else and is not used.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openai_harmony import (
    Author,
    Content,
    DeveloperContent,
    Message,
    ReasoningEffort,
    RenderOptions,
    Role,
    SystemContent,
    TextContent,
    ToolDescription,
    ToolNamespaceConfig,
)

from engine.config.hyperparameters import Effort
from engine.events import MessageClosed
from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    END,
    END_OF_TEXT,
    MESSAGE,
    RETURN,
    START,
    in_parts,
    load_encoding,
)
from engine.values import value

REASONING = {
    "low": ReasoningEffort.LOW,
    "medium": ReasoningEffort.MEDIUM,
    "high": ReasoningEffort.HIGH,
}

BUILT_IN = {"browser": ToolNamespaceConfig.browser, "python": ToolNamespaceConfig.python}
"""The namespaces that the system message describes. Their tools are part of thinking, and are
called on the analysis channel."""

ASSISTANT_ROLE = 173781
"""The word ``assistant`` is one ordinary token."""

ASSISTANT = (START, ASSISTANT_ROLE)
"""What a prompt ends with: the model goes on from here."""

FINAL_CHANNEL = 17196
"""The word ``final`` is one ordinary token, too."""

ANSWER = (*ASSISTANT, CHANNEL, FINAL_CHANNEL, MESSAGE)
"""What a prompt ends with where the model has to answer without more reasoning."""


@value
class FunctionDescription:
    """A function as the developer message describes it; ``parameters`` is a JSON schema, if any."""

    name: str
    description: str
    parameters: dict[str, Any] | None


def clean(text: str) -> str:
    """Return text with lone surrogates, which no token stands for, replaced by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _contents(text: str) -> list[Content]:
    """Return a text for a message, in parts that are read as one."""
    return [TextContent(text=part) for part in in_parts(clean(text))]


def _render(message: Message, *, has_functions: bool = False) -> tuple[int, ...]:
    options = RenderOptions(conversation_has_function_tools=has_functions)
    return tuple(load_encoding().render(message, options))


@functools.lru_cache(maxsize=64)
def render_system(
    effort: Effort,
    date: str | None,
    *,
    has_functions: bool,
    identity: str | None = None,
    knowledge_cutoff: str | None = None,
    built_in: tuple[str, ...] = (),
) -> tuple[int, ...]:
    """Return the tokens of the system message; nothing in its texts can become a control token.

    Args:
        effort: how long the model is to reason.
        date: today's, as ``2026-11-24``; None leaves it out.
        has_functions: whether the developer message describes functions.
        identity: who the model is; None is what it was trained with, empty leaves it out.
        knowledge_cutoff: until when it knows the world; None and empty as for ``identity``.
        built_in: the tools of ``BUILT_IN`` that there are, described in the words that the model
            was trained with.
    """
    content = SystemContent.new().with_reasoning_effort(REASONING[effort])
    if date is not None:
        content = content.with_conversation_start_date(clean(date))
    if identity is not None:
        content.model_identity = clean(identity) or None
    if knowledge_cutoff is not None:
        content.knowledge_cutoff = clean(knowledge_cutoff) or None
    for namespace in built_in:
        content = content.with_tools(BUILT_IN[namespace]())
    message = Message.from_role_and_content(Role.SYSTEM, content)
    return _render(message, has_functions=has_functions)


def render_developer(
    instructions: str, functions: Sequence[FunctionDescription]
) -> tuple[int, ...]:
    """Return the tokens of the developer message; none where it would be empty."""
    if not instructions and not functions:
        return ()
    content = DeveloperContent.new()
    if instructions:
        content = content.with_instructions(clean(instructions))
    if functions:
        content = content.with_function_tools([_describe(f) for f in functions])
    message = Message.from_role_and_content(Role.DEVELOPER, content)
    return _render(message, has_functions=bool(functions))


def _describe(function: FunctionDescription) -> ToolDescription:
    """Return a function as the library takes it, whatever anyone's tool says of itself."""
    spelled = clean(json.dumps(function.parameters, ensure_ascii=False))
    # Numbers that are none in JSON become null, since the library takes nothing else.
    parameters = json.loads(spelled, parse_constant=lambda _: None)
    return ToolDescription.new(clean(function.name), clean(function.description), parameters)


def render_user(text: str) -> tuple[int, ...]:
    """Return the tokens of a user message; nothing in the text can become a control token."""
    return _render(Message.from_role_and_contents(Role.USER, _contents(text)))


def render_tool_result(
    recipient: str, text: str, channel: str | None = "commentary"
) -> tuple[int, ...]:
    """Return the tokens of a tool's answer, on the channel that the call came on."""
    author = Author.new(Role.TOOL, clean(recipient))
    message = Message(author=author, content=_contents(text)).with_recipient("assistant")
    if channel is not None:
        message = message.with_channel(clean(channel))
    return _render(message)


def render_assistant(
    channel: str | None, recipient: str | None, content_type: str | None, text: str
) -> tuple[int, ...]:
    """Return the tokens of a message of the model's that could not be kept as it was sampled."""
    message = Message.from_role_and_contents(Role.ASSISTANT, _contents(text))
    if channel is not None:
        message = message.with_channel(clean(channel))
    if recipient is not None:
        message = message.with_recipient(clean(recipient))
        if content_type is not None:
            message = message.with_content_type(clean(f"<|constrain|>{content_type}"))
    return _render(message)


@functools.lru_cache(maxsize=8)
def render_dialogue(said: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
    """Return the tokens of what person and model said, as roles (user, assistant) and texts."""
    return tuple(
        token
        for role, text in said
        for token in (
            render_user(text) if role == "user" else render_assistant("final", None, None, text)
        )
    )


@value
class Segment:
    """One message of a conversation: what it says, and the tokens that the model reads for it."""

    role: str
    text: str
    tokens: tuple[int, ...]
    channel: str | None = None
    recipient: str | None = None
    content_type: str | None = None
    is_complete: bool = True
    is_irregular: bool = False
    """Whether the model broke the format, so that later turns had better not read it as it is."""

    @property
    def is_reasoning(self) -> bool:
        """Whether it is analysis, which is dropped once its turn is over."""
        return self.role == "assistant" and self.channel == "analysis" and self.recipient is None

    @property
    def is_looking_up(self) -> bool:
        """Whether it is a call of a built-in tool in the middle of thinking, or what came of it.

        Of what was found the answer tells; the citations in it stand for themselves.
        """
        is_built_in = (self.recipient or "").partition(".")[0] in BUILT_IN
        return is_built_in and self.channel == "analysis"


def _sampled(closed: MessageClosed) -> Segment:
    """Return the segment of a message as it was sampled, its beginning put back if it lacks it."""
    tokens = tuple(closed.tokens)
    if tokens[:1] == (ASSISTANT_ROLE,):
        tokens = (START, *tokens)
    elif tokens[:1] != (START,):
        tokens = ASSISTANT + tokens
    return Segment(
        closed.role,
        closed.text,
        tokens,
        closed.channel,
        closed.recipient,
        closed.content_type,
        is_complete=closed.ending != "cut",
        is_irregular=closed.irregular,
    )


def _settled(segment: Segment) -> Segment | None:
    """Return a segment as later turns read it, or None if they do not."""
    if segment.is_looking_up:
        return None
    if segment.role != "assistant":
        return segment
    if segment.is_reasoning or (segment.recipient is not None and not segment.is_complete):
        return None
    tokens = segment.tokens
    if segment.is_irregular:
        tokens = render_assistant(
            segment.channel, segment.recipient, segment.content_type, segment.text
        )
    elif tokens[-1] in (RETURN, END_OF_TEXT):
        tokens = (*tokens[:-1], END)
    elif tokens[-1] not in (END, CALL):
        tokens = (*tokens, END)
    # Not by replace(), which takes twice as long, and a long session has thousands.
    said = (segment.channel, segment.recipient, segment.content_type)
    return Segment(segment.role, segment.text, tokens, *said)


@value
class LeftOut:
    """How much of a conversation the model does not read any more."""

    turns: int
    tokens: int


@dataclass(slots=True)
class Transcript:
    """The messages of a conversation: a preamble, the turns that are over, and the running one.

    Where they get too long, the oldest turns can be left out of what the model reads. They stay
    in ``settled``.
    """

    preamble: tuple[int, ...] = ()
    """The tokens of the system and developer messages."""
    instructions: str = ""
    """What the developer message says, for models that are not prompted in Harmony."""
    opening: tuple[tuple[str, str], ...] = ()
    """Roles and texts of what comes before the first turn; in Harmony the preamble ends with it."""
    settled: list[Segment] = field(default_factory=list)
    running: list[Segment] = field(default_factory=list)
    _last: list[Segment] = field(default_factory=list)
    """The last turn as it ran."""
    _last_start: int = 0
    """Where it begins in ``settled``."""
    limit: int = 0
    """The length of context, in tokens, that what is left out was chosen for."""
    _first_read: int = 0
    """Where in ``settled`` begins what the model still reads."""

    def begin_turn(self, text: str) -> None:
        """Take what the person says; a turn that was left open is settled first."""
        self.settle_turn()
        self.running.append(Segment("user", text, render_user(text)))

    def add_sampled(self, closed: MessageClosed) -> None:
        """Take a message that the model sampled.

        One that forges another's role is left out, and so are tokens that make no message.
        """
        if closed.role == "assistant" and closed.channel is not None and closed.tokens:
            self.running.append(_sampled(closed))

    def add_text(self, closed: MessageClosed) -> None:
        """Take a final message of a model whose tokens are not Harmony's."""
        tokens = render_assistant("final", None, None, closed.text)
        is_complete = closed.ending != "cut"
        segment = Segment("assistant", closed.text, tokens, "final", is_complete=is_complete)
        self.running.append(segment)

    def add_tool_result(self, recipient: str, text: str, channel: str | None) -> None:
        """Take what a tool answered to the last call."""
        tokens = render_tool_result(recipient, text, channel)
        self.running.append(Segment("tool", text, tokens, channel, recipient))

    def settle_turn(self) -> None:
        """Bring the running turn into the form in which later turns read it."""
        self._last, self._last_start = list(self.running), len(self.settled)
        self.settled.extend(s for s in map(_settled, self.running) if s is not None)
        self.running.clear()

    def reopen_turn(self) -> None:
        """Have the last turn, which is over, begin again: its answer was not given yet."""
        self.running[:] = self._last[:1]
        self._forget_last()

    def drop_turn(self) -> None:
        """Forget the last turn, which is over: what was said in it was never said."""
        self.running.clear()
        self._forget_last()

    def _forget_last(self) -> None:
        del self.settled[self._last_start :]
        self._last.clear()

    def leave_out(self, tokens: int) -> LeftOut:
        """Leave the oldest turns that are over out of what the model reads.

        Whole ones, and no more of them than make up so many tokens, if there are as many. The
        preamble and the running turn always stay.
        """
        turns, gone = 0, 0
        while gone < tokens and self.can_leave_out:
            end = self._end_of_turn(self._first_read)
            gone += sum(len(segment.tokens) for segment in self.settled[self._first_read : end])
            turns += 1
            self._first_read = end
        return LeftOut(turns, gone)

    @property
    def can_leave_out(self) -> bool:
        """Whether there is a turn that is over and still read."""
        return self._first_read < len(self.settled)

    def read_all(self) -> None:
        """Have the model read again what was left out."""
        self._first_read = 0

    @property
    def left_out(self) -> LeftOut:
        """What is left out now."""
        gone = self.settled[: self._first_read]
        turns = sum(segment.role == "user" for segment in gone)
        return LeftOut(turns, sum(len(segment.tokens) for segment in gone))

    def _end_of_turn(self, start: int) -> int:
        """Return where in ``settled`` the next turn begins after a place, or its end."""
        later = range(start + 1, len(self.settled))
        return next((n for n in later if self.settled[n].role == "user"), len(self.settled))

    def prompt(self) -> tuple[int, ...]:
        """Return the tokens that the model goes on from."""
        return _joined(self.preamble, *_tokens(self._read), *_tokens(self.running), ASSISTANT)

    def spoken(self) -> list[tuple[str, str]]:
        """Return role and text of what a model reads that knows neither channels nor tools.

        Roles alternate, which many chat templates insist on: texts of one role are joined.
        """
        spoken = [("system", self.instructions)] if self.instructions else []
        said = [*self.opening]
        for segment in (*self._read, *self.running):
            is_answer = segment.channel == "final" and segment.recipient is None
            if segment.role == "user" or (segment.role == "assistant" and is_answer):
                said.append((segment.role, segment.text))
        for role, text in said:
            if spoken and spoken[-1][0] == role:
                spoken[-1] = (role, f"{spoken[-1][1]}\n\n{text}")
            else:
                spoken.append((role, text))
        return spoken

    def history(self) -> tuple[int, ...]:
        """Return the tokens of the preamble and of the turns that are over and not left out."""
        return _joined(self.preamble, *_tokens(self._read))

    @property
    def history_length(self) -> int:
        """How many tokens ``history`` has."""
        return len(self.preamble) + sum(map(len, _tokens(self._read)))

    @property
    def _read(self) -> list[Segment]:
        return self.settled[self._first_read :]


def _tokens(segments: Iterable[Segment]) -> Iterator[tuple[int, ...]]:
    return (segment.tokens for segment in segments)


def _joined(*parts: tuple[int, ...]) -> tuple[int, ...]:
    joined: list[int] = []
    for part in parts:
        joined += part  # part by part, which is much sooner done than token by token
    return tuple(joined)
