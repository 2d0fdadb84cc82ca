"""The command line: what it takes, and which part of the program it starts.

``--help``, ``--version`` and mistakes are answered before anything heavy is imported.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmony_tui import __version__
from harmony_tui.cli_options import PROGRAM, Names, Option
from harmony_tui.exit_codes import FAILED, INTERRUPTED, PIPE_CLOSED, WRONG_USE
from harmony_tui.printing import SubcommandError

if TYPE_CHECKING:
    from engine.chat import AnswerForm
    from engine.config.settings import Settings
    from engine.conversation.store import Store

# These stand here once more, because the modules that own them take 0.1 s to import.
HYPERPARAMETERS = (
    *("temperature", "top_p", "top_k", "min_p", "seed", "max_tokens", "effort"),
    *("thinking_budget", "loop_detection", "repetition_penalty", "repetition_window"),
    *("frequency_penalty", "presence_penalty", "dry_multiplier", "dry_base"),
    *("dry_allowed_length", "dry_window", "xtc_probability", "xtc_threshold", "logit_bias"),
)
EFFORTS = ("low", "medium", "high")
APPROVALS = ("always", "ask", "auto", "read-only")
SHELLS = ("bash", "zsh", "fish")

NEWEST = ""
"""Stands for the session in which something was said last."""

DESCRIPTION = """\
Talk to gpt-oss on your own machine, in the terminal, and see how it thinks.
Without options it opens full screen with the small model that comes with it."""
SUBCOMMANDS = "subcommands (each has a --help of its own):"
EPILOG = "exit codes: 0 answered, 1 failed or cut short, 2 wrong use, 130 stopped by Ctrl+C"


class _Parser(argparse.ArgumentParser):
    """Lists the subcommands, which take a tenth of a start to import, where help is asked for."""

    def format_help(self) -> str:
        from harmony_tui.subcommands import SUBCOMMANDS as TABLE

        listed = "".join(f"  {each.usage}\n      {each.help}\n" for each in TABLE)
        self.epilog = f"{SUBCOMMANDS}\n{listed}\n{EPILOG}"
        return super().format_help()


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name.strip(), value


def build_parser() -> tuple[argparse.ArgumentParser, list[Option]]:
    """Return the command line's parser, and its options as the completion scripts need them."""
    parser = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [options]\n       {PROGRAM} SUBCOMMAND ...",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    options = []

    def add(
        *spellings: str,
        beginnings: Sequence[str] = (),
        names: Names = "",
        to: argparse._ActionsContainer = parser,
        **settings: Any,
    ) -> None:
        options.append(Option(to.add_argument(*spellings, **settings), beginnings, names))

    add(
        *("-p", "--prompt"),
        metavar="TEXT",
        help="answer this one question and exit; - reads it from standard input",
    )
    add("--json", action="store_true", help="with -p: print every event as a line of JSON")
    add("--show-analysis", action="store_true", help="with -p: print the reasoning to stderr")
    add(
        "--schema",
        names="files",
        metavar="FILE",
        help="with -p: answer in JSON that this JSON schema describes",
    )
    add("--regex", metavar="PATTERN", help="with -p: answer with text that this pattern matches")
    add(
        "--model",
        names="folders",
        metavar="NAME",
        help="a model's folder, a downloaded name such as openai/gpt-oss-20b, or demo",
    )
    add(
        "--profile",
        names="profiles",
        metavar="NAME",
        help="a model, a prompt configuration and settings under a name, or none",
    )
    add(
        "--prompt-config",
        names="files",
        metavar="FILE",
        help="what the conversation begins with, in TOML, or in the JSON of mlx-harmony",
    )
    add(
        "--max-kv-size",
        metavar="TOKENS",
        help="let prompt and answer have no more tokens together; where they would, the oldest "
        "turns are left out",
    )
    add("--effort", choices=EFFORTS, help="how long to reason")
    add("--temperature", metavar="NUMBER", help="0 always takes the likeliest token")
    add(
        "--set",
        action="append",
        default=[],
        type=_assignment,
        metavar="NAME=VALUE",
        beginnings=[f"{name}=" for name in HYPERPARAMETERS],
        help="set a hyperparameter, again for each: " + ", ".join(HYPERPARAMETERS),
    )
    add(
        "--approve",
        choices=APPROVALS,
        help="ask before every tool call, before those that change or run something, or only "
        "before those that leave the sandbox or workspace; or refuse changes",
    )
    add(
        "--tools",
        metavar="NAMES",
        help="the tools that the model may call, parted by commas; on, or off for none",
    )
    add(
        "--workspace",
        names="folders",
        metavar="PATH",
        help="the folder whose files tools may read and patch",
    )
    add("--network", action="store_true", help="let the browser tool use the network")
    which = parser.add_mutually_exclusive_group()
    add(
        *("-c", "--continue"),
        to=which,
        dest="resume",
        action="store_const",
        const=NEWEST,
        help="go on with the conversation in which something was said last",
    )
    add(
        *("-r", "--resume"),
        to=which,
        names="sessions",
        nargs="?",
        const=NEWEST,
        metavar="ID",
        help="go on with the session of this id, or as much of it as only one has; without, as -c",
    )
    add(
        "--ephemeral",
        to=which,
        action="store_true",
        help="keep nothing of the conversation on disk",
    )
    add("--no-cache", action="store_true", help="keep nothing of the KV cache on disk")
    add(
        "--debug-log",
        names="files",
        metavar="FILE",
        help="append every prompt and completion to this file, token by token, as JSON lines",
    )
    add("--print-completion", choices=SHELLS, help="print the completion script for a shell")
    add("--version", action="version", version=f"{PROGRAM} {__version__}", help="print the version")
    add("-h", "--help", action="help", help="print this help")
    return parser, options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Raises:
        SystemExit: after ``--help`` and ``--version`` (0) and wrong use (2).
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words and _is_subcommand(words[0]):
        return _guarded(lambda: _run_subcommand(words))
    parser, options = build_parser()
    given = parser.parse_args(words)
    if given.print_completion:
        from harmony_tui import shell_completion, subcommands

        write = shell_completion.SHELLS[given.print_completion]
        script = write(options, subcommands.words(), subcommands.arguments())
        return _guarded(lambda: _print(script))
    if given.prompt is None:
        for name in ("json", "show_analysis", "schema", "regex"):
            if getattr(given, name) not in (False, None):
                parser.error(f"--{name.replace('_', '-')} needs -p")
        if not _has_screen():
            parser.exit(
                WRONG_USE,
                f"{PROGRAM} needs a terminal to open in. "
                f'Without one, ask a single question: {PROGRAM} -p "What is 127 + 386?"\n',
            )
    try:
        return _guarded(lambda: _run(given, parser))
    finally:
        gc.enable()


def _has_screen() -> bool:
    """Whether there is a terminal, or something else to draw in, such as ``textual serve``."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def _is_terminal(stream: Any) -> bool:
    return stream is not None and stream.isatty()  # a closed standard stream is None


def _print(text: str) -> int:
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _is_subcommand(word: str) -> bool:
    if word.startswith("-"):
        return False
    from harmony_tui import subcommands

    return word in subcommands.words()


def _run_subcommand(words: Sequence[str]) -> int:
    from harmony_tui import subcommands

    try:
        return subcommands.run(words)
    except SubcommandError as error:
        return _fail(str(error))


def _run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Read the settings and start the full screen or the one-shot answer."""
    if given.prompt is None:
        # Looking for garbage takes a tenth of the start, which leaves none; the application goes
        # on with it once it is on the screen.
        gc.disable()
    from engine.config.precedence import load_configuration, load_usable_configuration
    from engine.config.settings import SettingsError
    from engine.conversation.errors import StoreError
    from harmony_tui.debug_log import DebugLog, DebugLogError
    from harmony_tui.log import start_log
    from harmony_tui.session_files import NoSessionError, sessions_folder

    start_log()
    command_line = _command_line(given, parser)
    question = None if given.prompt is None else _question(given.prompt, parser)
    # Who sits before the screen can be told; what runs unattended goes by what was meant or not on.
    load = load_usable_configuration if question is None else load_configuration
    try:
        configuration = load(command_line)
    except SettingsError as error:
        return _fail(str(error))
    settings = configuration.settings
    try:
        debug_log = None if given.debug_log is None else DebugLog(Path(given.debug_log))
    except DebugLogError as error:
        return _fail(f"--debug-log {error}")
    if question is None:
        from harmony_tui.first_frame import shown

        with shown(settings.theme) as first_frame:
            try:
                store = _open_session(settings, given.resume)
            except (NoSessionError, StoreError) as error:
                if first_frame is not None:
                    first_frame.close()
                return _fail(str(error))
            from harmony_tui.full_screen import run

            return run(
                configuration,
                resumed=store,
                is_ephemeral=given.ephemeral,
                debug_log=debug_log,
                first_frame=first_frame,
            )
    try:
        store = _open_session(settings, given.resume)
    except (NoSessionError, StoreError) as error:
        return _fail(str(error))
    from engine.conversation.store import Store
    from harmony_tui.one_shot import Question, answer

    for note in configuration.notes:
        print(f"{PROGRAM}: {note}", file=sys.stderr)
    return answer(
        Question(question, is_typed=given.prompt != "-"),
        configuration,
        as_json=given.json,
        show_analysis=given.show_analysis,
        form=_answer_form(given, parser),
        store=store or (None if given.ephemeral else Store(sessions_folder(settings))),
        debug_log=debug_log,
    )


def _open_session(settings: Settings, named: str | None) -> Store | None:
    """Open the session that is to go on, before a screen or a model is there.

    Raises:
        NoSessionError: there is none that is meant.
        StoreError: it cannot be opened.
    """
    if named is None:
        return None
    from engine.conversation.store import Store
    from harmony_tui.session_files import find_session, newest_session, sessions_folder

    folder = sessions_folder(settings)
    return Store.open(find_session(folder, named) if named else newest_session(folder))


def _answer_form(given: argparse.Namespace, parser: argparse.ArgumentParser) -> AnswerForm | None:
    """Return what the answer has to be, as it was given."""
    if given.schema is None and given.regex is None:
        return None
    from engine.chat import AnswerForm  # takes a while, so only for this

    if given.schema is not None and given.regex is not None:
        parser.error("--schema and --regex cannot both say what the answer is")
    if given.regex is not None:
        return AnswerForm("regex", given.regex)
    try:
        return AnswerForm("schema", Path(given.schema).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"--schema {given.schema} cannot be read: {error}")


def _command_line(given: argparse.Namespace, parser: argparse.ArgumentParser) -> dict[str, object]:
    """Return what the command line sets, checked, by name."""
    values = _hyperparameters(given, parser)
    options = {
        "model": given.model,
        "profile": given.profile,
        "prompt_config": given.prompt_config,
        "approval": given.approve,
        "network": given.network or None,
    }
    values |= {name: value for name, value in options.items() if value is not None}
    values |= _checked_options(given, parser)
    # The KV cache on disk could be read back as text.
    is_kept = not (given.no_cache or given.ephemeral)
    return values if is_kept else values | {"disk_cache": False}


def _checked_options(
    given: argparse.Namespace, parser: argparse.ArgumentParser
) -> dict[str, object]:
    """Return what was said of tools and of the context, checked: a workspace has to be there."""
    from engine.config.editing import read_value
    from engine.config.reading import SettingsError

    values: dict[str, object] = {}
    options = {"tools": "tools", "workspace": "workspace", "max_kv_size": "context_limit"}
    for option, name in options.items():
        if (text := getattr(given, option)) is not None:
            try:
                values[name] = read_value(name, text)
            except SettingsError as error:
                parser.error(f"--{option.replace('_', '-')}: {error}")
    workspace = values.get("workspace")
    if workspace is not None and not Path(str(workspace)).is_dir():
        parser.error(f"--workspace {given.workspace} is no folder that is there")
    return values


def _hyperparameters(
    given: argparse.Namespace, parser: argparse.ArgumentParser
) -> dict[str, object]:
    """Return the hyperparameters that were given, checked, by name."""
    from engine.config.hyperparameters import HyperparameterError, Hyperparameters

    texts = dict(given.set)
    for name in ("effort", "temperature"):
        if (text := getattr(given, name)) is not None:
            texts[name] = text
    checked = Hyperparameters()
    try:
        for name, text in texts.items():
            checked = checked.with_value(name, text)
    except HyperparameterError as error:
        parser.error(str(error))
    return {name: getattr(checked, name) for name in texts}


def _question(text: str, parser: argparse.ArgumentParser) -> str:
    """Return the prompt, from standard input where it is ``-``; what is no text becomes U+FFFD."""
    if text == "-":
        if sys.stdin is None:
            parser.error("-p - reads standard input, which is closed")
        data = sys.stdin.buffer.read()
    else:
        data = os.fsencode(text)
    question = data.decode("utf-8", "replace").strip()
    if not question:
        parser.error("the prompt is empty")
    return question


def _fail(message: str) -> int:
    print(f"{PROGRAM}: {message}", file=sys.stderr)
    return FAILED


def _guarded(action: Callable[[], int]) -> int:
    """Run the program proper; nothing that goes wrong in it ends in a traceback."""
    try:
        return action()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more; what is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:
        import logging

        from harmony_tui.log import start_log, where_to_look

        start_log()
        logging.getLogger(__name__).exception("unforeseen")
        said = f"{type(error).__name__}: {error}".rstrip(".")
        return _fail(f"{said}. {where_to_look()}")
