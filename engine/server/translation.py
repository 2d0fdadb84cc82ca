"""A client's request as a turn of the engine's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import BaseModel

from engine.chat import AnswerForm, Chat
from engine.config.hyperparameters import Effort, HyperparameterError, Hyperparameters
from engine.events import HARMONY, Event, ModelInfo, TurnEnded
from engine.harmony.prompt import Segment, Transcript
from engine.harmony.tokenizer import ChatTemplateError
from engine.server.answer import Answer, Wanted
from engine.server.errors import ApiError, explain_failure, no_model, too_long
from engine.server.history import read_history, render_said
from engine.server.line import Tell
from engine.server.own_tools import OwnTools, Type, Unattended, name_of, open_tools
from engine.server.schemas import (
    ChatRequest,
    FunctionDefinition,
    NamedTool,
    OwnTool,
    ResponseFormat,
    Sampling,
)
from engine.server.served import ClientFunction, ServedTurn
from engine.tools.registry import NAMESPACE, Registry, Tool, ToolError
from engine.tools.toolbox import Toolbox
from engine.turn.forms import make_rules
from engine.turn.turn import HIGHEST_SEED
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.generation.rules import Rules

EFFORTS: dict[str, Effort] = {"none": "low", "minimal": "low", "xhigh": "high"}
"""What the API has and gpt-oss was not trained with, and what comes next to it."""

LONGEST_ANSWER = 131_072
SMALLEST_TOP_P = 1e-6
"""Stands for 0, which keeps the likeliest token alone."""

COPIED = (
    *("temperature", "top_k", "min_p", "frequency_penalty", "presence_penalty"),
    *("repetition_penalty", "logit_bias"),
)
"""What requests and the engine call by the same name."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What requests are answered with."""

    worker: Worker
    hyperparameters: Hyperparameters
    """Those that a request does not name."""
    is_guided: bool = True
    context_limit: int | None = None
    """The most tokens that prompt and answer have together, if the model could take more."""
    own_tools: OwnTools | None = None
    """Those that clients may ask for."""
    reads_ahead: bool = False
    """Whether a conversation is read on after an answer, as the client's next request has it."""

    def model(self, named: str | None) -> ModelInfo:
        """Return the loaded model.

        Args:
            named: what a client calls it; None takes what there is.

        Raises:
            ApiError: it is another one, or there is none.
        """
        model = self.worker.model
        if model is None:
            raise no_model()
        if named is not None and named.rpartition("/")[2] != model.name:
            raise ApiError(
                f"The model {named[:200]!r} is not served here. There is: {model.name}.",
                status=404,
                param="model",
                code="model_not_found",
            )
        return model

    def room(self, prompt: int, model: ModelInfo, param: str) -> int:
        """Return how many tokens can follow a prompt of so many.

        Raises:
            ApiError: none.
        """
        limit = min(model.context_length, self.context_limit or model.context_length)
        if prompt >= limit:
            raise too_long(prompt, limit, param)
        return limit - prompt


def read_sampling(base: Hyperparameters, asked: Sampling, limit: int | None) -> Hyperparameters:
    """Return the hyperparameters of a request.

    Args:
        base: stand where it names none.
        asked: the request.
        limit: how many tokens it allows, if it says so.

    Raises:
        ApiError: a value is none that can be set.
    """
    values = {name: getattr(asked, name) for name in COPIED}
    if asked.top_p is not None:
        values["top_p"] = max(SMALLEST_TOP_P, asked.top_p)
    if asked.seed is not None:
        values["seed"] = asked.seed & HIGHEST_SEED
    if limit is not None:
        values["max_tokens"] = min(limit, LONGEST_ANSWER)
    for name, value in values.items():
        if value is not None:
            try:
                base = base.with_values({name: value})
            except HyperparameterError as error:
                raise ApiError(str(error), param=name) from error
    return base


# --- chat --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreparedChat:
    """A conversation that can be answered, as often as it is wanted."""

    chat: Chat
    segments: tuple[Segment, ...]
    rules: Rules | None
    wanted: Wanted
    top_logprobs: int = 0
    """How many of the likeliest tokens are told with each token."""
    own_tools: tuple[Type, ...] = ()
    """Which of our own tools are asked for."""
    open_toolbox: Callable[[], Toolbox | None] = lambda: None
    """Gives what our own tools work with, if they are asked for: for one answer, which closes it.
    """
    rules_after: Rules | None = None
    """What is to be kept to once one of our own tools was called."""

    def choice(self, number: int) -> ChatWork:
        """Return the work of one answer; each has a seed, and tools of ours, of its own."""
        toolbox = self.open_toolbox()
        functions = [tool for tool in self.chat.tools if isinstance(tool, ClientFunction)]
        chat = Chat(
            self.chat.worker,
            hyperparameters=self.chat.hyperparameters,
            tools=Registry.of([*functions, *(toolbox.registry if toolbox else ())]),
            approval=self.chat.permissions,
            read_ahead=self.chat.reads_ahead,
        )
        chat.instructions = self.chat.instructions
        chat.is_guided, chat.form = self.chat.is_guided, self.chat.form
        chat.logprobs, chat.context_limit = self.chat.logprobs, self.chat.context_limit
        chat.transcript = replace(self.chat.transcript, settled=list(self.segments), running=[])
        seed = chat.hyperparameters.seed
        if seed >= 0 and number:
            value = {"seed": (seed + number) & HIGHEST_SEED}
            chat.hyperparameters = chat.hyperparameters.with_values(value)
        work = ChatWork(chat, self.rules, self.wanted, toolbox)
        work.turn.rules_after = self.rules_after
        return work


class ChatWork:
    """One answer on its way."""

    def __init__(
        self, chat: Chat, rules: Rules | None, wanted: Wanted, toolbox: Toolbox | None = None
    ) -> None:
        """Take what is to be answered, and what is closed when it is."""
        self.turn = ServedTurn(chat, rules, self._hear)
        self._chat = chat
        self._before = tuple(chat.transcript.settled)
        self._wanted = wanted
        self.toolbox = toolbox
        """What our own tools work with, if they are asked for."""
        self.answer: Answer
        """What came of it."""
        self.ended: TurnEnded

    def run(self, tell: Tell) -> None:
        """Answer, and tell each piece as it comes. Blocks.

        Raises:
            ApiError: the turn failed.
        """
        self.answer = Answer(self._wanted, tell, self.turn.cancel)
        try:
            self.ended = self.turn.answer()
        finally:
            if self.toolbox is not None:
                self.toolbox.close()
        if self.ended.finish == "error":
            raise explain_failure(self.turn.cause)
        if self.answer.content and not self.answer.calls:
            self._read_on()

    def _read_on(self) -> None:
        """Read the conversation as the next request has it: with the answer, without reasoning."""
        said = [segment for segment in self._before if segment.channel != "analysis"]
        answered = [*said, render_said("final", self.answer.content)]
        self._chat.transcript = replace(self._chat.transcript, settled=answered, running=[])
        self._chat.read_on()

    def _hear(self, event: Event) -> None:
        self.answer.hear(event)

    def cancel(self) -> None:
        """Have the turn end within a token."""
        self.turn.cancel()


def prepare_chat(engine: Engine, asked: ChatRequest) -> PreparedChat:
    """Return what a request asks for, with its prompt read and its rules made.

    Raises:
        ApiError: it cannot be answered.
    """
    model = engine.model(asked.model)
    hyperparameters = read_sampling(engine.hyperparameters, asked, asked.limit)
    if (effort := asked.reasoning_effort) is not None:
        chosen = EFFORTS.get(effort, effort)
        hyperparameters = hyperparameters.with_values({"effort": chosen})
    is_free = asked.tool_choice != "none"
    functions = [_function(defined) for defined in asked.functions] if is_free else []
    open_toolbox = partial(open_tools, engine.own_tools, asked.own_tools if is_free else ())
    toolbox = open_toolbox()
    own = [] if toolbox is None else [*toolbox.registry]
    chat = Chat(
        engine.worker,
        hyperparameters=hyperparameters,
        tools=Registry.of([*functions, *own]),
        approval=Unattended(),
        read_ahead=engine.reads_ahead,
    )
    chat.is_guided, chat.context_limit = engine.is_guided, engine.context_limit
    chat.logprobs = max(1, asked.top_logprobs or 0) if asked.logprobs else 0
    chat.form = _form(asked.response_format)
    _check_format(chat, asked)
    is_harmony = chat.format.name == HARMONY
    history = read_history(asked.messages, has_developer=is_harmony)
    described = _describe_form(asked.response_format)
    chat.instructions = "\n\n".join(filter(None, (history.instructions, described)))
    chat.transcript = Transcript(instructions=chat.instructions, settled=history.segments)
    length = _read_prompt(chat, is_harmony=is_harmony)
    engine.room(length, model, "messages")
    wanted = Wanted(
        functions=frozenset(function.recipient for function in functions),
        own=frozenset(tool.recipient for tool in own),
        stops=tuple(asked.stop or ()),
        has_form=chat.form is not None,
        one_call=asked.parallel_tool_calls is False,
        controls=chat.format.control_tokens,
    )
    rules, rules_after = _make_rules(chat, asked)
    return PreparedChat(
        chat,
        tuple(history.segments),
        rules,
        wanted,
        asked.top_logprobs or 0,
        tuple(asked.own_tools),
        open_toolbox,
        rules_after,
    )


def _left_to_the_client(*_: object) -> str:
    raise ToolError("the client runs this function itself")


def _function(defined: FunctionDefinition) -> ClientFunction:
    function = ClientFunction(
        defined.name,
        defined.description or "",
        arguments=BaseModel,
        run=_left_to_the_client,
        schema=defined.parameters or {},
        is_open=defined.strict is False,
    )
    try:
        json.dumps(function.parameters(), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ApiError(
            f"The parameters of {defined.name} are no JSON schema that can be used.",
            param="tools",
        ) from error
    return function


def _form(wanted: ResponseFormat | None) -> AnswerForm | None:
    if wanted is None or wanted.type == "text":
        return None
    schema = wanted.json_schema.schema_ if wanted.json_schema else {"type": "object"}
    try:
        return AnswerForm("schema", json.dumps(schema, allow_nan=False))
    except (ValueError, RecursionError) as error:
        message = "The schema of response_format is no JSON that can be used."
        raise ApiError(message, param="response_format") from error


def _describe_form(wanted: ResponseFormat | None) -> str:
    """Return what the developer says of the answer's form, as "docs/format.md" has it."""
    if wanted is None or wanted.json_schema is None:
        return ""
    schema = wanted.json_schema
    about = f"// {' '.join(schema.description.split())}\n" if schema.description else ""
    spelled = json.dumps(schema.schema_, ensure_ascii=False)
    return f"# Response Formats\n\n## {schema.name}\n\n{about}{spelled}"


def _check_format(chat: Chat, asked: ChatRequest) -> None:
    """See that the model can be given what is asked for.

    Raises:
        ApiError: it takes a model that speaks Harmony, or one with gpt-oss's vocabulary.
    """
    if chat.tools and chat.format.name != HARMONY:
        message = "This model has its own chat template and is given no tools. Ask without tools."
        raise ApiError(message, param="tools")
    needs_rules = {"response_format": chat.form is not None, "tool_choice": asked.has_to_call}
    for param, is_needed in needs_rules.items():
        if is_needed and not chat.format.has_rules:
            raise ApiError(
                f"{param} takes a model that speaks Harmony with gpt-oss's vocabulary, which this "
                "one is not. Ask without it.",
                param=param,
            )


def _read_prompt(chat: Chat, *, is_harmony: bool) -> int:
    """Give the conversation its beginning; return how many tokens the whole prompt has.

    Raises:
        ApiError: a model's chat template does not take the conversation, or Harmony a function.
    """
    try:
        if is_harmony:
            chat.transcript.preamble = chat.preamble()
        return len(chat.format.prompt(chat.transcript))
    except ChatTemplateError as error:
        raise ApiError(str(error), param="messages") from error
    except (ValueError, RuntimeError) as error:  # what openai-harmony raises of odd schemas
        message = "A function cannot be described to the model: its parameters are no JSON schema."
        raise ApiError(message, param="tools") from error


def _make_rules(chat: Chat, asked: ChatRequest) -> tuple[Rules | None, Rules | None]:
    """Return what the answer has to keep to, up to the first call of a tool of ours and after it.

    Raises:
        ApiError: nothing can keep to it.
    """
    from engine.generation.structure import Structure, StructureError

    first = rules = None
    try:
        if asked.has_to_call or (chat.format.has_rules and chat.is_guided):
            for tool in chat.tools:
                if isinstance(tool, ClientFunction):  # others are followed as far as they can be
                    name = f"the schema of {tool.recipient}"
                    Structure.of_schema(tool.parameters(), name, lenient=True)
        if asked.has_to_call:
            from engine.server.call_rules import make_call_rules  # brings MLX with it

            chat.is_guided = True
            first = make_call_rules(_choosable(chat.tools, asked))
            if not asked.own_tools:
                return first, None  # the call ends the turn
        if chat.format.has_rules and (chat.is_guided or chat.form is not None):
            rules = make_rules(chat.form, chat.tools, is_guided=chat.is_guided)
    except (StructureError, ValueError) as error:
        param = "tools" if chat.form is None else "response_format"
        raise ApiError(str(error), param=param) from error
    return first or rules, rules


def _choosable(tools: Iterable[Tool], asked: ChatRequest) -> Iterator[Tool]:
    """Give the tools one of which has to be called."""
    choice = asked.tool_choice
    for tool in tools:
        namespace, _, name = tool.recipient.rpartition(".")
        match choice:
            case NamedTool(function=chosen) if (namespace, name) != (NAMESPACE, chosen.name):
                continue
            case OwnTool(type=kind) if tool.recipient.partition(".")[0] != name_of(kind):
                continue
        yield tool
