from __future__ import annotations

from pathlib import Path

import pytest

from harmony_tui.prompt.attachments import (
    LARGEST_BYTES,
    AttachmentError,
    attach,
    find_mentions,
    tell_unsent,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "sea.py").write_text("wave = '🌊'\r\n\r\n")
    (tmp_path / "my notes.md").write_text("Use:\n````\n```\ncode\n```\n````\n")
    (tmp_path / "empty").write_text("")
    return tmp_path


def test_a_file_comes_below_the_message_in_a_fence(folder: Path) -> None:
    assert attach("What is @src/sea.py?", folder) == (
        "What is @src/sea.py?\n\nsrc/sea.py:\n```py\nwave = '🌊'\n```"
    )
    assert attach("@empty", folder) == "@empty\n\nempty:\n```\n\n```"


def test_a_fence_is_longer_than_those_in_the_file(folder: Path) -> None:
    sent = attach('Shorten @"my notes.md" please', folder)
    assert sent.endswith("\n\nmy notes.md:\n`````md\nUse:\n````\n```\ncode\n```\n````\n`````")


@pytest.mark.parametrize(
    "text",
    [
        "me@src/sea.py",
        "@property",
        "@",
        "@src",
        "@nobody.",
        "```\n@src/sea.py\n```",
        "@\0",
        "@~~~~/x",
    ],
)
def test_what_names_no_file_is_text(folder: Path, text: str) -> None:
    assert attach(text, folder) == text


@pytest.mark.parametrize(
    "text", ["@src/sea.py", "(@src/sea.py)", "@src/sea.py, @src/sea.py!", "x\n@src/sea.py."]
)
def test_a_path_ends_before_punctuation_and_is_sent_once(folder: Path, text: str) -> None:
    assert attach(text, folder).count("wave =") == 1


def test_paths_from_outside_work_where_they_are_written_out(folder: Path, tmp_path: Path) -> None:
    assert find_mentions(f"@{tmp_path}/empty", folder / "src") == {
        f"{tmp_path}/empty": tmp_path / "empty"
    }
    assert "wave =" in attach("@../src/sea.py", folder / "src")


def test_only_what_was_typed_is_searched(folder: Path) -> None:
    assert (
        attach("pasted @src/sea.py", folder, mentions="[pasted 1: 20 lines]")
        == "pasted @src/sea.py"
    )


def test_an_edited_message_gets_no_second_copy(folder: Path) -> None:
    sent = attach("What is @src/sea.py?", folder)
    assert attach(sent, folder) == sent


def test_what_cannot_be_sent_says_why(folder: Path) -> None:
    (folder / "a.png").write_bytes(b"\x89PNG\0\0")
    (folder / "latin").write_bytes("é".encode("latin-1"))
    (folder / "zeros").write_bytes(b"a\0b")
    (folder / "exact").write_text("x" * LARGEST_BYTES)
    (folder / "big").write_text("x" * (LARGEST_BYTES + 1024))
    attach("@exact", folder)
    for name, why in {
        "a.png": "UTF-8",
        "latin": "UTF-8",
        "zeros": "UTF-8",
        "big": "257 KiB",
    }.items():
        with pytest.raises(AttachmentError, match=why) as error:
            attach(f"see @{name}", folder)
        assert f"Write {name} without the @" in str(error.value)


def test_mentions_that_are_no_files_are_told(folder: Path) -> None:
    (folder / "gone").symlink_to(folder / "nowhere")
    for text, told in (
        ("What is @src/sea.py?", ""),
        ("@property and me@example.org, @someone.", ""),
        ("```\n@src/no.py\n```", ""),
        ("see @nofile.txt.", "@nofile.txt names no file: sent as it stands."),
        ("all of @src!", "@src is a folder: sent as it stands."),
        ("all of @src/", "@src/ is a folder: sent as it stands."),
        ("@gone", "@gone is a link that leads nowhere: sent as it stands."),
        ('see @"no such.md", @src/no', '@"no such.md" names no file; @src/no names no file'),
        ("@" + "x/" * 3000, "names no file"),
    ):
        said = tell_unsent(text, folder)
        assert told in said, text
        assert bool(said) == bool(told), text
