"""How one asks for a value in a small file of settings to be changed or read."""

from __future__ import annotations

CHANGES = (
    "[change|set] [the|] {key} to {value} in {file}",
    "[change|set] [the|] {key} in {file} to {value}",
    "in {file}, [change|set] [the|] {key} to {value}",
    "in {file} [change|set] {key} to {value}",
    "[make|turn] the {key} {value} in {file}",
    "[update|adjust|edit] the {key} in {file} to {value}",
    "[update|edit|patch] {file}: {key} should be {value}",
    "[patch|edit] {file} so that [the|] {key} is {value}",
    "[the|] {key} in {file} should be {value}",
    "set {key} = {value} in {file}",
    "I want [the|] {key} in {file} to be {value}",
    "[can|could] you [change|set] [the|] {key} in {file} to {value}",
    "[can|could] you [change|set] [the|] {key} to {value} in {file}",
    "[please|] put {value} for [the|] {key} in {file}",
    "[replace|change] the {key} in {file} [with|by] {value}",
    "give {key} the value {value} in {file}",
    "[switch|move] the {key} in {file} to {value}",
    "[the|] {key} has to be {value} in {file}",
    "I need {key} to be {value} in {file}",
    "write {value} as the {key} in {file}",
    "make it {value} for {key} in {file}",
    "[let|have] the {key} in {file} be {value}",
    "{file}: set {key} to {value}",
    "use {value} [as|for] the {key} in {file}",
    "[modify|correct|fix] the {key} in {file}, it [should be|must be|is] {value}",
    "[open|take] {file} and [set|change] {key} to {value}",
    "the {key} setting in {file} should become {value}",
    "[change|edit] {file}, {key} to {value}",
)

LOOKS = (
    "what is [the|] {key} in {file}", "what's the {key} in {file}",
    "which {key} [is|stands|is set] in {file}", "[read|find|get|look up] the {key} in {file}",
    "[tell me|show me|give me] the {key} [in|from|of] {file}",
    "what [value has|does it say for|is the value of] {key} in {file}",
    "what is {key} set to in {file}", "[in|according to] {file}, what is the {key}",
    "[look in|check] {file} for the {key}", "[can|could] you read the {key} from {file}",
    "{file}: what is the {key}", "how is {key} set in {file}", "[check|see] the {key} in {file}",
    "what [stands|is written] for {key} in {file}", "I need the {key} from {file}",
    "[look up|find] {key} in {file}", "what does {file} say about {key}",
    "which value does {key} have in {file}", "what {key} does {file} have",
)  # fmt: skip

READINGS = (
    "[read|open|show|display|print] {file}", "[read|open|show] the file {file}",
    "what [is|stands] in {file}", "what does {file} [say|contain|look like]",
    "[show|tell] me what is in {file}", "[can|could] you [read|open|show me] {file}",
    "[have a look|look|take a look] at {file}", "[let me see|I want to see] {file}",
    "show me {file}", "[give|show] me the [content|contents] of {file}",
    "what [is|are] the [content|contents] of {file}", "[check|view|inspect] {file}",
    "the [content|contents] of {file}", "[read|open] {file} for me", "read me {file}",
    "use read_file on {file}", "how long is {file}", "how many lines [has|does] {file} [have|]",
    "how does {file} begin", "what is the first line of {file}", "list what is in {file}",
)  # fmt: skip

FILES = (
    "config.txt", "settings.txt", "options.txt", "server.txt", "app.conf", "server.conf",
    "settings.ini", "config.ini", "app.ini", "user.ini", "game.txt", "setup.txt", "data.txt",
    "notes.txt", "server.toml", "config.toml",
)  # fmt: skip

NUMBER_KEYS = (
    "port", "timeout", "limit", "size", "width", "height", "speed", "count", "delay", "depth",
    "volume", "version", "age", "level", "workers", "retries", "score", "lines", "weight", "step",
)  # fmt: skip
"""Whose value is a number."""
WORD_KEYS = {
    "host": ("localhost", "server", "remote", "local"),
    "mode": ("fast", "slow", "safe", "normal"),
    "color": ("red", "blue", "green", "black", "white"),
    "theme": ("dark", "light", "blue", "plain"),
    "language": ("English", "German", "French", "Spanish"),
    "debug": ("true", "false"),
    "cache": ("true", "false"),
    "sound": ("on", "off"),
    "log": ("on", "off", "full"),
    "name": ("Ada", "demo", "test", "main"),
    "style": ("simple", "modern", "classic"),
    "user": ("admin", "guest", "root"),
    "region": ("north", "south", "west", "east"),
    "format": ("text", "json", "table"),
}
"""Whose value is one of some words."""
