"""Completion scripts for bash, zsh and fish, written from the command line's own words."""

from __future__ import annotations

from argparse import Action
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Template

PROGRAM = "harmony-tui"

Subcommands = Mapping[str, Sequence[str]]
"""The subcommands' first words, each with the second ones that can follow it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of the command line, and what a shell can complete after it."""

    action: Action
    beginnings: Sequence[str] = ()
    """How its value can begin, where it has no choices."""
    is_folder: bool = False
    """Whether its value is a folder."""

    @property
    def words(self) -> Sequence[str]:
        """What its value completes to."""
        return list(self.action.choices or self.beginnings)

    @property
    def spellings(self) -> Sequence[str]:
        """How it is written: ``-p``, ``--prompt``."""
        return self.action.option_strings

    @property
    def takes_value(self) -> bool:
        """Whether a word of its own follows it."""
        return self.action.nargs != 0

    @property
    def explanation(self) -> str:
        """Its help, in one line and without percent signs' escapes."""
        return (self.action.help or "").replace("%%", "%")


BASH = Template("""\
_harmony_tui() {
    local IFS=$$'\\n'
    local current="$${COMP_WORDS[COMP_CWORD]}" previous="$${COMP_WORDS[COMP_CWORD-1]}"
    local after_equals=""
    # bash takes --option=value apart at the equals sign
    if [ "$$current" = "=" ]; then
        after_equals=yes current=""
    elif [ "$$previous" = "=" ]; then
        after_equals=yes previous="$${COMP_WORDS[COMP_CWORD-2]}"
    fi
    COMPREPLY=()
    if [ "$$COMP_CWORD" -gt 1 ]; then
        case "$${COMP_WORDS[1]}" in
$subcommands
        esac
    fi
    case "$$previous" in
$cases
    esac
    local words=$$'$spellings'
    [ "$$COMP_CWORD" -ne 1 ] || words+=$$'\n$firsts'
    [ -n "$$after_equals" ] || COMPREPLY=($$(compgen -W "$$words" -- "$$current"))
}
complete -F _harmony_tui $program
""")

ZSH = Template("""\
#compdef $program
_harmony_tui() {
    if (( CURRENT > 2 )); then
        case "$$words[2]" in
$subcommands
        esac
    fi
    (( CURRENT == 2 )) && compadd -- $firsts && return
    _arguments \\
$arguments
}
compdef _harmony_tui $program
""")


def _bash_case(option: Option) -> str:
    words = "|".join(option.spellings)
    if option.is_folder:
        reply = 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current"))'
    elif option.words:
        listed = "\\n".join(option.words)
        reply = f"COMPREPLY=($(compgen -W $'{listed}' -- \"$current\"))"
        if option.beginnings:
            reply = "compopt -o nospace 2>/dev/null; " + reply
    else:
        reply = ":"
    return f"        {words}) {reply}; return ;;"


def _bash_subcommand(first: str, seconds: Sequence[str]) -> str:
    if not seconds:
        return f"            {first}) return ;;"
    listed = "\\n".join(seconds)
    offer = f"COMPREPLY=($(compgen -W $'{listed}' -- \"$current\"))"
    return f'            {first}) [ "$COMP_CWORD" -gt 2 ] || {offer}; return ;;'


def for_bash(options: Iterable[Option], subcommands: Subcommands) -> str:
    """Return a script for bash."""
    options = list(options)
    return BASH.substitute(
        program=PROGRAM,
        subcommands="\n".join(_bash_subcommand(*each) for each in subcommands.items()),
        firsts="\\n".join(subcommands),
        cases="\n".join(_bash_case(option) for option in options if option.takes_value),
        spellings="\\n".join(spelling for option in options for spelling in option.spellings),
    )


def _quoted(text: str) -> str:
    """Return text as one word of a shell, in single quotes."""
    return "'" + text.replace("'", "'\\''") + "'"


def _zsh_argument(option: Option) -> str:
    explanation = option.explanation.replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    value = ""
    if option.is_folder:
        value = ":folder:_files -/"
    elif option.beginnings:
        value = f":value:{{compadd -S '' - {' '.join(option.beginnings)}}}"
    elif option.words:
        value = f":value:({' '.join(option.words)})"
    elif option.takes_value:
        value = ":value: "
    described = _quoted(f"[{explanation}]{value}")
    if len(option.spellings) == 1:
        repeated = "*" if option.beginnings else ""
        return f"        '{repeated}{option.spellings[0]}'{described}"
    spellings = option.spellings
    return f"        '({' '.join(spellings)})'{{{','.join(spellings)}}}{described}"


def _zsh_subcommand(first: str, seconds: Sequence[str]) -> str:
    if not seconds:
        return f"            {first}) return ;;"
    return f"            {first}) (( CURRENT > 3 )) || compadd -- {' '.join(seconds)}; return ;;"


def for_zsh(options: Iterable[Option], subcommands: Subcommands) -> str:
    """Return a script for zsh."""
    return ZSH.substitute(
        program=PROGRAM,
        subcommands="\n".join(_zsh_subcommand(*each) for each in subcommands.items()),
        firsts=" ".join(subcommands),
        arguments=" \\\n".join(_zsh_argument(option) for option in options),
    )


def _fish_line(option: Option) -> str:
    words = ["complete", "-c", PROGRAM]
    for spelling in option.spellings:
        words += ["-l", spelling[2:]] if spelling.startswith("--") else ["-s", spelling[1:]]
    if option.takes_value:
        words.append("-x")
    if option.is_folder:
        words += ["-a", "'(__fish_complete_directories)'"]
    elif option.words:
        words += ["-a", _quoted(" ".join(option.words))]
    return " ".join([*words, "-d", _quoted(option.explanation)])


def _fish_words(condition: str, words: Iterable[str]) -> str:
    """Return the line that offers words where the words before them fulfil a condition."""
    condition = f"set -l before (commandline -opc); {condition}"
    return f"complete -c {PROGRAM} -n {_quoted(condition)} -a {_quoted(' '.join(words))}"


def for_fish(options: Iterable[Option], subcommands: Subcommands) -> str:
    """Return a script for fish."""
    lines = [f"complete -c {PROGRAM} -f", *map(_fish_line, options)]
    lines.append(_fish_words("test (count $before) -eq 1", subcommands))
    for first, seconds in subcommands.items():
        if not seconds:
            continue
        condition = f'test (count $before) -eq 2; and test "$before[2]" = {first}'
        lines.append(_fish_words(condition, seconds))
    return "\n".join(lines) + "\n"


SHELLS: dict[str, Callable[[Iterable[Option], Subcommands], str]] = {
    "bash": for_bash,
    "zsh": for_zsh,
    "fish": for_fish,
}
