"""Writes one setting or table into a TOML file and leaves every other byte as it is.

The text is edited in place, because a TOML writer would drop comments, order and spacing. What was
written is read again before it replaces the file: unless it says just what the file said, with the
one value changed, nothing is written and the person is told what to write where.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.config.hyperparameters import Hyperparameters
from engine.config.reading import SettingsError

HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


def write_setting(path: Path, name: str, value: str | float | bool) -> None:
    """Set a setting or a hyperparameter in a file, which is made if there is none.

    Raises:
        SettingsError: the file cannot be read or written, or is laid out in a way in which it
            cannot be changed without touching more; it is as it was then.
    """
    table = "hyperparameters" if name in Hyperparameters.model_fields else None
    line = f"{name} = {_written(value)}"
    by_hand = f"Write {line} {f'below [{table}]' if table else 'above the first ['} there yourself."
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        content = tomllib.loads(before)
        after = _edited(before, content, table, name, line)
        expected = dict(content)
        if table is None:
            expected[name] = value
        else:
            expected[table] = {**content.get(table, {}), name: value}
        is_right = tomllib.loads(after) == expected
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}. {by_hand}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path} was left as it is: {error}. {by_hand}") from error
    if not is_right:
        raise SettingsError(
            f"{path} was left as it is, because more than this one value would change. {by_hand}"
        )
    try:
        _replace(path, after)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}. {by_hand}") from error


def write_table(path: Path, table: str, values: Mapping[str, str | float | bool] | None) -> None:
    """Put a table into a file, which is made if there is none, in place of the one of that name.

    Args:
        path: the file.
        table: its name, of letters, digits, ``_`` and ``-``.
        values: what stands in it; None takes the table out.

    Raises:
        SettingsError: the file cannot be read or written, or is laid out in a way in which it
            cannot be changed without touching more; it is as it was then.
    """
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        expected = {name: each for name, each in tomllib.loads(before).items() if name != table}
        newline = "\r\n" if "\r\n" in before else "\n"
        after = _without(before, table)
        if values is not None:
            expected[table] = dict(values)
            gap = newline if after and not after.endswith(newline * 2) else ""
            ended = "" if not after or after.endswith("\n") else newline
            lines = [f"[{table}]", *(f"{name} = {_written(each)}" for name, each in values.items())]
            after = f"{after}{ended}{gap}{newline.join(lines)}{newline}"
        is_right = tomllib.loads(after) == expected
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise SettingsError(f"{path} was left as it is: {error}. Mend it by hand.") from error
    if not is_right:
        raise SettingsError(
            f"{path} was left as it is, because more than [{table}] would change. "
            "Change it there by hand."
        )
    try:
        _replace(path, after)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from error


def append_table(path: Path, name: str, values: Mapping[str, str], heading: str = "") -> None:
    """Add a table to the array of tables of a name, at the end of a file.

    Args:
        path: the file, which is made if there is none.
        name: of the array, of letters, digits, ``_`` and ``-``.
        values: what stands in the table.
        heading: comments that a new file begins with.

    Raises:
        SettingsError: the file cannot be read or written, is not TOML, or has something else of
            that name; it is as it was then.
    """
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else heading
        content = tomllib.loads(before)
        newline = "\r\n" if "\r\n" in before else "\n"
        gap = newline if before and not before.endswith(newline * 2) else ""
        ended = "" if not before or before.endswith("\n") else newline
        lines = [f"[[{name}]]", *(f"{key} = {_written(each)}" for key, each in values.items())]
        after = f"{before}{ended}{gap}{newline.join(lines)}{newline}"
        is_right = tomllib.loads(after) == {
            **content,
            name: [*content.get(name, []), dict(values)],
        }
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise SettingsError(f"{path} was left as it is: {error}. Mend it by hand.") from error
    if not is_right:
        raise SettingsError(
            f"{path} was left as it is, because more than [[{name}]] would change. "
            "Change it there by hand."
        )
    try:
        _replace(path, after)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from error


def _without(text: str, table: str) -> str:
    """Return a file's text without a table; comments before the next one belong to that."""
    start, end = _section(text, table)
    if start < 0:
        return text
    header = text.rfind("[", 0, start - 1)
    header = text.rfind("\n", 0, header) + 1
    kept = re.search(r"(?:^[ \t]*(?:#[^\n]*)?\r?\n)*\Z", text[start:end], re.MULTILINE)
    end = end if kept is None or end == len(text) else start + kept.start()
    return text[:header] + text[end:]


def _written(value: str | float | bool) -> str:
    """Return a value in TOML."""
    if isinstance(value, str):
        # A JSON string is a TOML one but for the one control character that JSON leaves as it is.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _edited(text: str, content: dict[str, Any], table: str | None, name: str, line: str) -> str:
    """Return a file's text with a line in the place of the one that sets a value, or added."""
    newline = "\r\n" if "\r\n" in text else "\n"
    start, end = _section(text, table)
    if start < 0:
        gap = newline if text and not text.endswith(newline * 2) else ""
        ended = "" if not text or text.endswith("\n") else newline
        return f"{text}{ended}{gap}[{table}]{newline}{line}{newline}"
    holder = content if table is None else content[table]
    found = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=[ \t]*", re.MULTILINE).search(
        text, start, end
    )
    if found is not None and name in holder:
        stop = _value_end(text, found.end(), holder[name])
        value = line.partition(" = ")[2]
        return text[: found.end()] + value + text[stop:]
    # After the section's last line; comments before the next header belong to that.
    place = start
    for each in re.finditer(r"^[^\r\n]*(?:\r?\n|\Z)", text[start:end], re.MULTILINE):
        stripped = each[0].strip()
        if stripped and not stripped.startswith("#"):
            place = start + each.end()
    if place == start and end == len(text):
        place = end
    ended = "" if place == 0 or text[:place].endswith("\n") else newline
    return f"{text[:place]}{ended}{line}{newline}{text[place:]}"


def _section(text: str, table: str | None) -> tuple[int, int]:
    """Return where a table's lines begin and end, or the lines above all tables; -1 if nowhere."""
    start = 0
    if table is not None:
        header = re.compile(rf"^[ \t]*\[[ \t]*{table}[ \t]*\][ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)", re.M)
        found = header.search(text)
        if found is None:
            return -1, -1
        start = found.end()
    following = HEADER.search(text, start)
    return start, len(text) if following is None else following.start()


def _value_end(text: str, start: int, value: Any) -> int:
    """Return where a value that begins at a place ends, by reading ever more of the text."""
    for place in (*(each.start() for each in re.finditer(r"[#\n]", text[start:])), None):
        end = len(text) if place is None else start + place
        try:
            if tomllib.loads(f"value = {text[start:end].strip()}")["value"] == value:
                return start + len(text[start:end].rstrip())
        except tomllib.TOMLDecodeError:
            continue
    raise ValueError("the value's end was not found")


def _replace(path: Path, text: str) -> None:
    """Put a text in the place of a file's, whole or not at all."""
    real = path.resolve()  # a link stays a link
    real.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            temporary.chmod(real.stat().st_mode)
        temporary.replace(real)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
