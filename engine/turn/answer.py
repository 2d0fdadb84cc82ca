"""What a turn has come to: its rounds, and all that reading them makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from engine.events import (
    HARMONY,
    Event,
    Finish,
    MessageClosed,
    MessageOpened,
    TextDelta,
    TurnContinued,
)
from engine.harmony.formats import Reader
from engine.turn.context import fit
from engine.turn.conversation import Conversation
from engine.turn.places import check_number, check_text, check_tokens, find_messages
from engine.turn.rounds import Round, count_tokens, read_round
from engine.turn.watching import Watch
from engine.worker import Listener


class Answer:
    """A list of rounds and what reading them makes.

    Going on from an earlier token is reading fewer of them.
    """

    def __init__(self, chat: Conversation, listener: Listener, first_message: int) -> None:
        """Begin with no rounds.

        Args:
            chat: the conversation, which stays the same.
            listener: hears every event.
            first_message: the number of the first message that is sampled.
        """
        self.chat = chat
        self.hear = listener
        self.first_message = first_message
        self.format = chat.format
        self.recipients = tuple(tool.recipient for tool in chat.tools)
        self.reader = self._new_reader()
        self.finish: Finish = "error"
        self.preamble: tuple[int, ...] = ()
        self.instructions = chat.instructions
        self.is_resumed = False
        """Whether calls without a result may have run: another run of the program began the turn,
        or it was broken off."""
        self.rounds: list[Round] = []
        self.open_tokens: list[int] = []
        """Those of the message that was open where the turn was taken up last."""
        self.open_message: int | None = None
        self.open_text: list[str] = []
        self.calls: list[MessageClosed] = []
        """Those that were not run yet."""
        self.left_behind = 0
        """How many of them nobody knows whether they ran."""
        self.call_count = 0
        self.sampled = 0
        """How many tokens there are in all rounds; what was forced is not among them."""
        self.allowed_from = 0
        """The number of the token from which on ``max_tokens`` are allowed."""
        self.watch = Watch()

    def _new_reader(self) -> Reader:
        return self.format.reader(self.recipients, self.first_message)

    def find_messages(self) -> dict[int, range]:
        """Return which of the turn's sampled tokens each message consists of."""
        return find_messages(self._new_reader(), self.rounds)

    def check_place(self, number: int, put: Sequence[int], *, in_text: bool) -> None:
        """See that the turn can go on from a sampled token, with others put in its place.

        Args:
            number: of the token, from 0.
            put: what is to stand there.
            in_text: whether the place has to be in the text of a message. It may then also be at
                the end of a turn that was cut.

        Raises:
            NoTokenError: it cannot.
        """
        check_tokens(put, self.format.tokenizer.size)
        can_append = in_text and self.finish != "stop" and self.sampled > 0
        check_number(number, self.sampled + can_append)
        # Without a header every place is in the one text that there is.
        if in_text and self.format.name == HARMONY:
            check_text(self._new_reader(), self.rounds, number)

    def _take_up(self, put: tuple[int, ...] = ()) -> TurnContinued:
        """Bring everything to the state that the rounds tell; return what says so."""
        transcript = self.chat.transcript
        transcript.reopen_turn()
        self._take_preamble()
        self.reader = self._new_reader()
        self.open_message, self.open_text, self.open_tokens = None, [], []
        self.watch.begin()
        for each in self.rounds:
            self.calls.clear()
            for reading in read_round(self.reader, each):
                if reading.token is not None:
                    self.open_tokens.append(reading.token)
                for event in reading.events:
                    self._absorb(event)
                    if isinstance(event, MessageClosed):
                        del self.open_tokens[: len(event.tokens)]
                if reading.token is not None and reading.is_sampled:
                    self.watch.observe(reading.token, self.reader.channel)
            transcript.running.extend(each.results)
            del self.calls[: len(each.results)]
        self.sampled = count_tokens(self.rounds)
        self.call_count = sum(len(each.results) for each in self.rounds)
        self.left_behind = len(self.calls) if self.is_resumed else 0
        return TurnContinued(
            self.open_message,
            "".join(self.open_text),
            self.reader.next_message,
            self.call_count,
            self.sampled,
            put,
        )

    def _take_preamble(self) -> None:
        """Have the transcript begin as it did when the turn began."""
        transcript = self.chat.transcript
        transcript.preamble, transcript.instructions = self.preamble, self.instructions

    def _absorb(self, event: Event) -> None:
        """Bring the turn's state up to an event of the reader's."""
        match event:
            case MessageOpened():
                self.open_message, self.open_text = event.message, []
            case TextDelta():
                self.open_text.append(event.text)
            case MessageClosed():
                self.open_message, self.open_text = None, []
                self.format.add_sampled(self.chat.transcript, event)
                if event.role == "assistant" and event.recipient and event.ending != "cut":
                    self.calls.append(event)

    def _begin_round(self) -> None:
        transcript = self.chat.transcript
        prompt = self._fit(partial(self.format.prompt, transcript))
        self.rounds.append(Round(prompt, transcript.history_length))

    def _refit(self, taken_up: Round) -> None:
        """Shorten the history that an open round goes on from, where it leaves no room now."""
        transcript = self.chat.transcript
        own = taken_up.prompt[taken_up.history :]
        before = transcript.left_out

        def prompt() -> tuple[int, ...]:
            if self.format.name == HARMONY:
                return (*transcript.history(), *own)
            # Some templates tell the time, so what was read is kept where it can be.
            is_kept = transcript.left_out == before
            return taken_up.prompt if is_kept else self.format.prompt(transcript)

        self._fit(lambda: (*prompt(), *taken_up.tokens))
        taken_up.prompt, taken_up.history = prompt(), transcript.history_length

    def _fit(self, make_prompt: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        return fit(self.chat, make_prompt, self.sampled - self.allowed_from, self.hear)
