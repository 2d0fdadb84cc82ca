"""What requests may hold, in the words of OpenAI's API. What is not named here is ignored."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from engine.server.own_tools import Type

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh"]

NAME = r"^[A-Za-z0-9_.-]{1,64}$"
"""Of a function; a header of Harmony's holds any such name."""

TEXT_PARTS = {"text", "input_text", "output_text"}


class Body(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)


def _join_parts(value: Any) -> Any:
    """Return content that comes in parts as one text.

    Raises:
        ValueError: a part is no text.
    """
    return "\n".join(map(_read_part, value)) if isinstance(value, list) else value


def _read_part(part: Any) -> str:
    kind = part.get("type") if isinstance(part, dict) else None
    text = part.get("refusal" if kind == "refusal" else "text") if isinstance(part, dict) else None
    if not isinstance(kind, str) or kind not in {*TEXT_PARTS, "refusal"}:
        raise ValueError(f"only text can be read, no part of the type {str(kind)[:40]!r}")
    if not isinstance(text, str):
        raise ValueError("a part has no text")
    return text


def _list_stops(value: Any) -> Any:
    """Return one stop string as a list of one."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_join_parts)]
Stops = Annotated[
    list[Annotated[str, Field(min_length=1)]],
    BeforeValidator(_list_stops),
    Field(max_length=16),
]


# --- sampling ----------------------------------------------------------------------------------


class Sampling(Body):
    """How a completion is sampled; what is left out is as the server's settings have it."""

    model: str | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, ge=0, le=1)
    top_k: int | None = Field(default=None, ge=0)
    min_p: float | None = Field(default=None, ge=0, le=1)
    seed: int | None = None
    frequency_penalty: float | None = Field(default=None, ge=-2, le=2)
    presence_penalty: float | None = Field(default=None, ge=-2, le=2)
    repetition_penalty: float | None = Field(default=None, gt=0, le=2)
    logit_bias: dict[str, float] | None = None
    max_tokens: int | None = Field(default=None, ge=1)
    n: int | None = Field(default=None, ge=1, le=128)
    stop: Stops | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None

    @model_validator(mode="after")
    def _check_stream_options(self) -> Self:
        if self.stream_options is not None and not self.stream:
            raise ValueError("stream_options is for streaming, so it needs stream: true")
        return self

    @property
    def tells_usage(self) -> bool:
        """Whether the stream is to end with the usage."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)


class StreamOptions(Body):
    """What a stream holds besides."""

    include_usage: bool | None = None


# --- tools -------------------------------------------------------------------------------------


class FunctionDefinition(Body):
    """A function of the client's; ``parameters`` is a JSON schema."""

    name: str = Field(pattern=NAME)
    description: str | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class ToolDefinition(Body):
    """A tool that the model may call: a function of the client's, or one of our own by its type."""

    type: Literal["function", Type]
    function: FunctionDefinition | None = None

    @model_validator(mode="after")
    def _check_function(self) -> Self:
        if self.type == "function" and self.function is None:
            raise ValueError("the type function needs function, which says what can be called")
        return self


class OwnTool(Body):
    """Names one of our own tools, which the server runs."""

    type: Type


class FunctionName(Body):
    """Names a function."""

    name: str


class NamedTool(Body):
    """The one function that the model has to call."""

    type: Literal["function"]
    function: FunctionName


class CalledFunction(Body):
    """What was called, with the arguments as the model wrote them."""

    name: str = Field(pattern=NAME)
    arguments: str


class ToolCall(Body):
    """A call that the model made before."""

    id: str
    type: Literal["function"] = "function"
    function: CalledFunction


# --- chat --------------------------------------------------------------------------------------


class ChatMessage(Body):
    """One message of a conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Text | None = None
    reasoning: str | None = None
    reasoning_content: str | None = None
    refusal: str | None = None
    tool_calls: list[ToolCall] | None = None
    tool_call_id: str | None = None

    @model_validator(mode="after")
    def _check_role(self) -> Self:
        if self.role != "assistant":
            if self.content is None:
                raise ValueError(f"a message of the role {self.role} needs content")
            if self.tool_calls:
                raise ValueError("only messages of the role assistant have tool_calls")
        if self.role == "tool" and self.tool_call_id is None:
            raise ValueError("a message of the role tool needs the tool_call_id that it answers")
        return self

    @property
    def text(self) -> str:
        """What the message says."""
        return self.content or self.refusal or ""

    @property
    def thoughts(self) -> str:
        """The reasoning, under either of its names."""
        return self.reasoning or self.reasoning_content or ""


class JsonSchema(Body):
    """A schema that the answer has to satisfy."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    description: str | None = None
    schema_: dict[str, Any] = Field(alias="schema", default_factory=dict)
    strict: bool | None = None


class ResponseFormat(Body):
    """What the answer has to be."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None

    @model_validator(mode="after")
    def _check_schema(self) -> Self:
        if self.type == "json_schema" and self.json_schema is None:
            raise ValueError("the type json_schema needs json_schema with the schema")
        return self


class ChatRequest(Sampling):
    """The body of ``POST /v1/chat/completions``."""

    messages: list[ChatMessage] = Field(min_length=1)
    max_completion_tokens: int | None = Field(default=None, ge=1)
    reasoning_effort: Effort | None = None
    tools: list[ToolDefinition] | None = None
    tool_choice: Literal["none", "auto", "required"] | NamedTool | OwnTool | None = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = Field(default=None, ge=0, le=20)

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        if self.top_logprobs and not self.logprobs:
            raise ValueError("top_logprobs needs logprobs: true")
        given = {self.max_tokens, self.max_completion_tokens} - {None}
        if len(given) > 1:
            raise ValueError("max_tokens and max_completion_tokens differ; give one of them")
        names = [function.name for function in self.functions]
        if len(set(names)) < len(names):
            raise ValueError("two of the tools have the same name")
        choice = self.tool_choice
        if isinstance(choice, NamedTool) and choice.function.name not in names:
            raise ValueError(f"tool_choice names {choice.function.name!r}, which tools has not")
        if isinstance(choice, OwnTool) and choice.type not in self.own_tools:
            raise ValueError(f"tool_choice names {choice.type!r}, which tools has not")
        if choice == "required" and not self.tools:
            raise ValueError("tool_choice: required needs tools")
        return self

    @property
    def functions(self) -> list[FunctionDefinition]:
        """The client's own."""
        functions = (tool.function for tool in self.tools or () if tool.type == "function")
        return [function for function in functions if function is not None]

    @property
    def own_tools(self) -> list[Type]:
        """Which of our own tools are asked for."""
        return [tool.type for tool in self.tools or () if tool.type != "function"]

    @property
    def has_to_call(self) -> bool:
        """Whether a tool has to be called before anything is answered."""
        return self.tool_choice == "required" or isinstance(self.tool_choice, NamedTool | OwnTool)

    @property
    def limit(self) -> int | None:
        """How many tokens may be sampled, if it is said."""
        return self.max_completion_tokens or self.max_tokens


# --- raw completions -----------------------------------------------------------------------------


class CompletionRequest(Sampling):
    """The body of ``POST /v1/completions``: text or token ids that the model goes on from."""

    prompt: str | list[str] | list[int] | list[list[int]]
    echo: bool | None = None
    logprobs: int | None = Field(default=None, ge=0, le=20)
    suffix: None = None

    @model_validator(mode="after")
    def _check_prompt(self) -> Self:
        if isinstance(self.prompt, list) and not self.prompt:
            raise ValueError("prompt is an empty list")
        return self

    @property
    def prompts(self) -> list[str] | list[list[int]]:
        """Each text or list of token ids that is to be gone on from."""
        if isinstance(self.prompt, str):
            return [self.prompt]
        if isinstance(self.prompt[0], int):
            return [self.prompt]
        return self.prompt
