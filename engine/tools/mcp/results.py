"""What a server's answer to a call is to a model that reads text."""

from __future__ import annotations

import json
from collections.abc import Iterable

from mcp import types

from engine.tools.python.output import Output
from engine.tools.registry import Result

NO_RESULT = "Done; the tool returned nothing."
BASE64 = 4 / 3
"""Characters for a byte."""


def result_of(answer: types.CallToolResult) -> Result:
    """Return a server's answer as text, cut where it is too long; what is no text is named."""
    parts = [_written(each) for each in answer.content]
    if not parts and answer.structured_content is not None:
        parts = [json.dumps(answer.structured_content, ensure_ascii=False, indent=1)]
    text = shortened("\n".join(part for part in parts if part))
    if answer.is_error:
        return Result(f"Error: {text or 'the tool failed and said no more'}", is_failed=True)
    return Result(text or NO_RESULT)


def shortened(text: str) -> str:
    """Return the beginning and end of a text that is too long, without a terminal's sequences."""
    output = Output(lambda _: None)
    output.feed(text.encode(errors="replace"))
    return output.text()


def _written(content: types.ContentBlock) -> str:
    match content:
        case types.TextContent():
            return content.text
        case types.ImageContent():
            return f"[an image ({_sized(content.mime_type, content.data)}), which is not shown]"
        case types.AudioContent():
            return f"[a sound ({_sized(content.mime_type, content.data)}), which is not played]"
        case types.ResourceLink():
            return f"[{content.title or content.name}: {content.uri}]"
        case types.EmbeddedResource(resource=types.TextResourceContents() as resource):
            return f"[{resource.uri}]\n{resource.text}"
        case types.EmbeddedResource(resource=resource):
            kind = _sized(resource.mime_type or "bytes", getattr(resource, "blob", ""))
            return f"[{resource.uri} ({kind}), which is not shown]"
        case _:
            return "[something that cannot be shown]"


def _sized(kind: str, data: str) -> str:
    return f"{kind}, {int(len(data) / BASE64):,} bytes"


def joined(messages: Iterable[str]) -> str:
    """Return messages as one, without those that say the same."""
    return "; ".join(dict.fromkeys(message for message in messages if message))
