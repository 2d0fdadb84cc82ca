"""Commands for models and for how they answer."""

from __future__ import annotations

from engine.config.hyperparameters import EFFORTS
from harmony_tui.commands import (
    compare,
    explaining,
    handlers,
    models,
    presets,
    prompt,
    serve,
    settings,
    steering,
)
from harmony_tui.commands.command import Command
from harmony_tui.serving import PORT

ENTRIES: tuple[Command, ...] = (
    Command(
        "model",
        "Model",
        "Choose a model of those on this machine, or load or download one by its name.",
        models.choose_model,
        arguments="[NAME]",
        choices=explaining.known_models,
        explain=explaining.explain_model,
    ),
    Command(
        "unload",
        "Unload",
        "Free the memory that the model takes; the next message loads it again.",
        models.unload_model,
    ),
    Command(
        "serve",
        "Serve",
        "Answer other programs that speak OpenAI's API with the loaded model, at a port.",
        serve.serve,
        arguments="[PORT|off]",
        choices=lambda _: (str(PORT), serve.OFF),
    ),
    Command(
        "effort",
        "Effort",
        "Set how long the model reasons, from the next turn on.",
        handlers.set_effort,
        arguments="|".join(EFFORTS),
        choices=lambda _: EFFORTS,
        explain=explaining.explain_effort,
    ),
    Command(
        "think",
        "Thinking budget",
        "End the analysis after so many tokens, or never: off.",
        steering.set_thinking_budget,
        arguments="BUDGET",
    ),
    Command(
        "set",
        "Set",
        "Set a hyperparameter, which acts on the next token, or another setting.",
        settings.set_setting,
        arguments="NAME VALUE",
        choices=settings.settable,
        explain=explaining.explain_change,
    ),
    Command(
        "reset",
        "Reset",
        "Take back what was set of all hyperparameters, of one, or of another setting.",
        settings.reset,
        arguments="[NAME]",
        choices=settings.keepable,
        explain=prompt.explain_setting,
    ),
    Command(
        "preset",
        "Preset",
        "Set several hyperparameters by a name; save, compare and delete such presets.",
        presets.handle_preset,
        arguments="[NAME|save NAME|compare NAME|delete NAME]",
        choices=presets.known_presets,
        explain=explaining.explain_preset,
    ),
    Command(
        "compare",
        "Compare",
        "Answer the last question anew under two settings, side by side; keep one of the answers.",
        compare.compare,
        arguments="[PRESET|NAME=VALUE] [| PRESET|NAME=VALUE]",
        choices=compare.comparable_presets,
        explain=compare.explain_side,
    ),
    Command(
        "system",
        "Instructions",
        "Show what the model is told in this conversation, or tell it something else.",
        steering.set_instructions,
        arguments="[TEXT]",
        is_for_model=True,
    ),
)
