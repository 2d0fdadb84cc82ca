"""Microphone and speaker: which are used, how loud it is, what is wrong; tried out at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.widgets.option_list import Option

from harmony_tui.screens.choice_list import ChoiceList
from harmony_tui.screens.frame import Frame

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from engine.voice.audio_events import AudioEvent
    from engine.voice.blocks import Block
    from engine.voice.devices import Device
    from engine.voice.levels import Level
    from engine.voice.microphone import Microphone

LOOK_SECONDS = 0.08
JUDGED_LEVELS = 60
"""So many of the last levels are judged: some 5 s."""
RECORDED_SECONDS = 3.0
KEYS = "Enter use  Tab other list  R record 3 s and play  Esc close"
CHOSEN, OTHER = "● ", "○ "
WIDEST_BAR = 40

Choose = Callable[[str, str | None], None]
"""Is given the name of a setting and of a device, None for the system's."""


class MicrophoneScreen(ModalScreen[None]):
    """Lists of devices, a live level and a diagnosis."""

    CSS_PATH = "microphone.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close"),
        Binding("r", "record", show=False),
    ]

    @dataclass
    class Found(Message):
        """The devices that there are."""

        inputs: tuple[Device, ...]
        outputs: tuple[Device, ...]

    @dataclass
    class Told(Message):
        """Something to be said in place of the diagnosis."""

        text: str

    def __init__(self, settings: Settings, choose: Choose) -> None:
        """Show the devices.

        Args:
            settings: say which are used.
            choose: is told of another choice.
        """
        super().__init__()
        self._chosen = {
            "voice_microphone": settings.voice_microphone,
            "voice_speaker": settings.voice_speaker,
        }
        self._choose = choose
        self._microphone: Microphone | None = None
        self._levels: deque[Level] = deque(maxlen=JUDGED_LEVELS)
        self._blocks: list[Block] = []
        self._said = ""
        """What takes the place of the diagnosis."""
        self._is_recording = False

    def compose(self) -> ComposeResult:
        """Both lists, and below them the level and what is to be said about it."""
        with Frame(id="frame") as frame:
            frame.border_title = "Microphone and speaker"
            frame.keys = KEYS
            with Horizontal():
                for setting in self._chosen:
                    devices = ChoiceList(id=setting, compact=True)
                    devices.border_title = "Microphones" if "micro" in setting else "Speakers"
                    yield devices
            yield Static(id="level")
            yield Static(id="diagnosis")

    def on_mount(self) -> None:
        """Look for devices and begin to listen."""
        self.query_one("#diagnosis", Static).update(Content.styled("Looking …", "$muted"))
        self.set_interval(LOOK_SECONDS, self._look)
        self.run_worker(self._begin, thread=True)

    def on_unmount(self) -> None:
        """Give the microphone back."""
        if (microphone := self._microphone) is not None:
            self._microphone = None
            self.app.run_worker(microphone.close, thread=True)

    # --- in threads ---------------------------------------------------------------------------

    def _begin(self) -> None:
        from engine.voice.devices import list_devices
        from engine.voice.errors import VoiceError

        try:
            devices = list_devices()
            self.post_message(self.Found(devices.inputs, devices.outputs))
            self._listen()
        except VoiceError as error:
            self.post_message(self.Told(str(error)))

    def _listen(self) -> None:
        """Open the microphone that is chosen, in place of the one before."""
        from engine.voice.errors import VoiceError
        from engine.voice.microphone import Microphone

        before, self._microphone = self._microphone, None
        if before is not None:
            before.close()
        microphone = Microphone(self._chosen["voice_microphone"], self._blocks.append, self._hear)
        try:
            microphone.start(with_pre_roll=False)
        except VoiceError as error:
            self.post_message(self.Told(str(error)))
            return
        self._levels.clear()
        self._microphone = microphone
        if not self.is_attached:
            microphone.close()

    def _hear(self, event: AudioEvent) -> None:
        self.post_message(self.Told(event.message))

    def _record_and_play(self) -> None:
        import numpy as np

        from engine.voice.errors import VoiceError
        from engine.voice.speaker import Speaker

        self._blocks.clear()
        time.sleep(RECORDED_SECONDS)
        samples = np.concatenate(
            [np.zeros(1, np.float32), *(each.samples for each in self._blocks)]
        )
        self.post_message(self.Told("Playing it …"))
        speaker = Speaker(self._chosen["voice_speaker"], self._hear)
        try:
            speaker.play(samples)
            speaker.drain()
            said = "That is how you sound. R records again."
        except VoiceError as error:
            said = str(error)
        finally:
            speaker.close()
        self._is_recording = False
        self.post_message(self.Told(said))

    # --- on the screen ------------------------------------------------------------------------

    @on(Found)
    def _show_devices(self, found: Found) -> None:
        kinds = (("voice_microphone", found.inputs), ("voice_speaker", found.outputs))
        for setting, devices in kinds:
            names = [device.name for device in devices]
            usual = next((each.name for each in devices if each.is_default), "none")
            chosen = self._chosen[setting]
            shown = self.query_one(f"#{setting}", ChoiceList)
            shown.clear_options()
            for name in (None, *names):
                mark = CHOSEN if name == chosen else OTHER
                label = f"the system's ({usual})" if name is None else name
                shown.add_option(Option(Content(mark + label), id=name))
            shown.highlighted = 0 if chosen not in names else names.index(chosen) + 1
        self.query_one("#voice_microphone").focus()

    @on(Told)
    def _say(self, told: Told) -> None:
        self._said = told.text
        self._look()

    def _look(self) -> None:
        """Show how loud it is now, and what that means."""
        from engine.voice.diagnosis import diagnose
        from engine.voice.levels import SILENCE, fraction

        level = SILENCE if self._microphone is None else self._microphone.level
        if self._microphone is not None:
            self._levels.append(level)
            if not self._is_recording:
                self._blocks.clear()
        width = min(WIDEST_BAR, max(10, self.size.width - 40))
        filled = round(fraction(level.rms) * width)
        is_silent = level.peak <= SILENCE.peak
        peak = "" if is_silent else f"  {level.rms:.0f} dB, peak {level.peak:.0f} dB"
        bar = Content.assemble(
            ("█" * filled, "$user"), ("─" * (width - filled), "$muted"), (peak, "$muted")
        )
        self.query_one("#level", Static).update(bar)
        diagnosis = diagnose(self._levels)
        if self._said or diagnosis is None:
            said = Content.styled(self._said or "Listening: say something.", "$foreground")
        else:
            mark = ("✓ ", "$user") if diagnosis.is_good else ("! ", "$notice")
            said = Content.assemble(mark, (diagnosis.message, "$foreground"))
        self.query_one("#diagnosis", Static).update(said)

    # --- what the person does -----------------------------------------------------------------

    @on(ChoiceList.OptionSelected)
    def _use(self, event: ChoiceList.OptionSelected) -> None:
        setting = event.option_list.id or ""
        self._chosen[setting] = event.option.id
        self._said = ""
        self._choose(setting, event.option.id)
        self.run_worker(self._begin, thread=True, exclusive=True)

    def action_record(self) -> None:
        """Record for a moment and play that back."""
        if self._microphone is None or self._is_recording:
            return
        self._is_recording = True
        self._said = "Recording: say something …"
        self.run_worker(self._record_and_play, thread=True)
