"""The cases of gpt-oss's compatibility test, and what the test wants to see of an answer.

The cases and tools are those of ``compatibility-test`` in openai/gpt-oss (Apache License 2.0).
What its own program, in TypeScript, checks is in ``runCase.ts``: that reasoning is told under the
right name, and that the one tool is called with arguments of its schema.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).with_name("compatibility_cases.jsonl")


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the tool that it is for, and the arguments that the tool is to be called with."""

    tool: str
    question: str
    arguments: str


def load_cases() -> list[Case]:
    """Return all cases."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [
        Case(each["tool_name"], each["input"], each["expected_arguments"])
        for each in map(json.loads, lines)
    ]


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


TOOLS: dict[str, dict[str, Any]] = {
    "get_weather": {
        "description": "Get the weather for a given location",
        "parameters": {
            "type": "object",
            "properties": {"location": _text("The location to get the weather for")},
            "required": ["location"],
            "additionalProperties": False,
        },
    },
    "get_system_health": {
        "description": "Returns the current health status of the LLM runtime—use before critical "
        "operations to verify the service is live.",
        "parameters": {"type": "object", "properties": {}},
    },
    "markdown_to_html": {
        "description": "Converts a Markdown string to sanitized HTML—use when you need "
        "browser-renderable output.",
        "parameters": {
            "type": "object",
            "properties": {"markdown": _text("Raw Markdown content")},
            "required": ["markdown"],
            "additionalProperties": False,
        },
    },
    "detect_language": {
        "description": "Identifies the ISO language code of the supplied text—use for routing text "
        "to language-specific models.",
        "parameters": {
            "type": "object",
            "properties": {"text": _text("Text whose language should be detected")},
            "required": ["text"],
            "additionalProperties": False,
        },
    },
    "generate_chart": {
        "description": "Creates a base64-encoded PNG chart from tabular data—use for quick "
        "visualizations inside chat.",
        "parameters": {
            "type": "object",
            "properties": {
                "data": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "number"}},
                    "description": "2-D numeric data matrix",
                },
                "chart_type": _text("Type of chart to generate", enum=["line", "bar", "scatter"]),
                "title": _text("Chart title", default=""),
                "x_label": _text("Label for the x-axis", default=""),
                "y_label": _text("Label for the y-axis", default=""),
            },
            "required": ["data", "chart_type"],
            "additionalProperties": False,
        },
    },
    "query_database": {
        "description": "Runs a parameterized SQL SELECT on the internal analytics DB—use for "
        "lightweight data look-ups.",
        "parameters": {
            "type": "object",
            "properties": {
                "table": _text("Table name to query"),
                "columns": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "Columns to return",
                },
                "filters": _text("SQL WHERE clause without the word WHERE", default=""),
                "limit": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 10000,
                    "description": "Max rows to return",
                    "default": 100,
                },
                "order_by": _text("Column to order by (optional)", default=""),
            },
            "required": ["table", "columns"],
            "additionalProperties": False,
        },
    },
}
"""What each case's tool takes, by its name."""

OUTPUT = '{"status":"ok"}'
"""What every tool gives."""
