"""What the browser's functions take, forgiving of how models write it."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

CURSOR = re.compile(r"\[?\s*(-?\d+)\s*\]?")
LINK_MARK = re.compile(r"(?:【\s*)?(-?\d+)(?:†.*)?(?:】)?", re.DOTALL)
LINE = re.compile(r"L?(-?\d+)(?:\s*-\s*L?\d+)?", re.IGNORECASE)
NOTHING = frozenset(("", "none", "null", "undefined"))


def _number(pattern: re.Pattern[str]) -> BeforeValidator:
    """Return what reads a whole number out of text, and takes nothing for the usual -1."""

    def read(value: Any) -> Any:
        if value is None or (isinstance(value, str) and value.strip().lower() in NOTHING):
            return -1
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, str):
            found = pattern.fullmatch(value.strip())
            return int(found[1]) if found else value
        return value

    return BeforeValidator(read)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _link(value: Any) -> Any:
    """Return a link's number if that is what was written, else the URL."""
    if isinstance(value, str) and LINK_MARK.fullmatch(value.strip()):
        return _number(LINK_MARK).func(value)  # type: ignore[call-arg]
    if value is None or (isinstance(value, str) and value.strip().lower() in NOTHING):
        return -1
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = Annotated[str, BeforeValidator(_text)]
Cursor = Annotated[int, _number(CURSOR)]
Line = Annotated[int, _number(LINE)]


class Arguments(BaseModel):
    """What all of them have in common: what is not known is passed over."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class SearchArguments(Arguments):
    """What ``browser.search`` takes."""

    query: Text = Field(validation_alias=AliasChoices("query", "q", "search_query"), min_length=1)
    topn: Line = Field(default=10, validation_alias=AliasChoices("topn", "top_n", "num_results"))
    source: str | None = None


class OpenArguments(Arguments):
    """What ``browser.open`` takes."""

    id: Annotated[int | str, BeforeValidator(_link)] = Field(
        default=-1, validation_alias=AliasChoices("id", "url", "link")
    )
    cursor: Cursor = -1
    loc: Line = Field(default=-1, validation_alias=AliasChoices("loc", "line"))
    num_lines: Line = -1
    view_source: bool | None = False
    source: str | None = None


class FindArguments(Arguments):
    """What ``browser.find`` takes."""

    pattern: Text = Field(validation_alias=AliasChoices("pattern", "query", "text"), min_length=1)
    cursor: Cursor = -1
