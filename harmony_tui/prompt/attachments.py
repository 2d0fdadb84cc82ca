"""Files that a message mentions as ``@path``: they are sent with it, as text."""

from __future__ import annotations

import re
from pathlib import Path

MENTION = re.compile(r"(?<![^\s(\[{])@(?:\"(?P<quoted>[^\"\n]+)\"|(?P<plain>[^\s\"]+))")
SUFFIX = re.compile(r"\w\.[A-Za-z]\w{0,7}$")
CLOSING = ".,;:!?)]}'"
"""What may follow a path without being of it."""
LONGEST_TOLD = 60
LARGEST_BYTES = 256 * 1024
FENCE = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)
FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)


class AttachmentError(Exception):
    """A file cannot be sent; the message says why and what to do."""


def attach(message: str, folder: Path, *, mentions: str | None = None) -> str:
    """Return a message, and below it the text of each file that it mentions.

    A file whose text is there already, as in a message that is edited, is not added again.

    Args:
        message: what is sent.
        folder: what the paths are relative to.
        mentions: where the mentions are looked for, if not in all of the message.

    Raises:
        AttachmentError: a file is too large, not text, or cannot be read.
    """
    files = find_mentions(message if mentions is None else mentions, folder)
    added = [_fenced(name, path) for name, path in files.items() if not _holds(message, name)]
    return "\n\n".join([message, *added])


def find_mentions(text: str, folder: Path) -> dict[str, Path]:
    """Return the files that a text mentions, by the paths as they are written there.

    What names no file is plain text, as in ``@property`` or ``me@example.org``, and so is all that
    stands in a fenced block.
    """
    found: dict[str, Path] = {}
    for each in MENTION.finditer(FENCED.sub("", text)):
        name = each["quoted"] or each["plain"]
        while name and not _is_file(folder, name):
            name = name[:-1] if each["plain"] and name[-1] in CLOSING else ""
        if name:
            found[name] = folder / Path(name).expanduser()
    return found


def tell_unsent(text: str, folder: Path) -> str:
    """Return what is said about mentions that name no file; empty where none looks like a path.

    Such a message is sent all the same: ``@types/node`` may mean something else.
    """
    told: dict[str, str] = {}
    for each in MENTION.finditer(FENCED.sub("", text)):
        written = each["quoted"] or each["plain"]
        name = written if each["quoted"] else written.rstrip(CLOSING)
        if name and not find_mentions(each[0], folder):
            if what := _what_is_there(folder, name):
                told[name] = f"{_short(mention(name))} {what}"
            elif "/" in name or SUFFIX.search(name):
                told[name] = f"{_short(mention(name))} names no file"
    return f"{'; '.join(told.values())}: sent as it stands." if told else ""


def _short(written: str) -> str:
    return written if len(written) <= LONGEST_TOLD else f"{written[: LONGEST_TOLD - 1]}…"


def _what_is_there(folder: Path, name: str) -> str:
    """Return what a path leads to that is no file; nothing if it leads nowhere."""
    try:
        path = folder / Path(name).expanduser()
        if path.is_dir():
            return "is a folder"
        if path.is_symlink():
            return "is a link that leads nowhere"
        return "is no file that could be sent" if path.exists() else ""
    except (OSError, ValueError, RuntimeError):  # too long, not a path, no such home
        return ""


def mention(path: str) -> str:
    """Return how a path is mentioned."""
    return f'@"{path}"' if re.search(r"\s", path) else f"@{path}"


def _holds(message: str, name: str) -> bool:
    return f"\n\n{name}:\n```" in message


def _is_file(folder: Path, name: str) -> bool:
    try:
        return (folder / Path(name).expanduser()).is_file()
    except (OSError, ValueError, RuntimeError):  # too long, not a path, no such home
        return False


def _fenced(name: str, path: Path) -> str:
    text = _read(name, path)
    runs = [len(fence[1]) for fence in FENCE.finditer(text)]
    fence = "`" * max(3, *(run + 1 for run in runs), 0)
    language = path.suffix[1:] if path.suffix[1:].isalnum() else ""
    return f"{name}:\n{fence}{language}\n{text.rstrip()}\n{fence}"


def _read(name: str, path: Path) -> str:
    instead = f"Write {name} without the @ to name it only."
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        size = path.stat().st_size
    except OSError as error:
        raise AttachmentError(f"{name} cannot be read: {error.strerror}. {instead}") from error
    if len(content) > LARGEST_BYTES:
        raise AttachmentError(
            f"{name} has {size / 1024:,.0f} KiB; up to {LARGEST_BYTES // 1024} are sent. {instead}"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise AttachmentError(f"{name} is not UTF-8 text, so it cannot be sent. {instead}")
    return text.replace("\r\n", "\n").replace("\r", "\n")
