"""The completion scripts, asked by the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.config import locations
from engine.conversation.trash import delete_session
from harmony_tui import cli, subcommands
from harmony_tui.shell_completion import SHELLS
from tests.harmony_tui.kept import keep

needs = {
    shell: pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")
    for shell in SHELLS
}


@pytest.fixture
def script(tmp_path, request):
    shell = request.node.name.split("_")[1]
    _, options = cli.build_parser()
    file = tmp_path / f"completion.{shell}"
    file.write_text(SHELLS[shell](options, subcommands.words(), subcommands.arguments()))
    return file


def spellings():
    _, options = cli.build_parser()
    return {spelling for option in options for spelling in option.action.option_strings}


def output_of(*command, **options):
    done = subprocess.run(command, check=True, capture_output=True, text=True, **options)
    assert done.stderr == ""
    return done.stdout.splitlines()


def ask_bash(script, *words, cwd=None):
    """Return what bash offers for the last of the words."""
    code = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _harmony_tui; '
        'for reply in "${COMPREPLY[@]}"; do echo "$reply"; done'
    )
    return output_of("bash", "-c", code, "bash", str(script), *words, cwd=cwd)


@needs["bash"]
def test_bash_offers_every_option_and_its_values(script):
    assert set(ask_bash(script, "harmony-tui", "")) == spellings() | set(subcommands.words())
    assert set(ask_bash(script, "harmony-tui", "--json", "")) == spellings()
    assert ask_bash(script, "harmony-tui", "--eff") == ["--effort"]
    assert ask_bash(script, "harmony-tui", "--effort", "") == ["low", "medium", "high"]
    assert ask_bash(script, "harmony-tui", "--json", "--approve", "a") == ["always", "ask", "auto"]
    assert ask_bash(script, "harmony-tui", "--set", "top") == ["top_p=", "top_k="]
    assert ask_bash(script, "harmony-tui", "-p", "") == []


@needs["bash"]
def test_bash_completes_after_an_equals_sign(script):
    assert ask_bash(script, "harmony-tui", "--effort", "=") == ["low", "medium", "high"]
    assert ask_bash(script, "harmony-tui", "--effort", "=", "h") == ["high"]
    assert ask_bash(script, "harmony-tui", "--set", "top_p", "=") == []


@needs["bash"]
def test_bash_offers_the_words_of_subcommands(script):
    assert ask_bash(script, "harmony-tui", "mo") == ["models"]
    assert ask_bash(script, "harmony-tui", "models", "") == [
        "inspect",
        "list",
        "download",
        "remove",
    ]
    assert ask_bash(script, "harmony-tui", "cache", "") == ["list", "clear"]
    assert ask_bash(script, "harmony-tui", "cache", "c") == ["clear"]
    assert ask_bash(script, "harmony-tui", "cache", "clear", "") == []
    assert ask_bash(script, "harmony-tui", "doctor", "") == []


@needs["bash"]
def test_bash_offers_folders_as_models(script, tmp_path):
    (tmp_path / "gpt oss").mkdir()
    (tmp_path / "gpt.txt").touch()
    assert ask_bash(script, "harmony-tui", "--model", "g", cwd=tmp_path) == ["gpt oss"]


@needs["bash"]
def test_bash_offers_files_as_prompt_configurations(script, tmp_path):
    (tmp_path / "tutor one.toml").touch()
    (tmp_path / "other").mkdir()
    words = ("harmony-tui", "--prompt-config", "t")
    assert ask_bash(script, *words, cwd=tmp_path) == ["tutor one.toml"]


@pytest.fixture
def profiles(tmp_path, monkeypatch):
    """Have two profiles, and the program on the path that the completion asks for them."""
    folder = tmp_path / "config" / "profiles"
    folder.mkdir(parents=True)
    for name in ("tutor", "two words", "base"):
        (folder / f"{name}.toml").touch()
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@needs["bash"]
def test_bash_offers_the_profiles(script, profiles):
    assert ask_bash(script, "harmony-tui", "--profile", "") == ["base", "tutor", "two words"]
    assert ask_bash(script, "harmony-tui", "--profile", "tu") == ["tutor"]


@needs["fish"]
def test_fish_offers_the_profiles(script, tmp_path, profiles):
    assert ask_fish(script, "harmony-tui --profile tu", tmp_path) == ["tutor"]


@pytest.fixture
def sessions(tmp_path, monkeypatch):
    """Have two sessions, one of them in the trash, and the program on the path."""
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    kept, deleted = (keep(locations.sessions_folder(), "Hello", day=day) for day in (1, 2))
    delete_session(deleted)
    return kept.stem, deleted.stem


@needs["bash"]
def test_bash_offers_what_subcommands_take(script, tmp_path, sessions):
    kept, deleted = sessions
    (tmp_path / "chat.json").touch()
    assert ask_bash(script, "harmony-tui", "--resume", "") == [kept]
    assert ask_bash(script, "harmony-tui", "sessions", "sh") == ["show"]
    assert ask_bash(script, "harmony-tui", "sessions", "show", "2024") == [kept]
    assert ask_bash(script, "harmony-tui", "sessions", "restore", "") == [deleted]
    assert ask_bash(script, "harmony-tui", "sessions", "list", "") == []
    assert ask_bash(script, "harmony-tui", "import", "ch", cwd=tmp_path) == ["chat.json"]


@needs["zsh"]
def test_zsh_offers_what_subcommands_take(script, sessions):
    kept, deleted = sessions
    assert ask_zsh(script, "harmony-tui", "sessions", "show", "") == [kept]
    assert ask_zsh(script, "harmony-tui", "sessions", "restore", "") == [deleted]
    assert ask_zsh(script, "harmony-tui", "sessions", "list", "") == []


@needs["fish"]
def test_fish_offers_what_subcommands_take(script, tmp_path, sessions):
    kept, deleted = sessions
    (tmp_path / "chat.json").touch()
    assert ask_fish(script, "harmony-tui --resume ", tmp_path) == [kept]
    assert ask_fish(script, "harmony-tui sessions show ", tmp_path) == [kept]
    assert ask_fish(script, "harmony-tui sessions restore ", tmp_path) == [deleted]
    assert ask_fish(script, "harmony-tui import ch", tmp_path) == ["chat.json"]


@needs["bash"]
def test_bash_knows_for_which_program_it_is(script):
    code = f"source {script}; complete -p harmony-tui"
    assert output_of("bash", "-c", code) == ["complete -F _harmony_tui harmony-tui"]


@needs["zsh"]
def test_zsh_reads_it_and_knows_for_which_program_it_is(script):
    code = (
        f"autoload -U compinit; compinit -D; source {script}; "
        "print $_comps[harmony-tui]; "
        "_arguments() { print -l -- $@ }; _harmony_tui"
    )
    name, *arguments = output_of("zsh", "-f", "-c", code)
    assert name == "_harmony_tui"
    assert len(arguments) == len(spellings())
    for spelling in spellings():
        assert any(spelling in argument.partition("[")[0] for argument in arguments)


def ask_zsh(script, *words):
    """Return the words that zsh adds for the last of the words, and "options" if it offers them."""
    code = (
        f"compdef() {{}}; source {script}; CURRENT=$#; words=($@); "
        "compadd() { shift; print -l -- $@ }; _arguments() { print options }; _harmony_tui"
    )
    return output_of("zsh", "-f", "-c", code, "zsh", *words)


@needs["zsh"]
def test_zsh_offers_the_words_of_subcommands(script):
    assert ask_zsh(script, "harmony-tui", "") == list(subcommands.words())
    assert ask_zsh(script, "harmony-tui", "models", "") == ["inspect", "list", "download", "remove"]
    assert ask_zsh(script, "harmony-tui", "cache", "") == ["list", "clear"]
    assert ask_zsh(script, "harmony-tui", "cache", "clear", "") == []
    assert ask_zsh(script, "harmony-tui", "doctor", "") == []
    assert ask_zsh(script, "harmony-tui", "--json", "") == ["options"]


def ask_fish(script, line, cwd):
    """Return what fish offers at the end of a line."""
    code = f"source {script}; complete -C {line!r}"
    replies = output_of("fish", "--no-config", "-c", code, cwd=cwd)
    return [reply.partition("\t")[0] for reply in replies]


@needs["fish"]
def test_fish_offers_the_words_of_subcommands(script, tmp_path):
    def ask(line):
        return sorted(ask_fish(script, line, tmp_path))

    assert ask("harmony-tui ") == sorted(subcommands.words())
    assert ask("harmony-tui models ") == ["download", "inspect", "list", "remove"]
    assert ask("harmony-tui cache ") == ["clear", "list"]
    assert ask("harmony-tui cache clear ") == []
    assert ask("harmony-tui doctor ") == []
    assert ask("harmony-tui --json ") == []


@needs["fish"]
def test_fish_offers_every_option_and_its_values(script, tmp_path):
    def ask(line):
        return ask_fish(script, line, tmp_path)

    assert {"--prompt", "--json", "--effort", "--help"} < set(ask("harmony-tui -"))
    assert sorted(ask("harmony-tui --effort ")) == ["high", "low", "medium"]
    assert ask("harmony-tui --set top_k") == ["top_k="]
    (tmp_path / "model").mkdir()
    assert ask("harmony-tui --model m") == ["model/"]
