"""What the engine is doing, in a few words, worked out from its events."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events import (
    DecodeProgress,
    Event,
    LoadFailed,
    LoadProgress,
    MessageOpened,
    ModelInfo,
    ModelLoaded,
    PrefillProgress,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
    TurnStarted,
    Waiting,
)
from harmony_tui.panes.tool_call import tool_name

ENDINGS = {"stop": "ready", "length": "cut short", "cancelled": "stopped", "error": "failed"}


@dataclass(slots=True)
class Activity:
    """The state that the status line shows."""

    state: str = "starting"
    is_busy: bool = True
    model: ModelInfo | None = None
    context_used: int = 0
    tokens_per_second: float = 0.0
    accepted_share: float = 0.0
    """How many of the tokens that speculation drafted in the last turn were sampled, 0 to 1."""
    tool: str = ""

    def hear(self, event: Event) -> None:
        """Take one event into account."""
        match event:
            case LoadProgress() | ModelLoaded() | LoadFailed():
                self._hear_loading(event)
            case MessageOpened() | ToolCallRequested() | ToolCallStarted() | ToolCallFinished():
                self._hear_message(event)
            case TurnStarted() | TurnContinued():
                self.accepted_share = 0.0
                self._be("reading")
            case Waiting():
                self._be("waiting")
            case PrefillProgress(done=done, total=total, seconds_left=seconds):
                left = f", {show_left(seconds)}" if seconds >= 1 else ""
                self._be(f"reading {done:,}/{total:,}{left}")
            case DecodeProgress(tokens_per_second=rate, context_used=used):
                self.tokens_per_second, self.context_used = rate, used
                if self.state.startswith("reading"):
                    self._be("writing")  # a header that goes on for long
            case TurnEnded(finish=finish, statistics=statistics):
                self._be(ENDINGS[finish], is_busy=False)
                if statistics.sampled_tokens:
                    self.tokens_per_second = statistics.decode_rate
                    self.accepted_share = statistics.acceptance
                    self.context_used = statistics.context_used
            case _:
                pass

    def start_conversation(self) -> None:
        """Forget the turns, not the model."""
        self.context_used = 0
        self.tokens_per_second = self.accepted_share = 0.0
        if self.model is not None:
            self._be("ready", is_busy=False)

    def forget_model(self) -> None:
        """Show that no model is loaded any more."""
        self.model = None
        self._be("no model", is_busy=False)

    def _hear_loading(self, event: LoadProgress | ModelLoaded | LoadFailed) -> None:
        match event:
            case LoadProgress(fraction=fraction):
                self._be(f"loading {fraction:.0%}".replace("%", " %"))
            case ModelLoaded(info=info):
                self.model = info
                self._be("ready", is_busy=False)
            case LoadFailed(is_unloaded=True):
                self.forget_model()
            case LoadFailed():
                self._be("ready" if self.model else "no model", is_busy=False)

    def _hear_message(
        self, event: MessageOpened | ToolCallRequested | ToolCallStarted | ToolCallFinished
    ) -> None:
        match event:
            case MessageOpened(recipient=str() as recipient):
                self._be(f"calling {tool_name(recipient)}")
            case MessageOpened(channel="analysis"):
                self._be("thinking")
            case MessageOpened():
                self._be("answering")
            case ToolCallRequested(recipient=recipient, needs_approval=needs_approval):
                self.tool = tool_name(recipient)
                self._be(f"allow {self.tool}?" if needs_approval else f"calling {self.tool}")
            case ToolCallStarted():
                self._be(f"running {self.tool}")
            case ToolCallFinished():
                self._be("reading")

    def _be(self, state: str, *, is_busy: bool = True) -> None:
        self.state, self.is_busy = state, is_busy


def show_left(seconds: float) -> str:
    """Return how long something still takes, as people say it."""
    if seconds < 60:
        return f"{seconds:.0f} s left"
    return f"{seconds / 60:.0f} min left"
