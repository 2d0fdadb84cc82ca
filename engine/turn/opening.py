"""What a conversation began with, read from the tokens of its preamble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from engine.config.prompt import ExampleMessage, Opening
from engine.harmony.encoding import END, are_tokens, load_encoding
from engine.harmony.prompt import BUILT_IN, REASONING, render_dialogue, render_system

SYSTEM = "<|start|>system<|message|>"
DEVELOPER = "<|start|>developer<|message|>"
SPEAKERS = {
    "<|start|>user<|message|>": "user",
    "<|start|>assistant<|channel|>final<|message|>": "assistant",
}
EFFORT = "\nReasoning: "
DATE = "Current date: "
CUTOFF = "Knowledge cutoff: "
OFFERED = tuple(
    some for count in range(len(BUILT_IN) + 1) for some in combinations(sorted(BUILT_IN), count)
)
"""The built-in tools that a system message may describe."""


def read_opening(preamble: Sequence[int], instructions: str) -> Opening | None:
    """Return what a conversation began with, so that the same preamble can be rendered again.

    What the model may call and how long it is to reason is no part of it.

    Args:
        preamble: the tokens of system message, developer message, examples and greeting.
        instructions: what the developer message says.

    Returns:
        None where rendering it would not give these tokens.
    """
    if not are_tokens(preamble):
        return None
    messages = list(_messages(preamble))
    opening = _read_system(messages[0], instructions)
    if opening is None:
        return None
    said = messages[1:]
    if said and load_encoding().decode(said[0]).startswith(DEVELOPER):
        del said[0]
    spoken = [_spoken(message) for message in said]
    known = [message for message in spoken if message is not None]
    rendered = render_dialogue(tuple((message.role, message.content) for message in known))
    if rendered != tuple(token for message in said for token in message):
        return None
    examples = (tuple(known),) if known else ()
    return Opening(
        opening.identity, opening.knowledge_cutoff, opening.start_date, instructions, examples
    )


def _messages(tokens: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Give the messages, their ends included; no text has the token that ends one."""
    message: list[int] = []
    for token in tokens:
        message.append(token)
        if token == END:
            yield tuple(message)
            message.clear()
    if message:
        yield tuple(message)


def _read_system(tokens: tuple[int, ...], instructions: str) -> Opening | None:
    text = "\n" + load_encoding().decode(tokens).removeprefix(SYSTEM)
    # What comes behind the last of these is of our own making; texts stand before it.
    before = text[: max(0, text.rfind(EFFORT))].removesuffix("\n")
    lines = before.split("\n")[1:]
    date, cutoff = _take_last(lines, DATE), _take_last(lines, CUTOFF)
    opening = Opening("\n".join(lines), cutoff, date, instructions)
    for effort, has_functions, built_in in product(REASONING, (False, True), OFFERED):
        rendered = render_system(
            effort,
            date or None,
            has_functions=has_functions,
            identity=opening.identity,
            knowledge_cutoff=cutoff,
            built_in=built_in,
        )
        if rendered == tokens:
            return opening
    return None


def _take_last(lines: list[str], beginning: str) -> str:
    """Return what the last line says after a beginning, and remove it; empty if it has another."""
    if not lines or not lines[-1].startswith(beginning):
        return ""
    said = lines[-1].removeprefix(beginning)
    if said:
        del lines[-1]
    return said


def _spoken(tokens: tuple[int, ...]) -> ExampleMessage | None:
    text = load_encoding().decode(tokens[:-1])
    for header, role in SPEAKERS.items():
        if text.startswith(header):
            return ExampleMessage(role=role, content=text.removeprefix(header))  # type: ignore[arg-type]
    return None
