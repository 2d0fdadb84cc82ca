"""What goes wrong in work that takes a while is told where the person looks."""

from __future__ import annotations

from pathlib import Path

from harmony_tui.commands.table import BY_NAME
from tests.harmony_tui.screen import scripted_app, shows


async def test_a_file_that_cannot_be_imported_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text("{}")
    async with scripted_app(size=(200, 40)) as (app, pilot):
        app.run_command(BY_NAME["import"], str(tmp_path / "none.json"))
        await shows(pilot, "none.json cannot be read")
        app.run_command(BY_NAME["import"], str(tmp_path / "odd.json"))
        await shows(pilot, "odd.json")
        assert app.is_running
