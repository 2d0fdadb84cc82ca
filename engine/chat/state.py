"""What a conversation consists of, and what its prompts begin with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from engine.config.hyperparameters import Hyperparameters
from engine.config.prompt import Opening
from engine.config.settings import Approval
from engine.conversation.memory import MemoryStore
from engine.conversation.store import Store
from engine.harmony.encoding import load_encoding
from engine.harmony.formats import Format, HarmonyFormat
from engine.harmony.prompt import (
    FunctionDescription,
    Transcript,
    render_developer,
    render_dialogue,
    render_system,
)
from engine.tools.functions import BUILT_IN
from engine.tools.permissions import Permissions
from engine.tools.registry import NAMESPACE, Registry
from engine.tools.rules import Rules
from engine.turn.calls import Caller
from engine.turn.forms import AnswerForm
from engine.turn.journal import Journal
from engine.turn.resuming import Resumed
from engine.turn.turn import Turn
from engine.worker import Worker


class ChatState:
    """What a conversation consists of; one thing at a time is done to it."""

    def __init__(
        self,
        worker: Worker,
        *,
        hyperparameters: Hyperparameters,
        tools: Registry = BUILT_IN,
        instructions: str = "",
        approval: Approval | Permissions = "ask",
        store: Store | None = None,
        read_ahead: bool = False,
    ) -> None:
        """Begin an empty conversation; reads the vocabulary if nothing has yet (0.4 s).

        Args:
            worker: runs the model.
            hyperparameters: how to sample, until changed.
            tools: what the model may call.
            instructions: the developer message's text; empty leaves it out.
            approval: which calls wait for ``answer``, or what decides that and keeps answers.
            store: the new file that the conversation is kept in; None keeps it in memory alone.
                One with messages in it is for ``open``.
            read_ahead: when a turn is over, read the history as the next turn has it, and read
                drafts; not on battery.
        """
        self.worker = worker
        self.hyperparameters = hyperparameters
        """Assign to change; the next token that is not under way yet is sampled by it."""
        self.tools = tools
        self.instructions = instructions
        if not isinstance(approval, Permissions):
            approval = Permissions(approval, Rules())
        self.permissions = approval
        """What may be called without asking, and what may not be called at all."""
        self.journal = Journal(store or MemoryStore())
        """Where everything goes that happens."""
        self.reads_ahead = read_ahead
        self.is_guided = True
        """Whether only headers that Harmony has are sampled, and only arguments that tools take."""
        self.form: AnswerForm | None = None
        """What the text of a final message has to be, if it is not free."""
        self.logprobs = 0
        """With how many of the likeliest tokens to tell each token that is sampled; 0 tells none.

        Asked at every step. What it costs are two passes over the vocabulary for each token.
        """
        self.context_limit: int | None = None
        """The most tokens that prompt and answer have together, if the model could take more.

        Where a conversation outgrows it, or the model, its oldest turns are left out of the prompt.
        """
        self._transcript = Transcript()
        load_encoding()
        self.harmony = HarmonyFormat()
        """How gpt-oss is prompted and read."""
        today = datetime.now().astimezone().date().isoformat()
        self._opening = Opening(start_date=today)
        self._messages = 0
        self._lock = threading.RLock()
        """Held while something begins to be done to the conversation, or is done in a moment."""
        self._turn: Turn | None = None
        """The one that runs."""
        self._last_turn: Turn | None = None
        self._unread: Callable[[], Resumed] | None = None
        """Reads what was taken up: the tokens of a long conversation, which nobody sees at once."""
        self._again: Caller | None = None
        """Runs a call once more."""
        self._runs_again = 0

    def read_history(self) -> None:
        """Read the tokens of what was taken up, if nothing has needed them yet."""
        if self._unread is None:
            return
        with self._lock:
            if self._unread is not None:
                resumed = self._unread()
                self._transcript, self._last_turn = resumed.transcript, resumed.last
                self._unread = None

    @property
    def transcript(self) -> Transcript:
        """The conversation as the model reads it."""
        self.read_history()
        return self._transcript

    @transcript.setter
    def transcript(self, transcript: Transcript) -> None:
        self.read_history()
        self._transcript = transcript

    @property
    def _last(self) -> Turn | None:
        """The turn that was over last."""
        self.read_history()
        return self._last_turn

    @_last.setter
    def _last(self, turn: Turn | None) -> None:
        self.read_history()
        self._last_turn = turn

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Have nothing else done to the conversation for a moment.

        Raises:
            RuntimeError: something is being done to it that takes longer, such as a turn.
        """
        with self._lock:
            if self._turn is not None or self._again is not None:
                raise RuntimeError("a conversation has one turn at a time")
            yield

    @property
    def format(self) -> Format:
        """How the loaded model is prompted and read; Harmony without one."""
        return self.worker.format or self.harmony

    @property
    def approval(self) -> Approval:
        """Which calls wait for ``answer``; assign to change, which holds from the next call on."""
        return self.permissions.approval

    @approval.setter
    def approval(self, approval: Approval) -> None:
        self.permissions.approval = approval

    @property
    def opening(self) -> Opening:
        """What the prompt begins with."""
        return self._opening

    def begin_with(self, opening: Opening) -> None:
        """Have the next turn's prompt begin with other texts; not while a turn runs."""
        with self._still():
            self._opening = opening
            self.instructions = opening.instructions
            spoken = opening.spoken()
            said = tuple((message.role, message.content) for message in spoken)
            self._transcript.opening = said  # what is read later begins with it, too

    def preamble(self) -> tuple[int, ...]:
        """Return the tokens of what comes before the first turn, as it is to be now.

        Harmony's system and developer messages, examples and the greeting.
        """
        functions = [
            FunctionDescription(tool.name, tool.description, tool.parameters())
            for tool in self.tools
            if tool.namespace == NAMESPACE
        ]
        built_in = sorted({tool.namespace for tool in self.tools} - {NAMESPACE})
        effort = self.hyperparameters.effort
        opening = self._opening
        system = render_system(
            effort,
            opening.start_date or None,
            has_functions=bool(functions),
            identity=opening.identity,
            knowledge_cutoff=opening.knowledge_cutoff,
            built_in=tuple(built_in),
        )
        developer = render_developer(self.instructions, functions)
        return system + developer + render_dialogue(self._transcript.opening)
