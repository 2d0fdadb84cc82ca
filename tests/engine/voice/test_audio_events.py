import pytest

from engine.voice.audio_events import Dropped, Xruns, explain_zeros


def zeros(platform, *, is_muted=False, terminal=""):
    return explain_zeros("Mic", is_muted=is_muted, terminal=terminal, platform=platform)


@pytest.mark.parametrize(
    ("variable", "program"),
    [("Apple_Terminal", "Terminal"), ("iTerm.app", "iTerm"), ("", "your terminal")],
)
def test_zeros_on_a_mac_name_the_switch_and_the_program(variable, program):
    told = zeros("darwin", terminal=variable)
    assert "Privacy & Security → Microphone" in told
    assert f"switch on {program}," in told


def test_zeros_elsewhere_are_a_switch_of_the_device():
    told = zeros("linux")
    assert "macOS" not in told
    assert "switched off or muted" in told
    assert "Unmute" in zeros("linux", is_muted=True)
    assert "Unmute" in zeros("darwin", is_muted=True)


def test_losses_are_told_in_figures():
    assert "once" in Xruns(1).message
    assert "3 times" in Xruns(3).message
    assert "1.2 s" in Dropped(15).message
