"""What a conversation begins with and how it is sampled: the prompt configuration.

It is a TOML file that is named on the command line, in a profile or in ``config.toml``. JSON files
of mlx-harmony, which this program succeeds, are read too.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

from engine.config import placeholders as placeholders_
from engine.config.hyperparameters import Hyperparameters
from engine.config.placeholders import Placeholders
from engine.config.predecessor import CALLED, UnknownKeyError, translate
from engine.config.reading import SettingsError, read_json, read_toml, validate
from engine.config.schema import Record, setting
from engine.values import value


@value
class ExampleMessage:
    """One message of an example: what a person says, or what the model is to answer."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    role: Literal["user", "assistant"]
    content: str


Dialogues = tuple[tuple[ExampleMessage, ...], ...]


def _check_hyperparameters(values: dict[str, Any]) -> dict[str, Any]:
    checked = Hyperparameters().with_values(values)
    return {name: getattr(checked, name) for name in values}


def _read_tools(tools: object) -> object:
    """Take on for what suits the model, off for none, and a text for names in a row."""
    match tools:
        case bool():
            return None if tools else ()
        case "on" | "true":
            return None
        case "off" | "false" | "none":
            return ()
        case str():
            return tuple(tools.replace(",", " ").split())
        case _:
            return tools


def _check_placeholders(own: dict[str, str]) -> dict[str, str]:
    placeholders_.check(own)
    return own


def _check_time(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("it needs a time zone, such as 2026-01-31T12:00:00Z")
    return moment


def _check_examples(dialogues: Dialogues) -> Dialogues:
    if not all(dialogues):
        raise ValueError("a dialogue without messages is no example")
    return dialogues


class PromptConfiguration(Record):
    """What a conversation begins with and how it is sampled; everything may be left out.

    All texts may hold placeholders, and nothing in them can become a control token.
    """

    identity: str | None = setting(
        default=None,
        description="Who the model is, in the system message; left out, as it was trained",
    )
    instructions: str = setting(
        default="", description="What the model is told at the start of every conversation"
    )
    knowledge_cutoff: str | None = setting(
        default=None,
        description="Until when the model knows the world, such as 2024-06; left out, as it was "
        "trained; empty leaves the line out",
    )
    conversation_start_date: str | None = setting(
        default=None,
        description="The day that the model takes for today; left out, today; empty leaves the "
        "line out",
    )
    fixed_time: datetime | None = setting(
        default=None,
        description="The moment that placeholders and the start date tell in place of now, with "
        "its time zone",
        check=_check_time,
    )
    greeting: str = setting(
        default="", description="What the model has said before you say anything"
    )
    examples: Dialogues = setting(
        default=(),
        description="Dialogues that the model takes for its own earlier ones: lists of "
        '{ role = "user" or "assistant", content = "..." }',
        check=_check_examples,
    )
    placeholders: dict[str, str] = setting(
        default={},
        description="Names and what they stand for, written {name} in texts and in what you type",
        check=_check_placeholders,
    )
    tools: tuple[str, ...] | None = setting(
        default=None,
        description="Names of the tools that the model may call; on, or left out, those that suit "
        "it; off is none",
        read=_read_tools,
    )
    context_limit: int = setting(
        default=0, ge=0, description="Use no more of the model's context than this; 0 is all"
    )
    reseed: bool = setting(
        default=False, description="Count a chosen seed up by one with every turn"
    )
    truncate_thinking: int = setting(
        default=0, ge=0, description="Show so many characters of an analysis; 0 shows all"
    )
    truncate_response: int = setting(
        default=0, ge=0, description="Show so many characters of an answer; 0 shows all"
    )
    sessions_folder: str | None = setting(
        default=None, description="Folder of the conversations; left out, the usual one"
    )
    models_folder: str | None = setting(
        default=None, description="Folder in which models are looked for by name first"
    )
    hyperparameters: dict[str, Any] = setting(
        default={},
        description="Values that replace the model's own",
        check=_check_hyperparameters,
    )


@value
class Opening:
    """What one conversation begins with, its placeholders filled in for good."""

    identity: str | None = None
    """None is the one that the model was trained with."""
    knowledge_cutoff: str | None = None
    """None is the one that the model was trained with; empty is none."""
    start_date: str = ""
    """Empty is none."""
    instructions: str = ""
    examples: Dialogues = ()
    greeting: str = ""
    placeholders: Placeholders = field(default_factory=Placeholders)

    def spoken(self) -> list[ExampleMessage]:
        """Return the messages that come before what the person says first, in their order."""
        spoken = [message for dialogue in self.examples for message in dialogue]
        if self.greeting:
            spoken.append(ExampleMessage(role="assistant", content=self.greeting))
        return spoken


def open_conversation(configuration: PromptConfiguration, now: datetime) -> Opening:
    """Return what a conversation that begins at a moment begins with.

    Args:
        configuration: what was set.
        now: the moment, with a time zone; one that the configuration fixes goes before it.
    """
    now = configuration.fixed_time or now
    placeholders = Placeholders.at(now, configuration.placeholders)
    date = configuration.conversation_start_date

    def fill(text: str | None) -> str | None:
        return None if text is None else placeholders.fill(text)

    return Opening(
        identity=fill(configuration.identity),
        knowledge_cutoff=fill(configuration.knowledge_cutoff),
        start_date=now.date().isoformat() if date is None else placeholders.fill(date),
        instructions=placeholders.fill(configuration.instructions),
        examples=tuple(
            tuple(
                replace(message, content=placeholders.fill(message.content)) for message in dialogue
            )
            for dialogue in configuration.examples
        ),
        greeting=placeholders.fill(configuration.greeting),
        placeholders=placeholders,
    )


class LoadedPrompt(NamedTuple):
    """A prompt configuration and what its file says that has no meaning here."""

    configuration: PromptConfiguration
    notes: tuple[str, ...] = ()


def load_prompt_configuration(path: Path) -> LoadedPrompt:
    """Read a prompt configuration: TOML, or, where the name ends in ``.json``, mlx-harmony's.

    Raises:
        SettingsError: there is no such file, it cannot be read, or it sets something that cannot
            be set.
    """
    try:
        if path.suffix.lower() == ".json":
            return _load_json(path)
        return LoadedPrompt(validate(PromptConfiguration, read_toml(path), path))
    except FileNotFoundError as error:
        raise SettingsError(f"There is no prompt configuration {path}.") from error


def _load_json(path: Path) -> LoadedPrompt:
    content = read_json(path)
    if not isinstance(content, dict):
        raise SettingsError(f"{path} is no prompt configuration: it holds no JSON object.")
    try:
        translated, ignored = translate(content)
    except UnknownKeyError as error:
        raise SettingsError(f"{path}: {error}") from error
    configuration = validate(PromptConfiguration, translated, path, CALLED)
    notes = (f"{path}: of no meaning here: {', '.join(ignored)}.",) if ignored else ()
    return LoadedPrompt(configuration, notes)
