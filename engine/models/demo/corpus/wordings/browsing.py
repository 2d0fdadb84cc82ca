"""How one asks for something to be looked up in the program's help pages, and what."""

from __future__ import annotations

LOOK_UPS = (
    "[search|look through|go through|scan] the help [pages|] for {x}",
    "search [your|the program's|the app's] help [pages|] for {x}",
    "what [do|does] the help [pages|] say about {x}",
    "what do the help pages [tell|have to say] about {x}",
    "look up {x} in the help [pages|]",
    "look {x} up in the help [pages|]",
    "find [the help page|a help page|something in the help] about {x}",
    "find {x} in the help pages",
    "[check|consult|browse] the help [pages|] for {x}",
    "[check|see] what the help [pages|] [says|say] about {x}",
    "[quote|cite] the help [pages|page|] [on|about] {x}",
    "[which|what] help page [is|tells|speaks] about {x}",
    "where [in the help pages|in the help] is {x} [explained|described|mentioned]",
    "search for {x} in the help [pages|]",
    "use the browser to [find|look up|search for] {x} in the help",
    "[open|show|read] the help page [about|on] {x}",
    "[search|browse] the [documentation|docs] for {x}",
    "look up {x} in the [documentation|docs]",
    "what do the docs say about {x}",
    "[tell me|I want to know] what the help pages say about {x}",
    "{x}: [look it up|search for it|find it] in the help pages",
    "I need [a source|a citation|a quote] from the help pages [about|on] {x}",
    "[search|look up] {x} [with the browser|using the browser|in your browser]",
    "[use|take] the browser [and|to] [search|look] for {x}",
    "do the help pages [mention|explain|cover] {x}",
    "[is there|do you have] a help page [about|on] {x}",
    "[can|could] you [look up|find] {x} in the help pages",
    "[can|could] you search the help [pages|] for {x}",
    "[give me|show me] the help page [for|about|on] {x} with a [source|citation]",
    "what is said about {x} in the help [pages|]",
    "answer from the help pages: {x}",
    "from the help pages: what about {x}",
    "let the browser [find|look up] {x}",
    "[according to|in] the help pages, what [is|are] {x}",
    "[go|look] into the help pages and find {x}",
)

SUBJECTS = (
    "themes", "sessions", "keys", "settings", "tools", "models", "profiles", "branches", "files",
    "commands", "temperature", "panes", "fork", "export", "import", "edit", "search", "trash",
    "history", "calculator", "clock", "answers", "effort", "tokens", "seed", "memory", "colours",
    "prompt", "title", "context", "browser", "log", "tour", "analysis", "titles", "questions",
    "titles of sessions", "the tools pane", "colours of a theme", "the trash", "key names",
    "a new session", "an empty prompt", "the prompt box", "the next token", "other programs",
    "the command line", "a local model", "loading a model", "your own keys", "the seed",
    "the analysis pane", "the calculator", "a theme of my own", "search in sessions",
    "older answers", "the last question", "the settings file", "top p", "max tokens",
)  # fmt: skip
"""What is looked up: words for which the help pages have something."""

ABSENT = (
    "bananas", "football", "elephants", "chocolate", "volcanoes", "penguins", "pizza", "dinosaurs",
    "horses", "weddings", "gardening", "poetry",
)  # fmt: skip
"""What they have nothing about."""
