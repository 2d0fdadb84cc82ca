"""What an empty conversation says: which model answers, and what to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from engine.events import ModelInfo

LOADING = "The model is being loaded. You can write already."
NO_MODEL = "No model is loaded. /model demo loads the one that comes with the program."
DEMO = (
    "This is a tiny demonstration model, made for this program. It does sums with its calculator, "
    "tells the time, and knows the program itself. About anything else it knows nothing: "
    "for that, load gpt-oss (F1 says how)."
)
TOUR = "New here? /tour shows you around in two minutes."
OTHER = "{name} runs on this machine ({size}, {quantization}, {device})."
TO_TRY_WITH_DEMO = ("What is 127 + 386?", "What time is it?", "What can you do?")
TO_TRY = ("Why is the sky blue?", "What is 17% of 2,450?", "Write a haiku about the sea.")


def welcome(model: ModelInfo | None, *, is_loading: bool, offers_tour: bool = False) -> Text:
    """Return the text for an empty conversation.

    Args:
        model: the one that is loaded, if there is one.
        is_loading: whether one is being loaded.
        offers_tour: whether a newcomer is told of the tour.
    """
    text = Text()
    text.append("harmony-tui\n", "bold")
    text.append("Talk to a model on your own machine, and see how it thinks.\n")
    text.append(f"{TOUR}\n\n" if offers_tour else "\n")
    if model is None:
        return text.append(LOADING if is_loading else NO_MODEL)
    text.append(DEMO if model.is_demo else _introduce(model))
    text.append("\n\nTry:\n", "bold")
    for question in TO_TRY_WITH_DEMO if model.is_demo else TO_TRY:
        text.append(f"  {question}\n")
    return text.append("\nF1 opens the manual. Ctrl+Q quits.")


def _introduce(model: ModelInfo) -> str:
    return OTHER.format(
        name=model.name,
        size=f"{model.weight_bytes / 2**30:.1f} GiB",
        quantization=model.quantization,
        device=model.device,
    )
