"""A model's own chat template: Jinja that strangers wrote, run in a sandbox with limits.

It is asked only where a model does not speak Harmony. What people and tools said goes in with the
spellings of control tokens masked, and comes out marked as text, so that it cannot act as control.
"""

from __future__ import annotations

import functools
import json
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import FrameType
from typing import Any, NoReturn

from jinja2 import Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.harmony.tokenizer import ChatTemplateError

SOURCE_LIMIT = 1_000_000
"""Characters of a template; the longest in use have some ten thousand."""

PROMPT_LIMIT = 8_000_000
"""Characters of what it writes: more than the longest context holds."""

WIDE = re.compile(r"%(?:\([^)]*\))?[^%a-zA-Z]*(?:[0-9]{7}|\*)|\{[^{}]*(?:[0-9]{7}|\{)")
"""Part of a form such as ``%9999999d``, which fills a text up to that width, or to any."""

SECONDS = 2.0
"""How long it may take; a template of the usual kind takes some milliseconds."""

MASK = re.compile("\ufdd0([0-9]{1,6})\ufdd1")
"""Stands for a control token's spelling; Unicode gives these two characters to no text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a prompt. In ``literal`` pieces the spelling of a control token is mere text."""

    text: str
    literal: bool = False


class _Code(CodeGenerator):
    """Has ``~`` ask the sandbox, as the other operators do."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.concatenate((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Refuses Python's inner attributes at once, and texts that would fill the memory."""

    code_generator_class = _Code
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        raise SecurityError(f"it reaches for {attribute!r}, which it may not")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" and isinstance(right, int) and right > 1000:
            raise SecurityError("it computes an enormous power")
        for many, count in ((left, right), (right, left)):
            repeats = operator == "*" and hasattr(many, "__len__") and isinstance(count, int)
            if repeats and len(many) * count > PROMPT_LIMIT:
                raise SecurityError("it repeats a text too often")
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self.concatenate((left, right))
        if operator == "%" and isinstance(left, str):
            _check_width(left)
        return super().call_binop(context, operator, left, right)

    def concatenate(self, parts: Iterable[Any]) -> str:
        """Return parts as one text."""
        texts = [str(part) for part in parts]
        if sum(map(len, texts)) > PROMPT_LIMIT:
            raise _too_long()
        return "".join(texts)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls, such as a method of a text."""
        method = getattr(called, "__wrapped__", called)  # the sandbox wraps some
        text = getattr(method, "__self__", None)
        if isinstance(text, str):
            if method.__name__ in ("format", "format_map"):
                _check_width(text)
            else:
                _check_numbers(args, kwargs)
        return _checked(super().call(context, called, *args, **kwargs))


def _limited(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that makes nothing of a size that would fill the memory."""

    @functools.wraps(filter_)  # Jinja's marks on it included
    def limited(*args: Any, **kwargs: Any) -> Any:
        if filter_.__name__ == "do_format":
            _check_width(args[0])
        else:
            _check_numbers(args[1:], kwargs)
        return _checked(filter_(*args, **kwargs))

    return limited


def _check_numbers(args: Iterable[Any], kwargs: Mapping[str, Any]) -> None:
    """See that no argument asks for a size larger than any prompt."""
    if any(isinstance(each, int) and each > PROMPT_LIMIT for each in (*args, *kwargs.values())):
        raise _too_long()


def _check_width(form: object) -> None:
    if WIDE.search(str(form).replace("%%", "")):
        raise _too_long()


def _checked(made: Any) -> Any:
    if isinstance(made, str) and len(made) > PROMPT_LIMIT:
        raise _too_long()
    return made


def _too_long() -> SecurityError:
    return SecurityError("it makes a text that is longer than any prompt")


class _Generation(Extension):
    """Reads ``{% generation %}``, which marks for training what the model says, as what it holds.

    As in Hugging Face's, what is set within it is not known outside.
    """

    tags = {"generation"}  # noqa: RUF012 - Jinja's own declaration

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body, lineno=line)


class ChatTemplate:
    """A template that is ready to use."""

    def __init__(self, source: str, special: Mapping[str, str]) -> None:
        """Compile it.

        Args:
            source: Jinja, with the additions that Hugging Face's templates use.
            special: the spellings of ``bos_token``, ``eos_token`` and their like, by those names.

        Raises:
            ChatTemplateError: it is no valid Jinja, or far too long.
        """
        self._special = dict(special)
        if len(source) > SOURCE_LIMIT:
            raise _broken(f"it has more than {SOURCE_LIMIT:,} characters")
        sandbox = _Sandbox(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols", _Generation],
        )
        sandbox.filters["tojson"] = _to_json
        sandbox.filters = {name: _limited(each) for name, each in sandbox.filters.items()}
        sandbox.globals["raise_exception"] = _refuse
        sandbox.globals["strftime_now"] = _format_now
        try:
            self._template: Template = sandbox.from_string(source)
        except TemplateSyntaxError as error:
            raise _broken(f"line {error.lineno}: {error.message}") from error
        except (TemplateError, RecursionError, SyntaxError, MemoryError) as error:
            raise _broken(str(error) or type(error).__name__) from error

    def render(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        controls: Collection[str],
        tools: Sequence[Mapping[str, Any]] | None = None,
    ) -> tuple[Piece, ...]:
        """Return the prompt that the model goes on from.

        Args:
            messages: each with ``role`` and ``content``, and what else the template may know.
            controls: the spellings of the model's control tokens, which no message may utter.
            tools: functions as JSON schemas, if there are any.

        Raises:
            ChatTemplateError: it refuses the conversation, fails, takes too long, writes too much
                or reaches for what it may not.
        """
        spellings = sorted(filter(None, controls), key=len, reverse=True)
        values = {
            **self._special,
            "messages": _masked(list(messages), spellings),
            "tools": _masked(list(tools), spellings) if tools else None,
            "add_generation_prompt": True,
        }
        return tuple(_unmasked(self._write(values), spellings))

    def _write(self, values: Mapping[str, Any]) -> str:
        written, length = [], 0
        try:
            with _time_limit(SECONDS):
                for part in self._template.generate(values):
                    written.append(part)
                    length += len(part)
                    if length > PROMPT_LIMIT:
                        raise _broken(f"it writes more than {PROMPT_LIMIT:,} characters")
        except ChatTemplateError:
            raise
        except Exception as error:  # a template's code can raise anything
            raise _broken(str(error) or type(error).__name__) from error
        return "".join(written)


def _broken(how: str) -> ChatTemplateError:
    return ChatTemplateError(
        f"The model's chat template cannot be used: {how.rstrip('.')}. "
        "Use another conversion of the model."
    )


def _refuse(message: object) -> NoReturn:
    raise ChatTemplateError(f"The model's chat template refuses the conversation: {message}")


def _format_now(form: str) -> str:
    return datetime.now().astimezone().strftime(form)


def _to_json(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """Write JSON as it is; Jinja's own filter of this name writes it for HTML."""
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


def _masked(value: Any, spellings: Sequence[str]) -> Any:
    """Return a copy of a JSON value in whose texts no spelling is left."""
    if isinstance(value, str):
        text = value.replace("\ufdd0", "\ufffd").replace("\ufdd1", "\ufffd")
        for index, spelling in enumerate(spellings):
            text = text.replace(spelling, f"\ufdd0{index}\ufdd1")
        return text
    if isinstance(value, Mapping):
        return {key: _masked(part, spellings) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(part, spellings) for part in value]
    return value


def _unmasked(prompt: str, spellings: Sequence[str]) -> Iterator[Piece]:
    """Give the prompt in pieces, those literal that were masked."""
    for place, part in enumerate(MASK.split(prompt)):
        if place % 2 and int(part) < len(spellings):
            yield Piece(spellings[int(part)], literal=True)
        elif part:
            yield Piece(part)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise in the middle of Python code that runs on this thread for too long.

    Nothing else can end a loop on a thread; the tracing costs little at a template's size.
    """
    end = time.monotonic() + seconds

    def watch(_frame: FrameType, _event: str, _value: Any) -> Any:
        if time.monotonic() > end:
            raise _broken(f"it takes longer than {seconds:g} s")
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)
