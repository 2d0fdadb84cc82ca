"""MLX missing or without its backend is a message; where MLX runs is known."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from engine.models import device

ROOT = Path(__file__).parents[3]

PREPARE = """
import sys
from engine.models.device import DeviceError, prepare
try:
    prepare()
except DeviceError as error:
    print(error)
    sys.exit(3)
"""

BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "mlx":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocker())
"""

STUB = 'raise ImportError("libmlx.so: cannot open shared object file: No such file or directory")'


def run(code: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a new interpreter that looks for modules in these folders first."""
    path = os.pathsep.join(map(str, [*paths, ROOT]))
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_mlx_missing() -> None:
    result = run(BLOCKER + PREPARE)
    assert result.returncode == 3, result.stderr
    assert result.stdout.startswith("MLX is not installed. Install it with: pip install ")
    assert "Traceback" not in result.stderr


def test_mlx_without_backend(tmp_path: Path) -> None:
    (tmp_path / "mlx").mkdir()
    (tmp_path / "mlx" / "__init__.py").write_text("")
    (tmp_path / "mlx" / "core.py").write_text(STUB)
    result = run(PREPARE, tmp_path)
    assert result.returncode == 3, result.stderr
    assert "MLX has no backend here (libmlx.so: cannot open" in result.stdout
    assert "pip install" in result.stdout


def test_importing_the_module_imports_no_mlx() -> None:
    result = run("import sys, engine.models.device; print('mlx.core' in sys.modules)")
    assert result.stdout == "False\n", result.stderr


def test_the_device_is_described() -> None:
    import mlx.core as mx

    found = device.prepare()
    assert found.name
    assert found.on_cpu == (mx.default_device().type != mx.DeviceType.gpu)
    assert 2**28 < found.total_memory < 2**45
    assert 0 < found.free_memory() <= found.total_memory
    assert found.on_cpu == (found.blas is not None)


BLAS = """
import sys
from engine.models.device import prepare
found = prepare()
print(found.blas, "/", found.name)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a Mac has one BLAS")
def test_the_blas_in_force_is_known() -> None:
    """MLX takes what was loaded before it, and its own reference BLAS else."""
    late = run("import mlx.core\n" + BLAS)
    assert late.stdout == "reference BLAS / CPU\n", late.stderr
    try:
        ctypes.CDLL("libopenblas.so.0")
    except OSError:
        pytest.skip("OpenBLAS is not installed; CI installs it")
    preloaded = run(BLAS)
    assert preloaded.stdout == "OpenBLAS / CPU with OpenBLAS\n", preloaded.stderr


FAULTS = """
import resource
from engine.models.device import prepare
prepare()
import mlx.core as mx
mx.set_default_device(mx.cpu)

def compute():
    x = mx.zeros((4 * 2**20,))
    for _ in range(8):
        x = x + 1
        mx.eval(x)

compute()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
compute()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the allocator is glibc's")
def test_memory_is_used_again_without_the_system() -> None:
    """Eight arrays of 16 MiB, of 4,096 pages each, ask for next to none of them anew."""
    result = run(FAULTS)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) < 400
