"""What ``POST /v1/responses`` takes, and how it says what a chat completion says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from engine.server.schemas import (
    NAME,
    Body,
    CalledFunction,
    ChatMessage,
    ChatRequest,
    Effort,
    FunctionDefinition,
    FunctionName,
    JsonSchema,
    NamedTool,
    OwnTool,
    ResponseFormat,
    Text,
    ToolCall,
    ToolDefinition,
)

LOGPROBS = "message.output_text.logprobs"
OUTPUTS = "code_interpreter_call.outputs"
"""What a request has to include that wants it told."""


class MessageItem(Body):
    """Something that was said."""

    type: Literal["message"] = "message"
    role: Literal["system", "developer", "user", "assistant"]
    content: Text


class CallItem(Body):
    """A call that the model made before."""

    type: Literal["function_call"]
    call_id: str
    name: str = Field(pattern=NAME)
    arguments: str


class ResultItem(Body):
    """What a call gave."""

    type: Literal["function_call_output"]
    call_id: str
    output: Text


class ThoughtPart(Body):
    """Part of what the model thought."""

    text: str


class ThoughtItem(Body):
    """What the model thought before."""

    type: Literal["reasoning"]
    content: list[ThoughtPart] | None = None

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(part.text for part in self.content or ())


class OwnCallItem(Body):
    """A call of one of our own tools in an earlier answer, which that answer tells the result of.

    It was part of thinking, so it is not read again.
    """

    type: Literal["code_interpreter_call", "web_search_call"]


Item = Annotated[
    MessageItem | CallItem | ResultItem | ThoughtItem | OwnCallItem, Field(discriminator="type")
]


def _name_types(value: Any) -> Any:
    """Return input as a list of items each of which says its type.

    Raises:
        ValueError: an item is of a type that is not supported.
    """
    if isinstance(value, str):
        return [{"type": "message", "role": "user", "content": value}]
    if not isinstance(value, list):
        return value
    return [
        {**item, "type": "message"} if isinstance(item, dict) and not item.get("type") else item
        for item in value
    ]


class FunctionTool(FunctionDefinition):
    """A function of the client's."""

    type: Literal["function"]


class ChosenFunction(FunctionName):
    """The one function that the model has to call."""

    type: Literal["function"]


class TextFormat(Body):
    """What the answer has to be."""

    type: Literal["text", "json_object", "json_schema"]
    name: str | None = None
    description: str | None = None
    schema_: dict[str, Any] | None = Field(alias="schema", default=None)
    strict: bool | None = None

    @model_validator(mode="after")
    def _check_schema(self) -> Self:
        if self.type == "json_schema" and (self.name is None or self.schema_ is None):
            raise ValueError("the type json_schema needs name and schema")
        return self


class TextOptions(Body):
    """How the answer's text is to be."""

    format: TextFormat | None = None


class ReasoningOptions(Body):
    """How long the model is to reason."""

    effort: Effort | None = None


class ResponseRequest(Body):
    """The body of ``POST /v1/responses``."""

    model: str | None = None
    input: Annotated[list[Item], BeforeValidator(_name_types), Field(min_length=1)]
    instructions: str | None = None
    previous_response_id: str | None = None
    tools: list[Annotated[FunctionTool | OwnTool, Field(discriminator="type")]] | None = None
    tool_choice: Literal["none", "auto", "required"] | ChosenFunction | OwnTool | None = None
    parallel_tool_calls: bool | None = None
    reasoning: ReasoningOptions | None = None
    text: TextOptions | None = None
    max_output_tokens: int | None = Field(default=None, ge=1)
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, ge=0, le=1)
    top_logprobs: int | None = Field(default=None, ge=0, le=20)
    include: list[str] | None = None
    metadata: dict[str, str] | None = None
    store: bool | None = None
    stream: bool | None = None
    background: Literal[False] | None = None

    def to_chat(self, earlier: Sequence[ChatMessage]) -> ChatRequest:
        """Return the same request as a chat completion's.

        Args:
            earlier: what was said before the input.

        Raises:
            ValidationError: its parts do not go together.
        """
        has_logprobs = bool(self.top_logprobs) or LOGPROBS in (self.include or ())
        said = [*earlier, *read_items(self.input)]
        if self.instructions:
            said.insert(0, ChatMessage(role="developer", content=self.instructions))
        return ChatRequest(
            model=self.model,
            messages=said,
            temperature=self.temperature,
            top_p=self.top_p,
            max_completion_tokens=self.max_output_tokens,
            reasoning_effort=self.reasoning.effort if self.reasoning else None,
            tools=[
                ToolDefinition(type="function", function=tool)
                if isinstance(tool, FunctionTool)
                else ToolDefinition(type=tool.type)
                for tool in self.tools or ()
            ],
            tool_choice=_choice(self.tool_choice),
            parallel_tool_calls=self.parallel_tool_calls,
            response_format=_form(self.text.format if self.text else None),
            logprobs=has_logprobs,
            top_logprobs=self.top_logprobs,
        )


def _choice(
    chosen: Literal["none", "auto", "required"] | ChosenFunction | OwnTool | None,
) -> Literal["none", "auto", "required"] | NamedTool | OwnTool | None:
    if isinstance(chosen, ChosenFunction):
        return NamedTool(type="function", function=FunctionName(name=chosen.name))
    return chosen


def _form(wanted: TextFormat | None) -> ResponseFormat | None:
    if wanted is None:
        return None
    if wanted.type != "json_schema":
        return ResponseFormat(type=wanted.type)
    schema = JsonSchema(
        name=wanted.name or "", description=wanted.description, schema=wanted.schema_ or {}
    )
    return ResponseFormat(type="json_schema", json_schema=schema)


def read_items(items: Sequence[Item]) -> list[ChatMessage]:
    """Return items as messages: what the model thought, said and called at once is one of them."""
    messages: list[ChatMessage] = []
    thoughts = ""
    for item in items:
        match item:
            case ThoughtItem():
                thoughts = "\n\n".join(filter(None, (thoughts, item.text)))
                continue
            case OwnCallItem():
                continue
            case MessageItem():
                message = ChatMessage(role=item.role, content=item.content)
                messages.append(_thinking(message, thoughts))
            case ResultItem():
                said = ChatMessage(role="tool", content=item.output, tool_call_id=item.call_id)
                messages.append(said)
            case CallItem():
                called = CalledFunction(name=item.name, arguments=item.arguments)
                if thoughts or not messages or messages[-1].role != "assistant":
                    message = ChatMessage(role="assistant", tool_calls=[])
                    messages.append(_thinking(message, thoughts))
                call = ToolCall(id=item.call_id, function=called)
                calls = [*(messages[-1].tool_calls or ()), call]
                messages[-1] = messages[-1].model_copy(update={"tool_calls": calls})
        thoughts = ""
    return messages


def _thinking(message: ChatMessage, thoughts: str) -> ChatMessage:
    """Return a message of the model's with what it thought before."""
    if message.role != "assistant" or not thoughts:
        return message
    return message.model_copy(update={"reasoning": thoughts})
