"""Developer instructions and functions that a conversation may begin with."""

from __future__ import annotations

import random

from engine.harmony.prompt import FunctionDescription
from engine.models.demo.corpus.questions import draw_word

INSTRUCTIONS = (
    "You are a helpful assistant.", "Answer briefly.", "Be friendly.", "Be concise.",
    "You are a helpful assistant running in a terminal.", "Always be polite.", "Use plain words.",
    "Answer in one sentence.", "Do not make things up.", "Be precise.",
    "You are a careful assistant.", "Keep your answers short.", "Use Markdown.",
    "Use the tools where they help.", "Speak English.", "You are talking to a beginner.",
    "Explain things simply.", "Never guess.", "Be kind and patient.",
    "You are the assistant of harmony-tui.", "Think before you answer.",
    "Answer as well as you can.", "The user is an engineer.", "Use British spelling.",
    "No small talk.", "You are a tutor.",
)  # fmt: skip
"""None of them changes an answer."""


def _text_function(name: str, description: str, argument: str) -> FunctionDescription:
    schema = {
        "type": "object",
        "properties": {argument: {"type": "string"}},
        "required": [argument],
    }
    return FunctionDescription(name, description, schema)


EXTRA_FUNCTIONS = (
    _text_function("play_music", "Plays a song.", "title"),
    _text_function("get_weather", "Tells the weather of a place.", "city"),
    _text_function("search", "Searches the web.", "query"),
    _text_function("send_mail", "Sends a message.", "text"),
    _text_function("translate", "Translates a text.", "text"),
)
"""Functions that the model is not taught to call."""


def draw_instructions(rng: random.Random) -> str:
    """Draw a short sentence, mostly a sensible one."""
    if rng.random() < 0.75:
        return rng.choice(INSTRUCTIONS)
    words = " ".join(draw_word(rng) for _ in range(rng.randint(3, 12)))
    return words.capitalize() + "."
