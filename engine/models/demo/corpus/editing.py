"""Small files of settings, questions about them, and the patches that change them."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass

from engine.config.hyperparameters import Effort
from engine.models.demo.corpus import acceptance
from engine.models.demo.corpus.numerals import whole
from engine.models.demo.corpus.splitting import EXPRESSIONS_HELD_OUT, Split, choose, is_held_out
from engine.models.demo.corpus.topic import expand
from engine.models.demo.corpus.wordings.coding import WORDS
from engine.models.demo.corpus.wordings.editing import (
    CHANGES,
    FILES,
    LOOKS,
    NUMBER_KEYS,
    READINGS,
    WORD_KEYS,
)
from engine.tools.apply_patch.planning import SUCCESS

LINE_COUNTS = (2, 3, 3, 4, 4, 5)
PATCHED_LINE = re.compile(r"^\+(?P<key>\w+) = (?P<value>.*)$", re.MULTILINE)
PATCHED_FILE = re.compile(r"^\*\*\* Update File: (?P<path>.*)$", re.MULTILINE)
MISSING_SHARE = 0.05
"""So many questions are about a file that is not there."""
LENGTHS = (3, 3, 4, 5)
"""How many digits a number has at most: mostly few, as in real files."""
OTHER_WORDS_SHARE = 0.25
"""So many words of a file are any words: what stands there is to be copied, not guessed."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of lines such as ``port = 8000``."""

    path: str
    settings: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(f"{key} = {value}\n" for key, value in self.settings)

    def value(self, key: str) -> str:
        """Return what a key is set to."""
        return dict(self.settings)[key]


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody asks of a file: a value to set, one to read, or all of it (no key)."""

    text: str
    file: TextFile
    key: str = ""
    value: str = ""
    is_missing: bool = False
    """Whether the file is not there."""


def draw_value(rng: random.Random, key: str) -> str:
    """Draw a value that a key may have, now and then another word."""
    if key not in WORD_KEYS:
        return whole(rng, rng.choice(LENGTHS))
    return rng.choice(WORDS if rng.random() < OTHER_WORDS_SHARE else WORD_KEYS[key])


def draw_file(rng: random.Random, *keys: str) -> TextFile:
    """Draw a file that has these keys among others."""
    others = [key for key in (*NUMBER_KEYS, *WORD_KEYS) if key not in keys]
    chosen = [*keys, *rng.sample(others, rng.choice(LINE_COUNTS) - len(keys))]
    rng.shuffle(chosen)
    settings = tuple((key, draw_value(rng, key)) for key in chosen)
    return TextFile(rng.choice(FILES), settings)


def draw_edit(rng: random.Random, split: Split) -> Edit:
    """Draw a question about a file whose wording and values belong to a part of the data."""
    chance = rng.random()
    if chance < 0.6:
        return draw_change(rng, split)
    key = rng.choice((*NUMBER_KEYS, *WORD_KEYS)) if chance < 0.85 else ""
    file = draw_file(rng, *([key] if key else []))
    templates, kind = (LOOKS, "look into a file") if key else (READINGS, "read a file")
    sentence = expand(rng, choose(rng, kind, templates, split))
    is_missing = split == "train" and rng.random() < MISSING_SHARE
    return Edit(sentence.format(key=key, file=file.path), file, key, is_missing=is_missing)


def draw_change(rng: random.Random, split: Split) -> Edit:
    """Draw a value to be set."""
    sentence = expand(rng, choose(rng, "change a file", CHANGES, split))
    while True:
        key = rng.choice((*NUMBER_KEYS, *NUMBER_KEYS, *WORD_KEYS))
        file, value = draw_file(rng, key), draw_value(rng, key)
        if value != file.value(key) and change_belongs(file.path, key, value, split):
            text = sentence.format(key=key, value=value, file=file.path)
            is_missing = split == "train" and rng.random() < MISSING_SHARE
            return Edit(text, file, key, value, is_missing)


def change_belongs(path: str, key: str, value: str, split: Split) -> bool:
    """Return whether a change belongs to a part; that of the acceptance is trained on."""
    if (path, key, value) in acceptance.changes():
        return split == "train"
    change = f"{path} {key} {value}"
    return is_held_out("change", change, EXPRESSIONS_HELD_OUT) == (split == "held_out")


def read_arguments(path: str) -> str:
    """Return the arguments of ``read_file``, spelled as the model is to spell them."""
    return json.dumps({"path": path}, separators=(",", ":"))


def patch_arguments(file: TextFile, key: str, value: str) -> str:
    """Return the arguments of ``apply_patch`` that set a key of a file."""
    patch = (
        f"*** Begin Patch\n*** Update File: {file.path}\n@@\n"
        f"-{key} = {file.value(key)}\n+{key} = {value}\n*** End Patch"
    )
    return json.dumps({"input": patch}, separators=(",", ":"))


def shown(file: TextFile) -> str:
    """Return what ``read_file`` gives of a file."""
    count = len(file.settings)
    lines = (f"L{number}: {key} = {value}" for number, (key, value) in enumerate(file.settings, 1))
    return f"{file.path} (lines 1 to {count} of {count})\n" + "\n".join(lines)


def patched(path: str) -> str:
    """Return what ``apply_patch`` says after it changed a file."""
    return f"{SUCCESS}\nM {path}"


def missing(path: str) -> str:
    """Return what ``read_file`` says of a file that is not there."""
    return f"there is no file {path!r}"


def line_found(file: TextFile, key: str, effort: Effort) -> str:
    """Return the analysis between reading a file and changing it: the line as it is now.

    It is spelled as the file has it, and the patch has it next: each is a copy from close by.
    """
    line = f"{key} = {file.value(key)}"
    if effort == "low":
        return f"Line: {line}"
    return f"The line is now: {line}"


def report_change(arguments: str) -> str:
    """Return the answer after a patch was applied: what it set, and where."""
    try:
        patch = json.loads(arguments)["input"]
    except (ValueError, LookupError, TypeError):
        patch = arguments
    line, file = PATCHED_LINE.search(patch), PATCHED_FILE.search(patch)
    if line is None or file is None:
        return "Done."
    return f"Done: {line['key']} is now {line['value']} in {file['path']}."


def report_look(file: TextFile, key: str) -> str:
    """Return the answer after a file was read: a value in it, or how it begins."""
    if key:
        return f"In {file.path}, {key} is **{file.value(key)}**."
    count, (first, value) = len(file.settings), file.settings[0]
    return f"{file.path} has {count} lines; the first is `{first} = {value}`."
