"""The command line: what it takes, and which part of the program it starts.

``--help``, ``--version`` and mistakes are answered before anything heavy is imported.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmony_tui import __version__, subcommands
from harmony_tui.exit_codes import FAILED, INTERRUPTED, PIPE_CLOSED, WRONG_USE
from harmony_tui.shell_completion import PROGRAM, SHELLS, Option

if TYPE_CHECKING:
    from engine.chat import AnswerForm
    from engine.config.settings import Settings

# These stand here once more, because the modules that own them take 0.1 s to import.
HYPERPARAMETERS = (
    *("temperature", "top_p", "top_k", "min_p", "seed", "max_tokens", "effort"),
    *("thinking_budget", "loop_detection", "repetition_penalty", "repetition_window"),
    *("frequency_penalty", "presence_penalty", "dry_multiplier", "dry_base"),
    *("dry_allowed_length", "dry_window", "xtc_probability", "xtc_threshold", "logit_bias"),
)
EFFORTS = ("low", "medium", "high")
APPROVALS = ("always", "effects", "never")

DESCRIPTION = """\
Talk to gpt-oss on your own machine, in the terminal, and see how it thinks.
Without options it opens full screen with the small model that comes with it."""
SUBCOMMANDS = "subcommands (each has a --help of its own):\n" + "".join(
    f"  {subcommand.usage}\n      {subcommand.help}\n" for subcommand in subcommands.SUBCOMMANDS
)
EPILOG = "exit codes: 0 answered, 1 failed or cut short, 2 wrong use, 130 stopped by Ctrl+C"


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name.strip(), value


def build_parser() -> tuple[argparse.ArgumentParser, list[Option]]:
    """Return the command line's parser, and its options as the completion scripts need them."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [options]\n       {PROGRAM} SUBCOMMAND ...",
        description=DESCRIPTION,
        epilog=f"{SUBCOMMANDS}\n{EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    options = []

    def add(
        *spellings: str, beginnings: Sequence[str] = (), is_folder: bool = False, **settings: Any
    ) -> None:
        options.append(Option(parser.add_argument(*spellings, **settings), beginnings, is_folder))

    add(
        *("-p", "--prompt"),
        metavar="TEXT",
        help="answer this one question and exit; - reads it from standard input",
    )
    add("--json", action="store_true", help="with -p: print every event as a line of JSON")
    add("--show-analysis", action="store_true", help="with -p: print the reasoning to stderr")
    add("--schema", metavar="FILE", help="with -p: answer in JSON that this JSON schema describes")
    add("--regex", metavar="PATTERN", help="with -p: answer with text that this pattern matches")
    add(
        "--model",
        is_folder=True,
        metavar="NAME",
        help="a model's folder, a downloaded name such as openai/gpt-oss-20b, or demo",
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
        help="ask before every tool call, before those with effects, or never",
    )
    add("--no-cache", action="store_true", help="keep nothing of the KV cache on disk")
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
    if words and words[0] in subcommands.words():
        return _guarded(lambda: _run_subcommand(words))
    parser, options = build_parser()
    given = parser.parse_args(words)
    if given.print_completion:
        script = SHELLS[given.print_completion](options, subcommands.words())
        return _guarded(lambda: _print(script))
    if given.prompt is None:
        for name in ("json", "show_analysis", "schema", "regex"):
            if getattr(given, name) not in (False, None):
                parser.error(f"--{name.replace('_', '-')} needs -p")
        if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
            parser.exit(
                WRONG_USE,
                f"{PROGRAM} needs a terminal to open in. "
                f'Without one, ask a single question: {PROGRAM} -p "What is 127 + 386?"\n',
            )
    return _guarded(lambda: _run(given, parser))


def _is_terminal(stream: Any) -> bool:
    return stream is not None and stream.isatty()  # a closed standard stream is None


def _print(text: str) -> int:
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _run_subcommand(words: Sequence[str]) -> int:
    try:
        return subcommands.run(words)
    except subcommands.SubcommandError as error:
        return _fail(str(error))


def _run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Read the settings and start the full screen or the one-shot answer."""
    from engine.config import locations
    from engine.config.settings import SettingsError, load_settings
    from harmony_tui.log import start_log

    start_log()
    overrides = _hyperparameters(given, parser)
    question = None if given.prompt is None else _question(given.prompt, parser)
    try:
        settings = load_settings(locations.config_file())
    except SettingsError as error:
        return _fail(str(error))
    settings = _overridden(settings, overrides, given)
    model = given.model or settings.model
    if question is None:
        from harmony_tui.app import run

        return run(settings, model)
    from harmony_tui.one_shot import answer

    return answer(
        question,
        settings,
        model,
        as_json=given.json,
        show_analysis=given.show_analysis,
        form=_answer_form(given, parser),
    )


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


def _overridden(
    settings: Settings, hyperparameters: dict[str, object], given: argparse.Namespace
) -> Settings:
    """Return settings in which the command line's values stand above the file's."""
    changes: dict[str, object] = {
        "hyperparameters": {**settings.hyperparameters, **hyperparameters}
    }
    if given.approve is not None:
        changes["approval"] = given.approve
    if given.no_cache:
        changes["disk_cache"] = False
    return settings.model_copy(update=changes)


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
        return _fail(f"{type(error).__name__}: {error}. {where_to_look()}")
