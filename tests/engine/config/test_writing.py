"""Writing one setting: one value changes, every other byte stays, or nothing is written."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.reading import SettingsError
from engine.config.writing import write_setting

FULL = """\
# My settings.

model = "m"   # the small one
theme='light'# no space
[hyperparameters]   # of sampling
temperature = 0.5   # cool

# Something else.
[unknown.section]
theme = "not this"
x = [1,
  2]
"""


def edited(folder: Path, before: str, name: str, value: object) -> str:
    path = folder / "config.toml"
    path.write_bytes(before.encode())
    write_setting(path, name, value)  # type: ignore[arg-type]
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        (FULL, "model", "big", FULL.replace('"m"', '"big"')),
        (FULL, "theme", "dark", FULL.replace("'light'", '"dark"')),
        (FULL, "temperature", 1.5, FULL.replace("0.5", "1.5")),
        (FULL, "guided", False, FULL.replace("no space\n", "no space\nguided = false\n")),
        (FULL, "top_k", 40, FULL.replace("# cool\n", "# cool\ntop_k = 40\n")),
        ("", "theme", "dark", 'theme = "dark"\n'),
        ("", "seed", 1, "[hyperparameters]\nseed = 1\n"),
        ("# only a comment", "theme", "d", '# only a comment\ntheme = "d"\n'),
        ('theme = "a"', "seed", 1, 'theme = "a"\n\n[hyperparameters]\nseed = 1\n'),
        ("[hyperparameters]", "seed", 1, "[hyperparameters]\nseed = 1\n"),
        ("[hyperparameters]\nseed = 1", "theme", "d", 'theme = "d"\n[hyperparameters]\nseed = 1'),
        ('theme = "a"\r\n', "model", "m", 'theme = "a"\r\nmodel = "m"\r\n'),
        (
            'theme = """\na # b\nc"""  # d\nmodel="m"\n',
            "theme",
            "x",
            'theme = "x"  # d\nmodel="m"\n',
        ),
        ('theme = "a#b" # c\n', "theme", "d", 'theme = "d" # c\n'),
    ],
)
def test_one_value_changes_and_all_else_stays(
    tmp_path: Path, before: str, name: str, value: object, after: str
) -> None:
    assert edited(tmp_path, before, name, value) == after
    assert edited(tmp_path, after, name, value) == after


@pytest.mark.parametrize(
    ("before", "name", "value"),
    [
        ("hyperparameters = { seed = 1 }\n", "top_k", 2),
        ("hyperparameters.seed = 1\n", "top_k", 2),
        ('"theme" = "a"\n', "theme", "b"),
        ("hyperparameters = 3\n", "seed", 1),
        ('instructions = """\n[not a table]\n"""\n', "theme", "b"),
        ("theme = \n", "theme", "b"),
    ],
)
def test_a_file_that_more_would_change_in_is_left_alone(
    tmp_path: Path, before: str, name: str, value: object
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(before)
    with pytest.raises(SettingsError) as raised:
        write_setting(path, name, value)  # type: ignore[arg-type]
    assert path.read_text() == before
    assert list(tmp_path.iterdir()) == [path]
    assert str(path) in str(raised.value)
    assert f"Write {name} = " in str(raised.value)


def test_a_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    write_setting(path, "theme", "dark")
    assert path.read_text() == 'theme = "dark"\n'


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    real.write_text('theme = "a"\n')
    real.chmod(0o640)
    link.symlink_to(real)
    write_setting(link, "theme", "b")
    assert link.is_symlink()
    assert real.read_text() == 'theme = "b"\n'
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "a"\n')
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SettingsError, match="cannot be written"):
            write_setting(path, "theme", "b")
    finally:
        tmp_path.chmod(0o700)
    assert path.read_text() == 'theme = "a"\n'


KEYS = st.sampled_from(["model", "theme", "instructions", "seed", "top_k", "other"])
VALUES = st.one_of(st.text(), st.integers(-(2**40), 2**40), st.booleans())
COMMENTS = st.sampled_from(["", " # comment", " # [x] = 1", "#"])


@given(
    st.lists(st.tuples(KEYS, VALUES, COMMENTS), unique_by=lambda each: each[0]),
    st.lists(st.tuples(KEYS, VALUES, COMMENTS), unique_by=lambda each: each[0]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from([("model", "text\x7f\n\"'"), ("theme", ""), ("seed", 5), ("top_k", 0)]),
)
def test_whatever_the_file_holds(
    tmp_path_factory: pytest.TempPathFactory,
    above: list[tuple[str, object, str]],
    below: list[tuple[str, object, str]],
    newline: str,
    change: tuple[str, str | int],
) -> None:
    from engine.config.writing import _written

    def lines(entries: list[tuple[str, object, str]]) -> list[str]:
        return [f"{key} = {_written(value)}{comment}" for key, value, comment in entries]  # type: ignore[arg-type]

    text = newline.join([*lines(above), "[hyperparameters]", *lines(below), "[z]", "model = 1"])
    before = tomllib.loads(text)
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_bytes(text.encode())
    name, value = change
    write_setting(path, name, value)
    table = "hyperparameters" if name in ("seed", "top_k") else None
    holder = before["hyperparameters"] if table else before
    holder[name] = value
    assert tomllib.loads(path.read_bytes().decode()) == before
    for comment in (each[2] for each in (*above, *below)):
        assert comment in path.read_bytes().decode()
