"""Completion scripts for bash, zsh and fish, written from the command line's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import Template

from harmony_tui.cli_options import PROGRAM, Names, Option

Subcommands = Mapping[str, Sequence[str]]
"""The subcommands' first words, each with the second ones that can follow it."""


Arguments = Mapping[tuple[str, ...], Names]
"""What the arguments of subcommands name, by their words."""

LISTS: Mapping[Names, str] = {
    "profiles": f"{PROGRAM} profiles --names 2>/dev/null",
    "sessions": f"{PROGRAM} sessions list --ids 2>/dev/null",
    "deleted sessions": f"{PROGRAM} sessions list --ids --deleted 2>/dev/null",
}
"""What a shell runs to learn names that are the program's own."""


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


def _bash_names(names: Names) -> str:
    """Return the command that offers names."""
    if names in LISTS:
        return f'COMPREPLY=($(compgen -W "$({LISTS[names]})" -- "$current"))'
    kind = "d" if names == "folders" else "f"
    return f'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -{kind} -- "$current"))'


def _bash_case(option: Option) -> str:
    words = "|".join(option.spellings)
    if option.names:
        reply = _bash_names(option.names)
    elif option.words:
        listed = "\\n".join(option.words)
        reply = f"COMPREPLY=($(compgen -W $'{listed}' -- \"$current\"))"
        if option.beginnings:
            reply = "compopt -o nospace 2>/dev/null; " + reply
    else:
        reply = ":"
    return f"        {words}) {reply}; return ;;"


def _bash_subcommand(first: str, seconds: Sequence[str], arguments: Arguments) -> str:
    if not seconds:
        names = arguments.get((first,))
        return f"            {first}) {_bash_names(names) if names else ':'}; return ;;"
    listed = "\\n".join(seconds)
    offer = f"COMPREPLY=($(compgen -W $'{listed}' -- \"$current\"))"
    cases = "".join(
        f"                {second}) {_bash_names(arguments[first, second])} ;;\n"
        for second in seconds
        if (first, second) in arguments
    )
    if not cases:
        return f'            {first}) [ "$COMP_CWORD" -gt 2 ] || {offer}; return ;;'
    return (
        f'            {first}) [ "$COMP_CWORD" -gt 2 ] || {{ {offer}; return; }}\n'
        f'                case "${{COMP_WORDS[2]}}" in\n{cases}                esac; return ;;'
    )


def for_bash(
    options: Iterable[Option], subcommands: Subcommands, arguments: Arguments | None = None
) -> str:
    """Return a script for bash."""
    options = list(options)
    return BASH.substitute(
        program=PROGRAM,
        subcommands="\n".join(
            _bash_subcommand(*each, arguments or {}) for each in subcommands.items()
        ),
        firsts="\\n".join(subcommands),
        cases="\n".join(_bash_case(option) for option in options if option.takes_value),
        spellings="\\n".join(spelling for option in options for spelling in option.spellings),
    )


def _quoted(text: str) -> str:
    """Return text as one word of a shell, in single quotes."""
    return "'" + text.replace("'", "'\\''") + "'"


ZSH_NAMES: Mapping[Names, str] = {
    "files": ":file:_files",
    "folders": ":folder:_files -/",
    **{
        names: f':{names}:{{compadd -- ${{(f)"$({command})"}}}}' for names, command in LISTS.items()
    },
}


def _zsh_argument(option: Option) -> str:
    explanation = option.explanation.replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    value = ""
    if option.names:
        value = ZSH_NAMES[option.names]
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


def _zsh_names(names: Names) -> str:
    """Return the command that offers names."""
    if names in LISTS:
        return f'compadd -- ${{(f)"$({LISTS[names]})"}}'
    return "_files -/" if names == "folders" else "_files"


def _zsh_subcommand(first: str, seconds: Sequence[str], arguments: Arguments) -> str:
    if not seconds:
        names = arguments.get((first,))
        return f"            {first}) {_zsh_names(names) if names else ':'}; return ;;"
    offer = f"compadd -- {' '.join(seconds)}"
    cases = "".join(
        f"                {second}) {_zsh_names(arguments[first, second])} ;;\n"
        for second in seconds
        if (first, second) in arguments
    )
    if not cases:
        return f"            {first}) (( CURRENT > 3 )) || {offer}; return ;;"
    return (
        f"            {first}) (( CURRENT > 3 )) || {{ {offer}; return }}\n"
        f'                case "$words[3]" in\n{cases}                esac; return ;;'
    )


def for_zsh(
    options: Iterable[Option], subcommands: Subcommands, arguments: Arguments | None = None
) -> str:
    """Return a script for zsh."""
    return ZSH.substitute(
        program=PROGRAM,
        subcommands="\n".join(
            _zsh_subcommand(*each, arguments or {}) for each in subcommands.items()
        ),
        firsts=" ".join(subcommands),
        arguments=" \\\n".join(_zsh_argument(option) for option in options),
    )


def _fish_line(option: Option) -> str:
    words = ["complete", "-c", PROGRAM]
    for spelling in option.spellings:
        words += ["-l", spelling[2:]] if spelling.startswith("--") else ["-s", spelling[1:]]
    if option.takes_value:
        words += ["-r", "-F"] if option.names == "files" else ["-x"]
    if option.names == "folders":
        words += ["-a", "'(__fish_complete_directories)'"]
    elif option.names in LISTS:
        words += ["-a", f"'({LISTS[option.names]})'"]
    elif option.words:
        words += ["-a", _quoted(" ".join(option.words))]
    return " ".join([*words, "-d", _quoted(option.explanation)])


def _fish_words(condition: str, words: Iterable[str]) -> str:
    """Return the line that offers words where the words before them fulfil a condition."""
    condition = f"set -l before (commandline -opc); {condition}"
    return f"complete -c {PROGRAM} -n {_quoted(condition)} -a {_quoted(' '.join(words))}"


def _fish_names(first: str, seconds: Sequence[str], names: Names) -> str:
    """Return the line that offers what the arguments of a subcommand name."""
    count = 2 + len(seconds)
    tests = [f"test (count $before) -ge {count}", f'test "$before[2]" = {first}']
    tests += [f'test "$before[3]" = {second}' for second in seconds]
    condition = _quoted(f"set -l before (commandline -opc); {'; and '.join(tests)}")
    offer = f"-a '({LISTS[names]})'" if names in LISTS else "-F"
    return f"complete -c {PROGRAM} -n {condition} {offer}"


def for_fish(
    options: Iterable[Option], subcommands: Subcommands, arguments: Arguments | None = None
) -> str:
    """Return a script for fish."""
    lines = [f"complete -c {PROGRAM} -f", *map(_fish_line, options)]
    lines.append(_fish_words("test (count $before) -eq 1", subcommands))
    for first, seconds in subcommands.items():
        if not seconds:
            continue
        condition = f'test (count $before) -eq 2; and test "$before[2]" = {first}'
        lines.append(_fish_words(condition, seconds))
    lines += [
        _fish_names(first, seconds, names) for (first, *seconds), names in (arguments or {}).items()
    ]
    return "\n".join(lines) + "\n"


SHELLS: dict[str, Callable[[Iterable[Option], Subcommands, Arguments], str]] = {
    "bash": for_bash,
    "zsh": for_zsh,
    "fish": for_fish,
}
