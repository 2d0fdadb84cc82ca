"""The first frame is painted before anything heavy is imported."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = [
    *("mlx", "mlx.core", "openai_harmony", "torch", "numpy", "transformers", "safetensors"),
    *("pydantic", "engine.conversation.store"),
]
PROGRAM = f"""
import asyncio, json, sys
from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.engine_link import EngineLink

painted = {{}}

class LateEngine(EngineLink):
    def load(self, name):
        strips = app.screen._compositor.render_strips()
        painted["screen"] = "\\n".join(strip.text for strip in strips)
        painted["heavy"] = [name for name in {HEAVY} if name in sys.modules]
        app.exit()

async def main():
    async with app.run_test(size=(120, 40)) as pilot:
        while not painted:
            await pilot.pause()
    app.engine.close()

app = HarmonyApp(Settings(), None, LateEngine)
asyncio.run(main())
print(json.dumps(painted))
"""


def test_first_frame_needs_no_engine() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=120
    )
    painted = json.loads(done.stdout)
    assert painted["heavy"] == []
    for text in ("Conversation", "The model is being loaded", "temperature"):
        assert text in painted["screen"]
