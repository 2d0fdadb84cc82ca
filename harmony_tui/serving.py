"""``harmony-tui serve``: the engine over HTTP, for programs that speak OpenAI's API."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from harmony_tui.exit_codes import FAILED, INTERRUPTED
from harmony_tui.printing import SubcommandError

if TYPE_CHECKING:
    import socket
    from types import ModuleType

    from engine import Worker
    from engine.config.precedence import Configuration
    from engine.events import ModelInfo
    from engine.server.own_tools import OwnTools
    from engine.server.translation import Engine

SERVE = (
    "[--host ADDRESS] [--port NUMBER] [--model NAME] [--profile NAME] [--max-kv-size TOKENS] "
    "[--api-key KEY] [--allow-host NAME] [--tools NAMES] [--json]"
)
"""What follows the word, as usages have it."""

HOST = "127.0.0.1"
PORT = 8000
KEY_VARIABLE = "HARMONY_TUI_API_KEY"
TOOLS = ("python", "browser")
"""What ``--tools`` can name."""
EXTRA = {"fastapi", "starlette", "uvicorn"}
"""What the extra ``server`` brings."""


def add_serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``serve`` takes."""
    parser.add_argument(
        "--host", default=HOST, metavar="ADDRESS", help=f"where to listen; left out, {HOST}"
    )
    parser.add_argument(
        "--port",
        default=PORT,
        type=_port,
        metavar="NUMBER",
        help=f"left out, {PORT}; 0 takes any that is free",
    )
    parser.add_argument(
        "--model", metavar="NAME", help="a model's folder or downloaded name, or demo"
    )
    parser.add_argument(
        "--profile", metavar="NAME", help="the model and settings of this profile, or none"
    )
    add_context_limit(parser)
    parser.add_argument(
        "--api-key",
        metavar="KEY",
        help=f"answer only who shows this key; also read from {KEY_VARIABLE}",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name, besides localhost, that this machine is called by; again for each",
    )
    parser.add_argument(
        "--tools",
        default=(),
        type=tool_names,
        metavar="NAMES",
        help="of python and browser, with a comma between them: what clients may have run here by "
        'asking for {"type": "code_interpreter"} or {"type": "browser_search"} among the tools of '
        "/v1/chat/completions and /v1/responses; left out, neither",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a line of JSON with the url once the model answers",
    )


def add_context_limit(parser: argparse.ArgumentParser) -> None:
    """Add how much of the model's context is used."""
    parser.add_argument(
        "--max-kv-size",
        dest="context_limit",
        type=count,
        metavar="TOKENS",
        help="let prompt and answer have no more tokens together; a longer prompt is refused",
    )


def count(text: str) -> int:
    """Return a number that was given as text, from 1 on."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 5 or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; they are 0 to 65535")
    return int(text)


def tool_names(text: str) -> tuple[str, ...]:
    """Return the tools that a command line names.

    Raises:
        ArgumentTypeError: one of them is not for clients.
    """
    names = dict.fromkeys(name.strip() for name in text.split(","))
    for name in names:
        if name not in TOOLS:
            raise argparse.ArgumentTypeError(
                f"{name!r} is not served; {' and '.join(TOOLS)} can be"
            )
    return tuple(names)


def serve(given: argparse.Namespace) -> int:
    """Load the model and answer until Ctrl+C."""
    from engine.config.precedence import load_configuration
    from engine.config.settings import SettingsError

    app = find_server()
    names = ("model", "profile", "context_limit")
    asked = {name: value for name in names if (value := getattr(given, name)) is not None}
    try:
        configuration = load_configuration(asked)
    except SettingsError as error:
        raise SubcommandError(str(error)) from error
    for note in configuration.notes:
        _say(note)
    own_tools = find_own_tools(given.tools, configuration)
    key = given.api_key or os.environ.get(KEY_VARIABLE, "")
    with listen(given.host, given.port) as listening:
        from dataclasses import replace

        from engine import Worker

        worker = Worker(unpack=configuration.settings.unpack)
        try:
            if (info := load_model(worker, configuration)) is None:
                return FAILED  # it was said why
            engine = replace(make_engine(worker, configuration, info), own_tools=own_tools)
            access = app.Access(hosts=(given.host, *given.allow_host), api_key=key)
            _announce(listening, info.name, has_key=bool(key), as_json=given.json)
            app.run_server(app.make_app(engine, access), listening)
        except KeyboardInterrupt:
            return INTERRUPTED
        finally:
            worker.close()
    return INTERRUPTED


def find_own_tools(names: tuple[str, ...], configuration: Configuration) -> OwnTools | None:
    """Return the tools that clients may ask for.

    Raises:
        SubcommandError: python is among them, and this machine has no sandbox for it.
    """
    from engine.server.own_tools import NAMES, OwnTools
    from engine.tools.sandbox import probe
    from harmony_tui.toolbox_link import MANUAL_FOLDER

    if not names:
        return None
    sandbox = probe()
    if "python" in names and sandbox.level == "none":
        raise SubcommandError(
            "python is not served without a sandbox, which this machine has not. harmony-tui "
            "doctor says what is missing."
        )
    chosen = tuple(name for name in NAMES if name in names)
    return OwnTools(chosen, configuration.settings, sandbox, MANUAL_FOLDER)


def find_server() -> ModuleType:
    """Return the server's module.

    Raises:
        SubcommandError: the packages that it needs are not installed.
    """
    try:
        from engine.server import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise SubcommandError(
            f"The server needs {error.name}, which is not installed. Install what it takes with: "
            "pip install 'fastapi>=0.115' 'uvicorn>=0.34'"
        ) from error
    return app


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; connections wait until they are answered.

    Raises:
        SubcommandError: nothing can listen there.
    """
    import socket

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SubcommandError(
            f"Nothing can listen on {host} port {port}: {reason}. Name another --port or --host."
        ) from error


def load_model(worker: Worker, configuration: Configuration) -> ModelInfo | None:
    """Load the model and tell how far it is; return None where it failed, which was said."""
    from engine.config import locations
    from harmony_tui.one_shot import Events, Report

    settings = configuration.settings
    events, report = Events(), Report(as_json=False, show_analysis=False)
    name = locations.locate_model(settings.model, settings.models_folder)
    loading = worker.load(name, events.put, settings.memory_limits)
    events.follow(loading, report.hear)
    return None if loading.exception() is not None else loading.result()


def make_engine(worker: Worker, configuration: Configuration, info: ModelInfo) -> Engine:
    """Return what requests are answered with: the loaded model, by the settings."""
    from engine.server.translation import Engine

    settings = configuration.settings
    return Engine(
        worker,
        configuration.with_model(info.name, info.defaults).hyperparameters,
        is_guided=settings.guided,
        context_limit=settings.context_limit or None,
        reads_ahead=settings.read_ahead,
    )


def _announce(listening: socket.socket, model: str, *, has_key: bool, as_json: bool) -> None:
    """Say where the model answers, and to whom; to a program, on standard output in one line."""
    address, port = listening.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    url = f"http://{shown}:{port}/v1"
    if as_json:
        print(json.dumps({"model": model, "url": url, "has_key": has_key}), flush=True)
        return
    _say(f"{model} answers at {url} until Ctrl+C.")
    if not has_key and not address.startswith("127.") and address != "::1":
        _say("Everyone who reaches this machine can ask it. With --api-key only who has the key.")


def _say(text: str) -> None:
    print(f"harmony-tui: {text}", file=sys.stderr, flush=True)
