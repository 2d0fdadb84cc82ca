"""What is examined is told truly, and what is wrong comes with what to do, MLX or not."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import examination
from engine.config.settings import Settings
from engine.examination import Finding, examine
from engine.harmony import vocabulary
from engine.models.device import REFERENCE_BLAS, Device
from engine.models.memory import Memory
from engine.tools.sandbox.probing import Found, probe
from engine.tools.sandbox.unconfined import Unconfined

ROOT = Path(__file__).parents[2]

WITHOUT_MLX = """
import dataclasses, json, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "mlx":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocker())
from engine.config.settings import Settings
from engine.examination import examine
print(json.dumps([dataclasses.asdict(finding) for finding in examine(Settings())]))
"""


def find(name: str, **settings: object) -> Finding:
    found = examine(Settings.model_validate(settings))
    return next(finding for finding in found if finding.name == name)


def use(monkeypatch: pytest.MonkeyPatch, device: Device) -> None:
    monkeypatch.setattr(examination, "prepare", lambda: device)


def test_a_sound_machine() -> None:
    findings = examine(Settings())
    assert [f.name for f in findings if f.name != "BLAS"] == [
        *("MLX", "wired memory", "memory", "cache folder", "vocabulary", "sandbox")
    ]
    assert all(bool(f.remedy) == (f.state != "ok") for f in findings)
    assert findings[0].text.startswith(f"version {importlib.metadata.version('mlx')} on ")
    assert find("vocabulary").state == "ok"


def test_without_mlx_the_rest_is_examined() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_MLX],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    findings = json.loads(done.stdout)
    assert [f["name"] for f in findings] == [
        *("MLX", "memory", "cache folder", "vocabulary", "sandbox")
    ]
    assert findings[0]["state"] == "problem"
    assert findings[0]["text"] == "MLX is not installed."
    assert findings[0]["remedy"].startswith("Install it with: pip install ")


def test_a_slow_blas_is_a_warning_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Device("CPU", on_cpu=True, total_memory=2**34, blas=REFERENCE_BLAS))
    monkeypatch.setattr(sys, "platform", "linux")
    found = find("BLAS")
    assert found.state == "warning"
    assert found.remedy.endswith("sudo apt install libopenblas0-pthread")
    use(monkeypatch, Device("CPU", on_cpu=True, total_memory=2**34, blas="OpenBLAS"))
    assert find("BLAS") == Finding("BLAS", "ok", "OpenBLAS multiplies matrices")


def test_a_gpu_needs_no_blas(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Device("Apple M9", on_cpu=False, total_memory=2**34))
    assert "BLAS" not in {finding.name for finding in examine(Settings())}


def test_wired_memory_is_off_and_does_not_apply_without_metal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, Device("CPU", on_cpu=True, total_memory=2**34, blas="OpenBLAS"))
    found = find("wired memory")
    assert found.state == "ok"
    assert found.text.startswith("off; does not apply: only Metal, on a Mac")
    found = find("wired memory", wired_memory=True)
    assert (found.state, found.text[:3]) == ("warning", "on;")
    assert found.remedy.startswith("Set wired_memory to off")
    found = find("wired memory", model="/there/is/none")
    assert (found.state, found.remedy) == ("warning", "Choose another one.")


def test_a_mac_is_told_to_allow_metal_more_for_a_large_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, Device("Apple M9", on_cpu=False, total_memory=2**34, working_set=2**33))
    assert find("wired memory").state == "ok"
    assert "of 8.0 GiB that Metal can wire" in find("wired memory", wired_memory=True).text
    use(monkeypatch, Device("Apple M9", on_cpu=False, total_memory=2**34, working_set=2**29))
    found = find("wired memory")
    assert found.state == "warning"
    assert "sudo sysctl iogpu.wired_limit_mb=" in found.remedy


def test_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "read_memory", lambda: Memory(total=2**34, free=2**30))
    found = find("memory")
    assert (found.state, found.text) == ("warning", "1.0 of 16.0 GiB free")


def test_a_cache_folder_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HARMONY_TUI_HOME", str(home))
    assert find("cache folder").state == "ok"
    assert not home.exists()
    monkeypatch.setattr(examination, "_free_disk", lambda _folder: 10**8)
    assert find("cache folder").state == "warning"
    home.write_text("a file")
    found = find("cache folder")
    assert found.state == "problem"
    assert str(home) in found.remedy


def test_a_damaged_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "ARCHIVE", tmp_path / "nothing")
    found = find("vocabulary")
    assert (found.state, found.remedy) == ("problem", "Install harmony-tui again.")


def test_the_sandbox_is_the_one_that_was_tried() -> None:
    found, finding = probe(), find("sandbox")
    assert (finding.state == "ok") == (found.level != "none" and not found.missing)
    if found.level != "none":
        assert finding.text.startswith(found.level)


def test_without_a_sandbox_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = (("bubblewrap", "bwrap is not installed"),)
    monkeypatch.setattr(examination, "probe", lambda: Found(Unconfined(), missing))
    finding = find("sandbox")
    assert finding.state == "warning"
    assert "bwrap is not installed" in finding.text
    assert finding.remedy
