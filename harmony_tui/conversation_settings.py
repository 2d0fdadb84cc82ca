"""What is set for the conversation that is open, and what changes with each setting."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.config.precedence import Configuration
from engine.config.prompt import open_conversation
from harmony_tui.preparing import (
    KEPT_BY,
    REREAD,
    changed_opening,
    resumed_opening,
    session_layers,
)

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.hyperparameters import Hyperparameters
    from engine.config.placeholders import Placeholders
    from engine.config.settings import Approval, Settings
    from engine.conversation.messages import Session


class ConversationSettings(ABC):
    """What the person has set, and where; what the conversation begins with.

    Whoever runs the conversation extends it, and is told when something else is in force.
    """

    def __init__(self, settings: Settings | Configuration) -> None:
        """Begin with what files and the command line say.

        Args:
            settings: what the person has set, and where.
        """
        self.configuration = Configuration.of(settings)
        """What is set, and where each value came from."""
        self._began = datetime.now().astimezone()
        self._turns_begun = 0
        self._opening = open_conversation(self._settings, self._began)

    @abstractmethod
    def _act_on_settings(self) -> None:
        """Have the conversation go by what is in force now."""

    @abstractmethod
    def _keep_elsewhere(self) -> None:
        """Have a conversation that has not begun be kept where it is to be now."""

    @abstractmethod
    def _use_workspace(self) -> None:
        """Have the tools work in the folder that is set now."""

    @property
    def _settings(self) -> Settings:
        return self.configuration.settings

    def _begin_settings(self, chat: Chat | None, began: datetime) -> None:
        """Have what is set fit another conversation.

        Args:
            chat: the conversation that goes on; None is one that begins.
            began: when it did.
        """
        self._began = began
        self._turns_begun = 0 if chat is None else _count_words(chat.session)
        layers = () if chat is None else session_layers(chat)
        self.configuration = self.configuration.with_layers("session", *layers)
        if chat is None:
            self._opening = open_conversation(self._settings, self._began)
        else:
            self._opening = resumed_opening(chat, self._settings)

    @property
    def greeting(self) -> str:
        """What the model has said before the person says anything; empty if that is nothing."""
        return self._opening.greeting

    @property
    def has_begun(self) -> bool:
        """Whether the person has said something in this conversation."""
        return self._turns_begun > 0

    @property
    def placeholders(self) -> Placeholders:
        """What placeholders stand for in this conversation; whoever sends texts fills them in."""
        return self._opening.placeholders

    @property
    def instructions(self) -> str:
        """What the model is told at the start of this conversation."""
        return self._opening.instructions

    @instructions.setter
    def instructions(self, text: str) -> None:
        self._opening = replace(self._opening, instructions=text)

    # --- hyperparameters -----------------------------------------------------------------------

    @property
    def hyperparameters(self) -> Hyperparameters:
        """How the next token is chosen."""
        return self.configuration.hyperparameters

    def set_hyperparameter(self, name: str, text: str) -> None:
        """Set one hyperparameter as a person types it; it acts on the next token.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        value = getattr(self.hyperparameters.with_value(name, text), name)
        self._use(self.configuration.with_value(name, value))

    def set_hyperparameters(self, values: Mapping[str, Any]) -> None:
        """Set several hyperparameters at once, each to a value that it takes."""
        configuration = self.configuration
        for name, value in values.items():
            configuration = configuration.with_value(name, value)
        self._use(configuration)

    def reset_hyperparameter(self, name: str) -> None:
        """Take a hyperparameter back to what the settings or the model ask for."""
        self._use(self.configuration.without_value(name))

    def _acting_hyperparameters(self) -> Hyperparameters:
        """Return the hyperparameters, a chosen seed counted up by the turns before if it is to."""
        values = self.hyperparameters
        if not self._settings.reseed or values.seed < 0:
            return values
        seed = (values.seed + max(0, self._turns_begun - 1)) % 2**63
        return values.model_copy(update={"seed": seed})

    # --- all else ------------------------------------------------------------------------------

    @property
    def approval(self) -> Approval:
        """Which tool calls are asked about first."""
        return self._settings.approval

    @approval.setter
    def approval(self, value: Approval) -> None:
        self._use(self.configuration.with_value("approval", value))

    def set_theme(self, name: str) -> None:
        """Note which colours the person chose."""
        self.configuration = self.configuration.with_value("theme", name)

    def set_value(self, name: str, value: Any) -> None:
        """Set any setting to a value that it takes; what has to be reread or loaded is not yet.

        Raises:
            SettingsError: it does not go together with the others.
        """
        configuration = self.configuration.with_value(name, value)
        self._go_by(configuration.reread() if name in REREAD else configuration, name)

    def reset_value(self, name: str) -> None:
        """Take any setting back to what it is without what was set while the program runs.

        Raises:
            SettingsError: a file that is gone back to cannot be used.
        """
        configuration = self.configuration.without_value(name)
        self._go_by(configuration.reread() if name in REREAD else configuration, name)

    def use_profile(self, name: str) -> None:
        """Go by a profile from now on; the model that it names is not loaded yet.

        Hyperparameters act on the next token, instructions and the like on the next turn, examples
        and the greeting on a conversation that has not begun.

        Raises:
            SettingsError: there is no such profile, or it cannot be used.
        """
        self._go_by(self.configuration.with_profile(name), "profile")

    def _go_by(self, configuration: Configuration, name: str) -> None:
        fresh = open_conversation(configuration.settings, self._began)
        workspace = self._settings.workspace
        self._use(configuration)
        if self._settings.workspace != workspace:
            self._use_workspace()
        self._opening = changed_opening(self._opening, fresh, name, has_begun=self.has_begun)
        if not self.has_begun and name in KEPT_BY:
            self._keep_elsewhere()

    def _use(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self._act_on_settings()


def _count_words(session: Session) -> int:
    """Return how often the person has spoken on the path that is active."""
    return sum(message.role == "user" for message in session.path())
