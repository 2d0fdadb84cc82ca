"""``harmony-tui generate``: what the server answers, without one, from a file or a pipe.

A request is read, answered and printed: the very code of the server's endpoints does it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmony_tui.exit_codes import ANSWERED, FAILED, INTERRUPTED
from harmony_tui.printing import SubcommandError
from harmony_tui.serving import add_context_limit, count, tool_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.server.answer import Piece
    from engine.server.completions import CompletionWork
    from engine.server.schemas import ChatRequest, CompletionRequest
    from engine.server.translation import ChatWork, Engine

GENERATE = (
    "[FILE] [--raw] [-n COUNT] [--max-tokens COUNT] [--seed NUMBER] [--stop TEXT] "
    "[--logprobs COUNT] [--model NAME] [--profile NAME] [--max-kv-size TOKENS] "
    "[--tools NAMES] [--json]"
)
"""What follows the word, as usages have it."""

Request = dict[str, Any]


def add_generate_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``generate`` takes."""
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="FILE",
        help="a text; or in JSON a list of messages or a request as OpenAI's API has it; left out "
        "or -, standard input",
    )
    parser.add_argument(
        "--raw",
        action="store_true",
        help="go on from the text itself, in which control tokens may be spelled out",
    )
    parser.add_argument("-n", type=count, metavar="COUNT", help="how many answers to give")
    parser.add_argument("--max-tokens", type=count, metavar="COUNT", help="the most to sample")
    parser.add_argument("--seed", type=int, metavar="NUMBER", help="the first answer's seed")
    parser.add_argument(
        "--stop", action="append", metavar="TEXT", help="end before this text; again for each"
    )
    parser.add_argument(
        "--logprobs",
        type=int,
        choices=range(21),
        metavar="COUNT",
        help="tell each token's logprob and those of up to 20 alternatives; needs --json",
    )
    parser.add_argument(
        "--model", metavar="NAME", help="a model's folder or downloaded name, or demo"
    )
    parser.add_argument(
        "--profile", metavar="NAME", help="the model and settings of this profile, or none"
    )
    add_context_limit(parser)
    parser.add_argument(
        "--tools",
        default=(),
        type=tool_names,
        metavar="NAMES",
        help="of python and browser, with a comma between them: what a request may have run by "
        'asking for {"type": "code_interpreter"} or {"type": "browser_search"}',
    )
    parser.add_argument(
        "--json", action="store_true", help="print the whole response as OpenAI's API has it"
    )


def generate(given: argparse.Namespace) -> int:
    """Read the request, load the model, answer and print; Ctrl+C ends it within a token."""
    from engine.config.precedence import load_configuration
    from engine.config.settings import SettingsError
    from engine.server.errors import ApiError
    from harmony_tui.serving import find_own_tools, load_model, make_engine

    if given.logprobs is not None and not given.json:
        raise SubcommandError("--logprobs needs --json, which prints what it asks for.")
    try:
        asked = read_request(_read(given.file), _flags(given), is_raw=given.raw)
    except ApiError as error:
        raise SubcommandError(str(error)) from error
    names = ("model", "profile", "context_limit")
    chosen = {name: value for name in names if (value := getattr(given, name)) is not None}
    try:
        configuration = load_configuration(chosen)
    except SettingsError as error:
        raise SubcommandError(str(error)) from error
    own_tools = find_own_tools(given.tools, configuration)
    import asyncio
    from dataclasses import replace

    from engine import Worker

    worker = Worker(unpack=configuration.settings.unpack)
    try:
        if (info := load_model(worker, configuration)) is None:
            return FAILED  # it was said why
        engine = make_engine(worker, configuration, info)
        engine = replace(engine, own_tools=own_tools, reads_ahead=False)
        if given.json:
            print(json.dumps(asyncio.run(_respond(engine, asked)), ensure_ascii=False))
        else:
            _print_answers(_works(engine, asked))
    except ApiError as error:
        raise SubcommandError(str(error)) from error
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        worker.close()
    return ANSWERED


def read_request(text: str, flags: Request, *, is_raw: bool) -> ChatRequest | CompletionRequest:
    """Return what a file asks for.

    Args:
        text: the file's.
        flags: parts of a request that stand in place of the file's.
        is_raw: whether the model goes on from the text; JSON is taken for a request all the same
            where it has a ``prompt``.

    Raises:
        ApiError: it is no request.
    """
    from pydantic import ValidationError

    from engine.server.errors import ApiError, explain_problems
    from engine.server.schemas import ChatRequest, CompletionRequest

    body = _find_body(text)
    if body is None:
        if not text.strip():
            raise ApiError("There is nothing to answer: the file is empty.")
        body = {"prompt": text} if is_raw else {"messages": [{"role": "user", "content": text}]}
    kind = CompletionRequest if "prompt" in body else ChatRequest
    if is_raw and kind is ChatRequest:
        raise ApiError("--raw goes on from a text or a request's prompt; these are messages.")
    flags = dict(flags)
    if (count := flags.get("logprobs")) is not None and kind is ChatRequest:
        flags |= {"logprobs": True, "top_logprobs": count}
    try:
        return kind.model_validate({**body, **flags, "stream": None, "stream_options": None})
    except ValidationError as error:
        raise explain_problems(error.errors()) from error


def _find_body(text: str) -> Request | None:
    """Return the request or the messages that a text is the JSON of; None where it is a text."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(content, dict) and ("messages" in content or "prompt" in content):
        return content
    is_list = isinstance(content, list) and bool(content)
    if is_list and all(isinstance(each, dict) and "role" in each for each in content):
        return {"messages": content}
    return None


def _read(file: str) -> str:
    """Return a file's text, or standard input's."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise SubcommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SubcommandError(f"{file} is no text in UTF-8 (byte {error.start}).") from error


def _flags(given: argparse.Namespace) -> Request:
    flags = {name: getattr(given, name) for name in ("n", "seed", "max_tokens", "stop", "logprobs")}
    return {name: value for name, value in flags.items() if value is not None}


async def _respond(engine: Engine, asked: ChatRequest | CompletionRequest) -> dict[str, Any]:
    """Return the response that the server would give."""
    import asyncio

    from engine.server.chat_completions import ChatCompletion
    from engine.server.completions import TextCompletion, prepare_completions
    from engine.server.line import Line
    from engine.server.schemas import ChatRequest
    from engine.server.translation import prepare_chat

    line, name = Line(), engine.model(None).name
    try:
        if isinstance(asked, ChatRequest):
            chat = await asyncio.to_thread(prepare_chat, engine, asked)
            return await ChatCompletion(line, chat, name, asked.n or 1).whole()
        completions = await asyncio.to_thread(prepare_completions, engine, asked)
        return await TextCompletion(line, completions, name, asked.n or 1).whole()
    finally:
        line.close()


def _works(
    engine: Engine, asked: ChatRequest | CompletionRequest
) -> Sequence[ChatWork | CompletionWork]:
    from engine.server.completions import prepare_completions
    from engine.server.schemas import ChatRequest
    from engine.server.translation import prepare_chat

    numbers = range(asked.n or 1)
    if isinstance(asked, ChatRequest):
        chat = prepare_chat(engine, asked)
        return [chat.choice(number) for number in numbers]
    prepared = prepare_completions(engine, asked)
    return [each.choice(number) for each in prepared for number in numbers]


def _print_answers(works: Sequence[ChatWork | CompletionWork]) -> None:
    """Print each answer as it comes; several have a line between them."""
    from engine.server.answer import Delta
    from engine.server.translation import ChatWork
    from harmony_tui.one_shot import Output

    output = Output(sys.stdout)

    def tell(piece: Piece) -> None:
        if isinstance(piece, Delta) and piece.kind == "content":
            output.write(piece.text)

    for number, work in enumerate(works):
        if number:
            output.write_line("---")
        try:
            work.run(tell)
        except KeyboardInterrupt:
            work.cancel()
            output.end_line()
            raise
        for call in work.answer.calls if isinstance(work, ChatWork) else ():
            called = {"name": call.name, "arguments": call.arguments}
            output.write_line(json.dumps(called, ensure_ascii=False))
        output.end_line()
