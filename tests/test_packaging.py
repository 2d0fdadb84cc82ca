"""What is built holds all that the program needs, and says truly what it needs of others."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import harmony_tui

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "harmony_tui", "themes")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    (file,) = built.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        yield archive


@pytest.fixture(scope="module")
def metadata(wheel):
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return message_from_bytes(wheel.read(name))


def files_of_the_packages():
    return {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_packages(wheel):
    held = {name for name in wheel.namelist() if name.partition("/")[0] in PACKAGES}
    assert held == files_of_the_packages()


@pytest.mark.parametrize(
    "needed",
    [
        "engine/harmony/vocabulary/o200k_base.tiktoken.xz",
        "engine/harmony/vocabulary/LICENSE",
        "engine/models/demo/weights/config.json",
        "engine/models/demo/weights/model.safetensors",
        "engine/py.typed",
        "harmony_tui/app.tcss",
        "harmony_tui/help/start.md",
        "themes/harmony-dark.toml",
    ],
)
def test_the_wheel_holds_what_is_no_code(wheel, needed):
    assert wheel.getinfo(needed).file_size == (ROOT / needed).stat().st_size


def test_the_wheel_holds_the_licences(wheel):
    licences = {name for name in wheel.namelist() if "/licenses/" in name}
    assert {name.partition("/licenses/")[2] for name in licences} == set(PROJECT["license-files"])


def test_the_source_archive_holds_all_that_the_wheel_is_built_from(built):
    (file,) = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert files_of_the_packages() <= held
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"} <= held


def test_the_metadata_is_what_the_project_says(metadata):
    assert metadata["Name"] == "harmony-tui"
    assert metadata["Version"] == harmony_tui.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"


def test_linux_gets_the_cpu_build_of_mlx_by_itself(metadata):
    required = metadata.get_all("Requires-Dist")
    assert "mlx[cpu]>=0.32; sys_platform == 'linux'" in required
    assert "mlx>=0.32; sys_platform == 'darwin'" in required


def test_the_changelog_begins_with_this_version():
    lines = (ROOT / "CHANGELOG.md").read_text().splitlines()
    first = next(line for line in lines if line.startswith("## [") and "Unreleased" not in line)
    assert first.startswith(f"## [{harmony_tui.__version__}]")


def test_the_lock_file_is_in_step():
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    (ours,) = [package for package in lock["package"] if package["name"] == "harmony-tui"]
    locked = {
        need["name"]
        for need in ours["metadata"]["requires-dist"]
        if "extra" not in need.get("marker", "")
    }
    wanted = {need.partition(";")[0].strip() for need in PROJECT["dependencies"]}
    assert locked == {need.partition(">=")[0].partition("[")[0] for need in wanted}
