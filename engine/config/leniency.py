"""Reads ``config.toml`` where some of it is wrong: the rest is in force, and each fault is told."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.config.reading import Fault, SettingsError, validate
from engine.config.settings import Settings, load_settings

SAFEST: Mapping[str, Any] = {"approval": "always", "tools": (), "disk_cache": False}
"""What holds where what the person wants cannot be read, since the defaults may allow more."""
SHOWN = {"approval": "always", "tools": "off", "disk_cache": "off"}
MOST_BACK = 200
"""So many lines before the one that cannot be read any more may be the one that is wrong."""

AT_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")
NAME = re.compile(r"""[ \t]*["']?([A-Za-z0-9_-]+)["']?[ \t]*=""")


class Lenient(NamedTuple):
    """What is in force of a file, and sentences about what is not."""

    settings: Settings
    problems: tuple[str, ...] = ()


def load_usable_settings(path: Path) -> Lenient:
    """Return the settings in a file that can be used; all defaults if there is no such file.

    Where what is wrong would keep tools or the disk from something, they are kept from all of it.
    """
    try:
        return Lenient(load_settings(path))
    except SettingsError as error:
        whole = str(error)
    try:
        text = path.read_text(encoding="utf-8")
        content, broken = _read_lines(text)
    except (OSError, ValueError, RecursionError):
        safest = _with_safest(Settings(), SAFEST)
        return Lenient(safest, (f"{whole} Until then nothing of it is in force.", *_say(SAFEST)))
    settings, faults = _take_what_is_valid(content, path)
    problems = [f"{path}, line {line}: {said}" for line, said, _ in broken]
    problems += [f"{path}: {fault.text}" for fault in faults]
    names = {name for _, _, lines in broken for name in _names_in(lines)}
    names |= {str(fault.place[0]) for fault in faults if fault.place}
    lost = [name for name in SAFEST if name in names and name not in settings.model_fields_set]
    problems[-1] += " The rest of the file is in force."
    return Lenient(_with_safest(settings, lost), (*problems, *_say(lost)))


def _with_safest(settings: Settings, names: Sequence[str] | Mapping[str, Any]) -> Settings:
    return settings.model_copy(update={name: SAFEST[name] for name in names})


def _say(names: Sequence[str] | Mapping[str, Any]) -> list[str]:
    return [f"Until that is mended, {name} is {SHOWN[name]}, to be safe." for name in names]


# --- lines that are no TOML --------------------------------------------------------------------


class Broken(NamedTuple):
    """Lines that were left out."""

    line: int
    """The first of them, from 1."""
    said: str
    lines: Sequence[str]


def _read_lines(text: str) -> tuple[dict[str, Any], list[Broken]]:
    """Return what TOML there is in a text, and the lines that had to be left out for it."""
    lines = text.split("\n")
    broken: list[Broken] = []
    while True:
        try:
            return tomllib.loads("\n".join(lines)), broken
        except tomllib.TOMLDecodeError as error:
            start, end = _find_culprit(lines, _line_of(error, lines))
            said = f"{AT_LINE.sub('', str(error))}."
            if end > start + 1:
                said += f" What is below {lines[start].strip()} has no effect."
            broken.append(Broken(start + 1, said, lines[start:end]))
            lines[start:end] = [""] * (end - start)


def _find_culprit(lines: Sequence[str], place: int) -> tuple[int, int]:
    """Return which lines to leave out so that the most of the others can be read.

    It is not always the line at which reading ends: a list that is not closed goes on below.
    """
    best, reached = (place, place + 1), -1
    for start in range(place, max(-1, place - MOST_BACK), -1):
        if not lines[start].strip():
            continue
        end = start + 1
        if lines[start].lstrip().startswith("["):  # its keys would fall to the table above
            while end < len(lines) and not lines[end].lstrip().startswith("["):
                end += 1
        tried = [*lines[:start], *[""] * (end - start), *lines[end:]]
        try:
            tomllib.loads("\n".join(tried))
        except tomllib.TOMLDecodeError as error:
            how_far = _line_of(error, tried)
        else:
            return start, end
        if how_far > reached:
            best, reached = (start, end), how_far
    return best


def _line_of(error: tomllib.TOMLDecodeError, lines: Sequence[str]) -> int:
    """Return at which line reading ended, from 0; a line that has something on it."""
    found = AT_LINE.search(str(error))
    place = int(found[1]) - 1 if found is not None and found[1] else len(lines) - 1
    place = min(place, len(lines) - 1)
    while place > 0 and not lines[place].strip():
        place -= 1
    return place


def _names_in(lines: Sequence[str]) -> list[str]:
    return [found[1] for line in lines if (found := NAME.match(line))]


# --- values that cannot be set -----------------------------------------------------------------


def _take_what_is_valid(content: Mapping[str, Any], path: Path) -> tuple[Settings, list[Fault]]:
    """Return the settings without those that cannot be set, and what is wrong with each."""
    left = copy.deepcopy(dict(content))
    faults: list[Fault] = []
    while True:
        try:
            return validate(Settings, left, path), faults
        except SettingsError as error:
            for fault in error.faults:
                faults += _leave_out(left, fault)


def _leave_out(content: dict[str, Any], fault: Fault) -> list[Fault]:
    """Take out what a fault is about; return the faults, more than one where it hid others."""
    name, *rest = fault.place
    table = content.get(str(name))
    if isinstance(table, dict) and rest and rest[0] in table:
        del table[rest[0]]
        return [fault]
    if isinstance(table, dict) and (faults := _faults_of_entries(str(name), table, fault.path)):
        for each in faults:
            del table[each.place[1]]
        return faults
    content.pop(str(name), None)
    return [fault]


def _faults_of_entries(name: str, table: Mapping[str, Any], path: Path) -> list[Fault]:
    """Return what is wrong with each entry of a table that is checked as a whole."""
    faults = []
    for key, value in table.items():
        try:
            validate(Settings, {name: {key: value}}, path)
        except SettingsError as error:
            faults.append(Fault(path, (name, key), error.faults[0].text))
    return faults
