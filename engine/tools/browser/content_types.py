"""Which kind of text a document is, by what it is called and by what it looks like."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from engine.tools.registry import ToolError


class Kind(Enum):
    """How a document is read."""

    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    PLAIN = "plain"


PDF = "it is a PDF file, which cannot be read here; look for the same text as a web page"

SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), Kind.HTML),
    **dict.fromkeys((".md", ".markdown", ".mdx"), Kind.MARKDOWN),
    ".json": Kind.JSON,
}
MARKUP = frozenset(("text/html", "application/xhtml+xml"))
UNDECIDED = frozenset(("", "text/plain", "application/octet-stream"))
"""Types that servers give to what they do not know."""
APPLICATION_TEXT = frozenset(
    f"application/{name}"
    for name in (
        *("json", "xml", "javascript", "x-javascript", "ecmascript", "yaml", "x-yaml", "toml"),
        *("x-ndjson", "jsonl", "x-sh", "x-tex", "x-latex", "sql", "x-httpd-php", "x-python"),
        *("octet-stream", "x-subrip", "graphql", "markdown", "x-markdown"),
    )
)

BINARY_LOOK_BYTES = 1024
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def name_of(content_type: str) -> str:
    """Return the type that a header ``Content-Type`` names, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """Return the character set that a header ``Content-Type`` names."""
    for parameter in content_type.split(";")[1:]:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def check_content_type(content_type: str) -> None:
    """Let text in all its forms pass.

    Args:
        content_type: the header; an empty one passes, the bytes decide then.

    Raises:
        ToolError: it is something that cannot be read as text.
    """
    name = name_of(content_type)
    if name == "application/pdf":
        raise ToolError(PDF)
    is_image = name.startswith("image/")
    is_text = name.startswith("text/") or name.endswith(("+json", "+xml", "+yaml"))
    if name and (is_image or not (is_text or name in APPLICATION_TEXT)):
        raise ToolError(f"it is of the type {name[:60]}, which cannot be read as text")


def kind_of(url: str, content_type: str, content: bytes) -> Kind:
    """Return how to read a document.

    Raises:
        ToolError: it cannot be read as text.
    """
    check_content_type(content_type)
    if content.startswith(b"%PDF-"):
        raise ToolError(PDF)
    is_utf_16 = content.startswith(UTF_16_MARKS) or "utf-16" in content_type.lower()
    if not is_utf_16 and b"\0" in content[:BINARY_LOOK_BYTES]:
        raise ToolError("it is a binary file, which cannot be read as text")
    name = name_of(content_type)
    if name in MARKUP:
        return Kind.HTML
    if name.endswith("markdown"):
        return Kind.MARKDOWN
    if name.endswith(("/json", "+json")):
        return Kind.JSON
    if name in UNDECIDED:
        suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
        # What says that it is plain text and is called .html shows its source, as browsers do.
        if suffix in SUFFIXES and not (name == "text/plain" and SUFFIXES[suffix] is Kind.HTML):
            return SUFFIXES[suffix]
        if name != "text/plain" and content[:200].lstrip().lower().startswith(
            (b"<!doctype html", b"<html")
        ):
            return Kind.HTML
    return Kind.PLAIN
