"""Who may know whom: imports go down only, and what is heavy is imported where it is used."""

from __future__ import annotations

import ast
import functools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "harmony_tui", "themes")

WORKSHOP = "engine.models.demo.*"
"""What makes the bundled model: it stands outside the program and may use all of the engine."""

MAY_IMPORT = {
    "engine.values": set(),
    "engine.config": {"engine.values"},
    "engine.events": {"engine.tools", "engine.values"},  # of the tools only for their types
    "engine.environment": set(),
    "engine.power": set(),
    "engine.models": {"engine.config", "engine.environment"},
    "engine.models.fingerprint": set(),
    "engine.generation": {"engine.config", "engine.events", "engine.models"},
    "engine.generation.rules": {"engine.generation", "engine.harmony"},
    "engine.harmony": {"engine.config", "engine.environment", "engine.events", "engine.values"},
    "engine.conversation": {"engine.config", "engine.events", "engine.values"},
    "engine.conversation.exchange": {
        *("engine.config", "engine.events", "engine.conversation"),
        "engine.tools",  # for what citations are
    },
    "engine.tools": {"engine.config", "engine.tools.mcp"},
    "engine.tools.mcp": {"engine.config", "engine.tools"},
    "engine.worker": {
        *("engine.config", "engine.events", "engine.generation", "engine.generation.rules"),
        *("engine.harmony", "engine.models", "engine.loading", "engine.completing"),
    },
    "engine.loading": {
        *("engine.config", "engine.events", "engine.generation", "engine.harmony"),
        *("engine.models", "engine.models.fingerprint"),
    },
    "engine.completing": {"engine.events", "engine.generation", "engine.worker"},
    "engine.turn": {
        *("engine.config", "engine.events", "engine.worker", "engine.generation"),
        *("engine.generation.rules", "engine.harmony", "engine.conversation", "engine.tools"),
        "engine.models.fingerprint",
    },
    "engine.chat": {
        *("engine.config", "engine.events", "engine.worker", "engine.turn", "engine.harmony"),
        *("engine.conversation", "engine.tools", "engine.power"),
    },
    "engine.server": {
        *("engine.config", "engine.events", "engine.worker", "engine.chat", "engine.turn"),
        *("engine.generation", "engine.generation.rules", "engine.harmony"),
        *("engine.conversation", "engine.tools"),
    },
    "engine.voice": {"engine.config", "engine.environment", "engine.events", "engine.models"},
    "engine.inspection": {"engine.harmony", "engine.models"},
    "engine.examination": {
        *("engine.config", "engine.generation", "engine.harmony", "engine.models", "engine.tools"),
    },
    "engine.upkeep": {"engine.generation", "engine.models"},
    "engine": {"engine.config", "engine.events", "engine.worker", "engine.chat"},
    WORKSHOP: {
        *("engine", "engine.config", "engine.events", "engine.worker", "engine.chat"),
        *("engine.generation", "engine.harmony", "engine.conversation", "engine.tools"),
        "engine.models",
    },
    "themes": set(),
    "harmony_tui": {
        *("engine", "engine.config", "engine.events", "engine.worker", "engine.chat"),
        *("engine.conversation", "engine.conversation.exchange", "engine.tools"),
        *("engine.tools.mcp", "themes"),
        *("engine.inspection", "engine.examination", "engine.upkeep", "engine.server"),
        *("engine.voice", "engine.values"),
    },
}
"""The rooms that each room may import from besides itself."""

MAY_BE_IMPORTED_BY = {
    "textual": {"harmony_tui", "themes"},
    "rich": {"harmony_tui", "themes"},
    "openai_harmony": {"engine.harmony"},
    "jinja2": {"engine.harmony"},
    "tokenizers": {"engine.harmony"},
    "mlx": {
        *("engine.models", WORKSHOP, "engine.generation", "engine.generation.rules"),
        *("engine.worker", "engine.voice"),
    },
    "moshi_mlx": {"engine.voice"},
    "pocketsphinx": {"engine.voice"},
    "rustymimi": {"engine.voice"},
    "sounddevice": {"engine.voice"},
    "soxr": {"engine.voice"},
    "fastapi": {"engine.server"},
    "starlette": {"engine.server"},
    "uvicorn": {"engine.server"},
    "httpx": {"engine.tools"},
    "selectolax": {"engine.tools"},
    "mcp": {"engine.tools.mcp"},
    "anyio": {"engine.tools.mcp"},
    "httpx2": {"engine.tools.mcp"},
    "llguidance": {"engine.generation"},
    "torch": {WORKSHOP},
    "mlx_lm": set(),
    "transformers": set(),
}
"""The rooms that may import a library of one purpose."""

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
)

KNOWN = frozenset(MODULES)


def file_of(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@functools.cache
def imports_of(module: str) -> tuple[str, ...]:
    """Return every module that one imports, at its top or inside a function."""
    return tuple(_find_imports(module))


def _find_imports(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(file_of(module).read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            assert node.module is not None
            parts = [f"{node.module}.{name.name}" for name in node.names]
            yield from (part if part in KNOWN else node.module for part in parts)


def is_inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room.removesuffix(".*") + ".")


@functools.cache
def room_of(module: str) -> str:
    return max((room for room in MAY_IMPORT if is_inside(module, room)), key=len)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module):
    room = room_of(module)
    for imported in imports_of(module):
        if imported.partition(".")[0] in PACKAGES:
            assert room_of(imported) in {room, *MAY_IMPORT[room]}, (
                f"{module} may not import {imported}"
            )


@pytest.mark.parametrize("module", MODULES)
def test_a_library_of_one_purpose_stays_in_its_room(module):
    for imported in imports_of(module):
        library = imported.partition(".")[0]
        if library in MAY_BE_IMPORTED_BY:
            rooms = MAY_BE_IMPORTED_BY[library]
            assert room_of(module) in rooms, f"{module} may not import {library}"


def loaded_by(code: str, home: Path) -> set[str]:
    """Return the top-level modules that a new process has after running code."""
    report = "\nimport sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        cwd=ROOT,
        env={**os.environ, "HARMONY_TUI_HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.split())


def test_the_engine_is_headless(tmp_path):
    engine = [
        module
        for module in MODULES
        if is_inside(module, "engine") and not module.startswith("engine.models.demo.")
    ]
    loaded = loaded_by("\n".join(f"import {module}" for module in engine), tmp_path)
    assert {"textual", "rich", "harmony_tui", "themes", "torch", "transformers"}.isdisjoint(loaded)
    assert {"mlx", "openai_harmony"} <= loaded
    assert list(tmp_path.iterdir()) == []


def test_the_engines_face_is_light(tmp_path):
    loaded = loaded_by("import engine, engine.events, engine.config.settings", tmp_path)
    assert {"mlx", "numpy", "openai_harmony", "safetensors"}.isdisjoint(loaded)


def test_a_model_that_speaks_harmony_needs_no_other_tokenizer(tmp_path):
    load = "from engine.models import demo; load_format(demo.WEIGHTS, 201088).prompt"
    loaded = loaded_by(f"from engine.harmony.formats import load_format; {load}", tmp_path)
    assert {"jinja2", "tokenizers", "openai_harmony"}.isdisjoint(loaded)


def test_the_screen_does_without_mlx_and_the_vocabulary(tmp_path):
    screen = [module for module in MODULES if is_inside(module, "harmony_tui")]
    loaded = loaded_by("\n".join(f"import {module}" for module in screen), tmp_path)
    assert {"mlx", "numpy", "openai_harmony", "safetensors"}.isdisjoint(loaded)
    assert "textual" in loaded
    assert list(tmp_path.iterdir()) == []


def test_no_room_has_a_name_that_says_nothing():
    said = {part for module in MODULES for part in module.split(".")}
    assert said.isdisjoint({"util", "utils", "helper", "helpers", "manager", "misc", "common"})
