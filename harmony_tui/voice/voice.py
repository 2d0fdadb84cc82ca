"""Speech in the application: the key, the call, the prompt box and the line about it, together."""

from __future__ import annotations

import asyncio
import gc
import time
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from engine.events import AnswerSpoken, Event, TurnEnded, TurnStarted
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.table import BY_NAME
from harmony_tui.voice.choosing import choose
from harmony_tui.voice.line import VoiceLine
from harmony_tui.voice.state import NOTICE_SECONDS, VoiceState
from harmony_tui.voice.talk_key import Act, TalkKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from engine.config.settings import Settings
    from engine.conversation.spoken import SpokenAnswer
    from engine.voice.call import Call, Choice
    from engine.voice.call_events import CallEvent, SpeechEnded
    from harmony_tui.app import HarmonyApp
    from harmony_tui.prompt.dictation import Dictation

TICK_SECONDS = 0.05
IS_OFF = "Voice is off. /voice on switches it on."
NOTHING = "Nothing was understood."


@dataclass(slots=True)
class _Utterance:
    """What is being said, or was and is not understood yet."""

    dictation: Dictation
    is_sent: bool = False
    """Whether it is sent when it is understood."""


class Voice:
    """What the person does about speech, and what follows from it on the screen."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self.key = TalkKey()
        self.state = VoiceState()
        self.line = VoiceLine(self.state, lambda: BY_NAME["talk"].keys_shown or "/talk")
        self._call: Call | None = None
        self._made_for: Choice | None = None
        self._is_paused = False
        """Whether the hands-free listening waits for the key."""
        self._is_sending = False
        """Whether words that were heard are on their way to the model."""
        self._utterances: dict[int, _Utterance] = {}
        self._unkept: dict[int, Callable[[int], SpokenAnswer]] = {}
        """How far answers of this conversation were heard, which is about to be kept."""
        self._listening: int | None = None
        """The utterance that is being said."""
        self._conversation = 0
        """Counts the conversations, so that what comes of one is not kept in another."""
        self.pressed_at: float | None = None
        """When the key was pressed that is about to be acted on."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context = copy_context()
        """What Textual's timers look for the application in."""
        self._timer: Timer | None = None
        self._told: set[str] = set()

    @property
    def _settings(self) -> Settings:
        return self._app.settings

    @property
    def is_listening(self) -> bool:
        """Whether the microphone records."""
        return self._listening is not None

    @property
    def is_speaking(self) -> bool:
        """Whether something is spoken."""
        return self._call is not None and self._call.is_speaking

    # --- on and off ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin when the screen is there."""
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self._app.engine.overhear = self._overhear
        self._app.engine.leaving = self.fall_silent
        self.go_by_settings()

    def go_by_settings(self) -> None:
        """Switch voice on or off, or to other engines or devices, as it is set now."""
        if self._loop is None:
            return
        settings = self._settings
        self.key.learns_repeat = settings.voice_learn_repeat
        is_on = settings.voice != "off"
        self.line.display = is_on
        if self.state.is_hands_free != (settings.voice == "hands-free"):
            self.state.is_hands_free = not self.state.is_hands_free
            self._is_paused = self._is_sending = False
            self.discard()
        if not is_on:
            self._end_call()
            return
        choice = choose(settings)
        if self._call is None or choice != self._made_for:
            self._end_call()
            self._begin_call(choice)
        assert self._call is not None  # noqa: S101
        self._call.volume = settings.voice_volume
        self._call.speaks_answers = settings.voice_answers
        self.line.refresh()

    def _begin_call(self, choice: Choice) -> None:
        from engine.voice.call import Call

        self.state.problems.clear()
        self.state.recognizer = self.state.synthesizer = self.state.loading = ""
        self.state.enter("loading")
        self._made_for = choice
        generation = object()
        self._generation = generation
        self._call = Call(choice, partial(self._post, generation))
        self._timer = self._app.set_interval(TICK_SECONDS, self._tick)

    def _end_call(self) -> None:
        if (call := self._call) is None:
            return
        self.fall_silent()
        self.discard()
        for utterance in self._utterances.values():
            utterance.dictation.end()
        self._utterances.clear()
        self._call = self._generation = None
        if self._timer is not None:
            self._timer.stop()
        # What it is doing at the moment may take a while.
        self._app.run_worker(call.close, thread=True, group="voice")

    def close(self) -> None:
        """End all of it and wait until devices and engines are given back."""
        self.fall_silent()
        call, self._call = self._call, None
        self._generation = None
        if call is not None:
            call.close()
        if self._made_for is not None:
            # What native modules hold has to be found at the exit; else they complain of leaks.
            gc.unfreeze()

    _generation: object | None = None
    """Tells what the call says from what one before it still says."""

    # --- the key ------------------------------------------------------------------------------

    def press(self) -> None:
        """Take a press of the key.

        Raises:
            CommandError: voice is off, or nothing can listen.
        """
        if self._call is None:
            raise CommandError(IS_OFF)
        if problem := self.state.problems.get("recognizer"):
            raise CommandError(problem)
        if self.state.is_hands_free:
            self._is_paused = self._is_sending = False
            self.act(Act.END if self.is_listening else Act.START)
        else:
            pressed, self.pressed_at = self.pressed_at, None
            self.act(self.key.press(time.monotonic() if pressed is None else pressed))

    def act(self, act: Act | None) -> None:
        """Do what a press, a release or the time asks for."""
        match act:
            case Act.START:
                self._listen()
            case Act.END:
                self._finish(is_sent=self._settings.voice_send)
            case Act.STOP:
                self._finish(is_sent=False)

    def escape(self) -> bool:
        """Discard what is being said, or fall silent; return whether there was anything to do."""
        if self.is_listening:
            self._is_paused = True
            self.discard()
            return True
        return self.silence()

    def silence(self) -> bool:
        """Stop speaking; return whether something was spoken."""
        return self._call is not None and self._call.silence()

    def fall_silent(self) -> None:
        """Stop speaking, and keep at once how far it was heard: the conversation is being left."""
        if self._call is not None:
            for ended in self._call.fall_silent():
                self._end_speech(ended, at_once=True)
        # What ended just before is of this conversation too, not of the next.
        for message, tell in self._unkept.items():
            self._app.engine.note_spoken_at_once(message, tell)
        self._unkept.clear()

    def discard(self) -> None:
        """Forget what is being said."""
        self.key.reset()
        number, self._listening = self._listening, None
        if self._call is None or number is None:
            return
        self._call.discard()
        self._utterances.pop(number).dictation.discard()
        self._settle()

    def _listen(self) -> None:
        call, prompt = self._call, self._app.chat_screen.prompt
        if call is None:
            return
        number = call.listen(ends_by_itself=self.state.is_hands_free)
        self._listening = number
        self._utterances[number] = _Utterance(prompt.dictate())
        self.state.figures = {}
        self.state.enter("listening")
        self.line.refresh()

    def _finish(self, *, is_sent: bool) -> None:
        number, self._listening = self._listening, None
        if self._call is None or number is None:
            return
        self._utterances[number].is_sent = is_sent
        self._call.finish()
        self.state.enter("transcribing")
        self.line.refresh()

    def _tick(self) -> None:
        self.act(self.key.tick(time.monotonic()))
        self.state.is_held = self.key.sees_release and self.key.is_held
        if self.is_listening and not self._app.manners.is_still:
            self.line.refresh()
        self._listen_again()

    # --- the conversation ---------------------------------------------------------------------

    def read_aloud(self, text: str) -> None:
        """Speak a text.

        Raises:
            CommandError: voice is off, or nothing can speak.
        """
        if self._call is None:
            raise CommandError(IS_OFF)
        if problem := self.state.problems.get("synthesizer"):
            raise CommandError(problem)
        if self.is_listening:
            self.discard()
        self._call.read_aloud(text)

    def leave_conversation(self) -> None:
        """Speak no more of a conversation that is left."""
        self.fall_silent()
        self._conversation += 1

    def hear(self, event: Event) -> None:
        """Take what happened in the conversation, on the screen's thread."""
        if isinstance(event, TurnStarted | TurnEnded):
            self._is_sending = False

    def _overhear(self, event: Event) -> None:
        """Take what happens in a turn, on the conversation's thread, for which nothing waits."""
        call = self._call
        if call is None:
            return
        if self.state.is_hands_free and isinstance(event, TurnStarted):
            call.discard()  # what is typed meanwhile is answered aloud, too
            self._on_screens_thread(self.discard)
        call.hear(event)

    # --- what the call says -------------------------------------------------------------------

    def _post(self, generation: object, event: CallEvent) -> None:
        """Have what the call says be heard on the screen's thread."""
        self._on_screens_thread(partial(self._hear_call, generation, self._conversation, event))

    def _on_screens_thread(self, act: Callable[[], None]) -> None:
        assert self._loop is not None  # noqa: S101
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act, context=self._context)

    def _hear_call(self, generation: object, conversation: int, event: CallEvent) -> None:
        if generation is not self._generation or not self._app.is_running:
            return
        from engine.voice import call_events as told

        match event:
            case told.SoundHeard(level=level):
                self.state.note_level(level)
            case told.WordsHeard():
                self._hear_words(event.utterance, event.text, is_final=event.is_final)
            case told.UtteranceEnded(utterance=number) if number == self._listening:
                self._finish(is_sent=self._settings.voice_send)
            case told.SpeechBegan():
                self._settle()
            case told.SpeechEnded() if conversation == self._conversation:
                self._end_speech(event)
            case told.SpeechEnded():
                self._settle()
            case told.EngineLoading() | told.EngineReady() | told.EngineFailed():
                self._hear_engine(event)
            case told.Trouble():
                self._hear_trouble(event.message, is_passing=event.is_passing)
        self.line.refresh()

    def _hear_trouble(self, message: str, *, is_passing: bool) -> None:
        if is_passing:
            self.state.note_trouble(message)
            self._app.set_timer(NOTICE_SECONDS + TICK_SECONDS, self.line.refresh)
        else:
            self._app.flash(message, is_problem=True)

    def _hear_engine(self, event: CallEvent) -> None:
        from engine.voice import call_events as told

        match event:
            case told.EngineLoading(message=message):
                self.state.loading = message
            case told.EngineReady(part=part, name=name):
                setattr(self.state, part, name)
                self._settle()
            case told.EngineFailed(part=part, message=message):
                self.state.problems[part] = message
                self._app.flash(message, is_problem=True)
                self._settle()

    def _hear_words(self, number: int, text: str, *, is_final: bool) -> None:
        utterance = self._utterances.get(number)
        if utterance is None:
            return
        utterance.dictation.show(text)
        if not is_final:
            return
        del self._utterances[number]
        utterance.dictation.end()
        if self._listening == number:  # it could not be heard, or not any more
            self._listening = None
            self._is_paused = True
            self.key.reset()
        if self._call is not None:
            self.state.figures = self._call.figures
        if utterance.dictation.is_empty:
            if utterance.is_sent and not self.state.is_hands_free:
                self._app.flash(NOTHING)
        elif utterance.is_sent and not self.is_listening:
            self._send()
        self._settle()

    def _send(self) -> None:
        """Send what was said; an answer that it interrupts is stopped."""
        self._is_sending = True
        if self._call is not None:
            self._call.note_sent()
        self._app.chat_screen.prompt.completions.offer([])
        self._app.attempt(partial(self._app.outbox.send_now, ""))

    def _end_speech(self, ended: SpeechEnded, *, at_once: bool = False) -> None:
        """Show and keep how far a text was heard; ``at_once`` keeps it before this returns."""
        from engine.conversation.spoken import SpokenAnswer

        self.state.figures = ended.figures
        self._settle()
        if ended.message is None:
            return
        engine, was_asked_aloud = self._app.engine, "release_to_final_text" in ended.figures
        tell = partial(
            SpokenAnswer,
            heard=ended.heard,
            is_whole=ended.is_whole,
            voice=self.state.synthesizer,
            recognizer=self.state.recognizer if was_asked_aloud else "",
            figures=dict(ended.figures),
        )
        if at_once:
            engine.note_spoken_at_once(ended.message, tell)
            return
        told = AnswerSpoken(ended.message, ended.heard, ended.is_whole)
        self._app.chat_screen.hear(told)
        self._unkept[ended.message] = tell
        self._app.begin_work(self._keep(ended.message))

    async def _keep(self, message: int) -> str:
        if (tell := self._unkept.pop(message, None)) is not None:
            await self._app.engine.note_spoken(message, tell)
        return ""

    def _settle(self) -> None:
        """Show what goes on now that something is over."""
        if self.is_listening:
            self.state.enter("listening")
        elif self._utterances:
            self.state.enter("transcribing")
        elif self.is_speaking:
            self.state.enter("speaking")
        elif self.state.recognizer or self.state.problems:
            self.state.enter("ready")
        else:
            self.state.enter("loading")
        self.line.refresh()

    def _listen_again(self) -> None:
        """Without hands, listen as soon as nothing is spoken, answered or being understood."""
        app, state = self._app, self.state
        if not (state.is_hands_free and state.recognizer) or self._is_paused or self._is_sending:
            return
        is_busy = self.is_listening or bool(self._utterances) or self.is_speaking
        is_in_chat = app.screen_stack and app.screen is app.chat_screen
        if is_in_chat and not is_busy and not app.engine.is_answering:
            self._listen()
