"""Frames that many topics share: ways of asking for something that is put into them."""

from __future__ import annotations

ACTION_FRAMES = (
    "{do}",
    "how [do|can|could|would|should] I {do}",
    "how to {do}",
    "how does one {do}",
    "where [do|can] I {do}",
    "[what|which] [key|command] lets me {do}",
    "what do I [type|press|have to type|have to press] to {do}",
    "what is the [command|shortcut|key|way] to {do}",
    "is there [a|any|some] [way|shortcut|command|key] to {do}",
    "is it possible to {do}",
    "[can|could|may] I {do}",
    "[I want|I need|I would like|I'd like|I wish] to {do}",
    "[I don't know|I do not know|no idea|I forgot|not sure] how to {do}",
    "I [can't|cannot] [find|see|work out|figure out] how to {do}",
    "[please|] [show|tell|teach] me how to {do}",
    "[I was wondering|do you know|can you tell me|I wonder] how to {do}",
    "[help me|I am trying to|I'm trying to|let me|I have to] {do}",
    "[what if|suppose|say] I want to {do}",
)
"""Around something that a person wants to do."""

CONCEPT_FRAMES = (
    "{it}",
    "what is {it}",
    "what's {it}",
    "what exactly is {it}",
    "what does {it} mean",
    "what does {it} do",
    "what is {it} [for|good for|about]",
    "what [do you mean|is meant] by {it}",
    "[explain|describe|define] {it} [please|briefly|to me|]",
    "[can|could|would] you explain {it}",
    "[an explanation|a short explanation|a definition|the meaning] of {it}",
    "tell me [about|something about|more about|what you know about] {it}",
    "how does {it} work",
    "why [is there|do we need|do I need|would I want] {it}",
    "[do you know|I wonder|I was wondering|tell me] what {it} is",
    "I [don't|do not] [understand|get|know] {it}",
    "I [keep reading about|have heard of|read about|came across] {it}",
    "{it} [in one sentence|in simple words|in short|for beginners]",
    "teach me [about|] {it}",
    "[anything|something] about {it}",
)
"""Around a thing or an idea."""

COMMAND_FRAMES = (
    "{it}",
    "what is {it}",
    "what does {it} do",
    "how [do|can|should] I use {it}",
    "when [do|would|should] I use {it}",
    "what happens [if|when] I type {it}",
    "[explain|describe] {it}",
    "[help with|help on|tell me about|more about] {it}",
    "[usage|syntax|meaning|purpose] of {it}",
    "the {it} command",
    "[what is the {it} command for|explain the {it} command|how does the {it} command work]",
    "[show me|I wonder] how {it} works",
)
"""Around the name of a slash command."""

KEY_FRAMES = (
    "{it}",
    "what does {it} do",
    "what is {it} for",
    "what happens [if|when] I [press|hit] {it}",
    "[press|pressing|I pressed|I hit] {it}",
    "[explain|describe|tell me about] {it}",
    "the {it} key",
    "[what is the {it} [key|shortcut] for|what does the {it} [key|shortcut] do]",
    "[when|why] would I press {it}",
    "[meaning|purpose|function|use] of {it}",
)
"""Around the name of a key."""


def actions(*actions: str) -> tuple[str, ...]:
    """Return wordings of wanting to do something, such as "load a model"."""
    return tuple(frame.replace("{do}", do) for do in actions for frame in ACTION_FRAMES)


def concepts(*things: str) -> tuple[str, ...]:
    """Return wordings of asking what a thing or an idea is."""
    return tuple(frame.replace("{it}", it) for it in things for frame in CONCEPT_FRAMES)


def command(name: str) -> tuple[str, ...]:
    """Return wordings of asking for a slash command."""
    return tuple(frame.replace("{it}", name) for frame in COMMAND_FRAMES)


def key(*spellings: str) -> tuple[str, ...]:
    """Return wordings of asking for a key, spelled in several ways."""
    name = f"[{'|'.join(spellings)}]"
    return tuple(frame.replace("{it}", name) for frame in KEY_FRAMES)
