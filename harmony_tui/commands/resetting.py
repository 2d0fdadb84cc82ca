"""What the command does that takes changed hyperparameters back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.config.hyperparameters import Hyperparameters
from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmony_tui.app import HarmonyApp


def reset_hyperparameters(app: HarmonyApp, name: str) -> None:
    """Take one hyperparameter, or all that were changed, back to what they are otherwise."""
    changed = changed_hyperparameters(app)
    if name and name not in changed:
        known = f"Changed: {', '.join(changed)}." if changed else "Nothing was changed here."
        raise CommandError(f"There is nothing to take back of {name!r}. {known}")
    if not changed:
        raise CommandError("No hyperparameter was changed here.")
    names = [name] if name else changed
    for each in names:
        app.engine.reset_hyperparameter(each)
    app.chat_screen.dials.show(app.engine.configuration)
    app.flash(f"Taken back: {', '.join(names)}.")


def changed_hyperparameters(app: HarmonyApp) -> Sequence[str]:
    """Return the names of those that were changed while the program runs."""
    configuration = app.engine.configuration
    return [
        name for name in Hyperparameters.model_fields if configuration[name].origin == "set here"
    ]
