"""Everything that a listener can hear of an engine and of a turn.

One stream of these feeds the terminal, the one-shot command, the server and the voice call.
"""

from __future__ import annotations

from dataclasses import asdict, field, replace
from typing import TYPE_CHECKING, Any, Literal

from engine.values import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.tools.apply_patch import FileChange

HARMONY = "harmony"
"""The name of the format of all models that are prompted in Harmony."""

Finish = Literal["stop", "length", "cancelled", "error"]
"""Why a turn ended: the model was done, a limit was reached, the person stopped it, it failed."""

Ending = Literal["end", "return", "call", "cut"]
"""What closed a message: ``<|end|>``, ``<|return|>``, ``<|call|>``, or nothing (it was cut).

The stop token of a model with its own chat template is told as ``return``.
"""


@value
class ModelInfo:
    """What is known of a loaded model."""

    name: str
    path: str
    weight_bytes: int
    """Bytes of memory that the weights take."""
    quantization: str
    context_length: int
    """Tokens."""
    device: str
    load_seconds: float
    is_demo: bool = False
    defaults: dict[str, float] = field(default_factory=dict)
    """Hyperparameters that the model's own ``generation_config.json`` asks for."""
    vocabulary: Literal["harmony", "own"] = "harmony"
    """Whose tokens it reads: Harmony's, or those of its ``tokenizer.json``."""
    prompts: Literal["harmony", "template"] = "harmony"
    """How it is spoken to; with its own chat template all that it samples is one final message."""
    dialect_reason: str = ""
    """Why it is so."""


# --- loading ---------------------------------------------------------------------------------


@value
class LoadProgress:
    """Loading goes on: what is being done, and how far it is, 0 to 1."""

    step: str
    fraction: float


@value
class ModelLoaded:
    """The model answers from now on."""

    info: ModelInfo


@value
class LoadFailed:
    """The model could not be loaded; the message says what to do."""

    message: str
    is_unloaded: bool = False
    """Whether no model is loaded now: there was none, or it was let go to make room."""


# --- a turn ----------------------------------------------------------------------------------


@value
class TurnStarted:
    """The person's words were taken."""

    text: str
    is_retry: bool = False
    """Whether the same words were answered before; that answer is no part of the prompt now."""
    message: int | None = None
    """The id of the words in ``Chat.session``, by which they can be edited."""
    in_place_of: int | None = None
    """The earlier words that these are an edited version of. They, and all that was told after
    them, are no part of the conversation as it stands."""


@value
class TurnContinued:
    """The last turn goes on where it was cut, or from a place before that.

    ``message`` is the number of the message that is open there: its ``MessageClosed`` comes again,
    with all its tokens. ``text`` is what of its text stands, half a character at its end left out.
    """

    message: int | None
    text: str
    next_message: int | None = None
    """Messages of this number and more that were told before do not hold: others come instead."""
    next_call: int | None = None
    """The same for tool calls."""
    token: int | None = None
    """The number of the turn's sampled token that comes next."""
    put: tuple[int, ...] = ()
    """What the person put there, told next as if the model had sampled it."""


@value
class Waiting:
    """The turn waits: the engine does something else first, such as another conversation's turn."""


@value
class PrefillProgress:
    """The prompt is being read; ``cached`` of its ``total`` tokens were there already."""

    done: int
    total: int
    cached: int
    tokens_per_second: float
    seconds_left: float = 0.0
    """At the rate so far; 0 also where nothing was read yet that would tell."""


@value
class MessageOpened:
    """The model began a message: its header is complete.

    The role is ``assistant``, or who the model pretended to be; such a message has neither channel
    nor recipient. One of the assistant's has a channel: analysis, commentary or final.
    """

    message: int
    role: str
    channel: str | None
    recipient: str | None
    """The tool that is called, by its declared name if it has one, whatever the channel."""
    content_type: str | None


@value
class TextDelta:
    """More text of an open message, never half a character."""

    message: int
    channel: str | None
    text: str


@value
class MessageClosed:
    """A message is over. ``tokens`` are the sampled ids, header and ending included.

    The tokens of all messages, joined, are what was sampled. A message without a channel is no part
    of the conversation: another's role was forged, or its tokens make no message at all (a header
    that was cut, an ending with nothing to end) and it was never opened.
    """

    message: int
    role: str
    channel: str | None
    recipient: str | None
    content_type: str | None
    text: str
    tokens: Sequence[int]
    ending: Ending
    irregular: bool = False
    """Whether the model broke the format here; the text is all that it sampled."""


@value
class ToolCallRequested:
    """The model wants to call a tool. ``needs_approval`` says that an answer is waited for."""

    call: int
    recipient: str
    arguments: str
    """As the model wrote them: JSON for functions, code for ``python``."""
    effects: str
    """What it touches outside the program, in a few words; empty if that is nothing."""
    needs_approval: bool
    place: str = ""
    """Where it runs, such as ``this program`` or ``sandbox: bubblewrap``; empty if it is no tool's.
    """
    changes: tuple[FileChange, ...] = ()
    """What it would do to files, worked out without doing it."""
    reason: str = ""
    """Why it is asked about; empty if it is not."""
    choices: tuple[str, ...] = ("once",)
    """For how long an answer to that can hold: ``once``, ``session``, ``always``, ``never``."""


@value
class ToolCallStarted:
    """The call was allowed and runs."""

    call: int
    allowed_by: str = ""
    """``you`` where the person was asked, or what made the question unnecessary."""


@value
class ToolOutput:
    """More of what a call that runs has written, in the text that a person reads.

    It is not kept: what the model reads of the whole comes with ``ToolCallFinished``.
    """

    call: int
    text: str


@value
class ToolCallFinished:
    """The call is over; ``output`` is what the model reads."""

    call: int
    outcome: Literal["done", "failed", "declined"]
    """``declined`` is also a call that was refused without a question; the output says why."""
    output: str
    seconds: float
    """How long it ran; the time that it waited for an answer is not in it."""
    tokens: int = 0
    """How many the model reads for it: the result as it was rendered."""
    figures: tuple[str, ...] = ()
    """Paths of pictures that it drew, PNG; ``engine.tools.python.Figure`` reads them safely."""


@value
class CallRunAgain:
    """What is told of a call that the person has made once more; no turn has a part in it.

    Its number is below zero, so that it is no turn's.
    """

    event: ToolCallRequested | ToolCallStarted | ToolOutput | ToolCallFinished


@value
class HyperparametersChanged:
    """From this sampled token of the turn on, other hyperparameters act."""

    token: int
    """The first one that was sampled by them, from 0."""
    changes: dict[str, object] = field(default_factory=dict)
    later: dict[str, object] = field(default_factory=dict)
    """Those that were changed too, and act from the next turn on."""


Origin = Literal["sampled", "drafted", "forced", "person"]
"""How a token of a turn came about.

It was sampled; sampled and found to be what was guessed from earlier text; the only one that the
rules of the answer allowed; or put there by the person.
"""


@value
class Alternative:
    """A token that could have stood somewhere; ``logprob`` is as in ``TokenSampled``."""

    token: int
    text: str
    logprob: float


@value
class TokenSampled:
    """One more token of the turn, told before what it brings about, if ``Chat.logprobs`` asks.

    ``logprob`` is the natural logarithm of its probability to the model itself: temperature 1,
    nothing penalised, cut or ruled out. It is None for what the person put there.
    """

    number: int
    """Of the turn's sampled tokens, from 0."""
    token: int
    text: str
    """What it stands for by itself: U+FFFD for part of a character, control tokens spelled out."""
    logprob: float | None
    alternatives: tuple[Alternative, ...]
    """The likeliest tokens, likeliest first; the chosen one may be among them."""
    origin: Origin


EndOfThinking = Literal["person", "budget", "loop"]


@value
class ThinkingFinished:
    """The analysis was ended before the model ended it; its answer follows.

    ``token`` counts the turn's sampled tokens; ``reason`` is who or what ended it.
    """

    token: int
    reason: EndOfThinking


@value
class AnswerSpoken:
    """A message was spoken, to its end or until the person stopped it."""

    message: int
    heard: int
    """Characters of its text."""
    is_whole: bool


@value
class Notice:
    """Something that the person should know; the turn goes on."""

    message: str


@value
class DecodeProgress:
    """Sampling goes on; sent a few times a second."""

    sampled: int
    tokens_per_second: float
    context_used: int
    context_length: int


@value
class Statistics:
    """Figures of one turn, its tool calls' rounds added up. Rates are tokens per second."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    sampled_tokens: int = 0
    prefill_seconds: float = 0.0
    decode_seconds: float = 0.0
    first_token_seconds: float = 0.0
    context_used: int = 0
    context_length: int = 0
    drafted_tokens: int = 0
    """Guessed from earlier text and read several at a time."""
    accepted_tokens: int = 0
    """How many of those were then sampled."""

    @property
    def prefill_rate(self) -> float:
        """Prompt tokens read per second, those found in the cache not counted."""
        return _rate(self.prompt_tokens - self.cached_tokens, self.prefill_seconds)

    @property
    def acceptance(self) -> float:
        """Which share of the guessed tokens was sampled, 0 to 1; 0 where none was guessed."""
        return self.accepted_tokens / self.drafted_tokens if self.drafted_tokens else 0.0

    @property
    def decode_rate(self) -> float:
        """Tokens sampled per second."""
        return _rate(self.sampled_tokens, self.decode_seconds)


@value
class TurnEnded:
    """The turn is over; ``message`` says more where it did not end by itself."""

    finish: Finish
    statistics: Statistics
    message: str = ""


Event = (
    LoadProgress
    | ModelLoaded
    | LoadFailed
    | TurnStarted
    | TurnContinued
    | Waiting
    | PrefillProgress
    | MessageOpened
    | TextDelta
    | MessageClosed
    | TokenSampled
    | ToolCallRequested
    | ToolCallStarted
    | ToolOutput
    | ToolCallFinished
    | CallRunAgain
    | HyperparametersChanged
    | ThinkingFinished
    | DecodeProgress
    | AnswerSpoken
    | Notice
    | TurnEnded
)


def to_plain(event: Event) -> dict[str, Any]:
    """Return an event as what JSON has; of a change of a file it has the unified diff."""
    plain = {"event": type(event).__name__}
    if not isinstance(event, ToolCallRequested):
        return plain | asdict(event)
    changes = [
        {"action": each.action, "path": each.path, "moved_from": each.moved_from, "diff": each.diff}
        for each in event.changes
    ]
    return plain | asdict(replace(event, changes=())) | {"changes": changes}


def _rate(count: int, seconds: float) -> float:
    return count / seconds if seconds > 0 else 0.0
