"""Files that a person has written: none is written over, and no folder is made for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmony_tui.commands.command import CommandError
from harmony_tui.commands.new_files import new_path, write_new


@pytest.mark.parametrize("name", ["none/x.md", "none/deep/x.md"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    for make in (new_path, lambda given: write_new("text", given)):
        with pytest.raises(CommandError, match=r"There is no folder .*none.* Make it, or name"):
            make(str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()
    with pytest.raises(CommandError, match="is there already"):
        new_path(str(tmp_path / "there.md"))
    with pytest.raises(CommandError, match="no such home folder: ~nobody-here"):
        new_path("~nobody-here/x.md")
    assert new_path(str(tmp_path / "new.md")) == tmp_path / "new.md"
