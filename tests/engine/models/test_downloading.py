"""A model is downloaded whole, whatever the network, the Hub and the disk do on the way."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest

from engine.config.locations import is_repository_name
from engine.models import demo, downloading
from engine.models.downloading import (
    MARKER,
    DownloadCancelledError,
    DownloadError,
    Progress,
    download_model,
    read_unfinished,
)
from engine.models.finding import find_local_models
from tests.engine.models.hub_server import COMMIT, Hub, serving

NAME = "somebody/tiny-gpt-oss"
FILES = {file.name: file.read_bytes() for file in demo.WEIGHTS.iterdir()}
WEIGHTS = FILES["model.safetensors"]
OTHERS = {
    "README.md": b"A card.",
    ".gitattributes": b"*.safetensors filter=lfs",
    "original/model.safetensors": b"the same weights again",
    "metal/model.bin": b"and again",
}


@pytest.fixture
def hub(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setattr(downloading, "WAIT_SECONDS", 0.01)
    for variable in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(Hub(NAME, FILES | OTHERS)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def download(models: Path, *, tell=lambda _: None, cancelled=None, name=NAME) -> Path:
    return download_model(name, models, tell, cancelled or threading.Event())


def check_whole(folder: Path) -> None:
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == FILES


def ranges(hub: Hub) -> list[str | None]:
    return [asked for path, asked in hub.asked if path.endswith("model.safetensors")]


def test_all_files_of_the_model_come_and_no_others(hub, tmp_path):
    told: list[Progress] = []
    folder = download(tmp_path, tell=told.append)
    assert folder == tmp_path / "somebody" / "tiny-gpt-oss"
    check_whole(folder)
    total = sum(map(len, FILES.values()))
    assert told[0] == Progress("asking")
    assert {each.total for each in told[1:]} == {total}
    done = [each.done for each in told[1:]]
    assert done == sorted(done)
    assert done[-1] == total
    assert told[-1].step == "checking"
    assert hub.asked[1][0].endswith(f"{COMMIT}/config.json")  # before the large ones


def test_what_is_there_is_not_fetched_again(hub, tmp_path):
    download(tmp_path)
    hub.asked.clear()
    check_whole(download(tmp_path))
    assert [path for path, _ in hub.asked if "resolve" in path] == []


def test_a_connection_that_breaks_is_taken_up_where_it_was(hub, tmp_path):
    hub.breaks_after = 3_000_000
    steps: list[str] = []
    check_whole(download(tmp_path, tell=lambda progress: steps.append(progress.step)))
    first, second = ranges(hub)
    assert first is None
    assert second == "bytes=3000000-"
    assert "waiting" in steps


def test_a_server_that_knows_no_ranges_sends_it_all_again(hub, tmp_path):
    hub.breaks_after, hub.knows_ranges = 3_000_000, False
    told: list[Progress] = []
    check_whole(download(tmp_path, tell=told.append))
    assert told[-1].done == told[-1].total


def test_a_download_that_was_stopped_goes_on_later(hub, tmp_path):
    cancelled = threading.Event()

    def stop_in_the_weights(progress: Progress) -> None:
        if progress.file == "model.safetensors" and progress.done > 2_000_000:
            cancelled.set()

    with pytest.raises(DownloadCancelledError):
        download(tmp_path, tell=stop_in_the_weights, cancelled=cancelled)
    folder = tmp_path / NAME
    assert not (folder / "model.safetensors").exists()
    part = (folder / "model.safetensors.part").read_bytes()
    assert 0 < len(part) < len(WEIGHTS)
    assert WEIGHTS.startswith(part)
    assert read_unfinished(folder) == sum(map(len, FILES.values()))
    assert [each.unfinished is None for each in find_local_models(str(tmp_path))] == [True, False]
    hub.asked.clear()
    check_whole(download(tmp_path))
    assert ranges(hub) == [f"bytes={len(part)}-"]
    assert f"revision/{COMMIT}" in hub.asked[0][0]  # of the commit that it began with
    assert read_unfinished(folder) is None


def test_it_can_be_stopped_while_it_waits_for_the_network(hub, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "WAIT_SECONDS", 600)
    hub.breaks_after = 1000
    cancelled = threading.Event()

    def stop(progress: Progress) -> None:
        if progress.step == "waiting":
            cancelled.set()

    with pytest.raises(DownloadCancelledError):
        download(tmp_path, tell=stop, cancelled=cancelled)


def test_a_network_that_stays_away_ends_it_with_what_came_kept(hub, tmp_path):
    def stop_the_hub(progress: Progress) -> None:
        if progress.step == "downloading" and progress.file == "model.safetensors":
            hub.breaks_after = 0
            hub.refuses = (503, "")

    hub.breaks_after = 2_000_000
    with pytest.raises(DownloadError, match="503"):
        download(tmp_path, tell=stop_the_hub)
    assert (tmp_path / NAME / "model.safetensors.part").stat().st_size == 2_000_000


def test_a_part_that_is_longer_than_the_file_is_thrown_away(hub, tmp_path):
    hub.breaks_after = 1000
    cancelled = threading.Event()

    def stop(progress: Progress) -> None:
        if progress.step == "waiting":
            cancelled.set()

    with pytest.raises(DownloadCancelledError):
        download(tmp_path, tell=stop, cancelled=cancelled)
    (tmp_path / NAME / "model.safetensors.part").write_bytes(b"x" * (len(WEIGHTS) + 1))
    check_whole(download(tmp_path))


def test_a_damaged_file_is_found_out(hub, tmp_path):
    hub.lies_about = "model.safetensors"
    with pytest.raises(DownloadError, match="damaged"):
        download(tmp_path)
    hub.lies_about = None
    check_whole(download(tmp_path))


# --- what the Hub refuses ---------------------------------------------------------------------


def test_a_model_that_does_not_exist(hub, tmp_path):
    with pytest.raises(DownloadError, match="There is no model 'nobody/nothing' at 127"):
        download(tmp_path, name="nobody/nothing")
    hub.refuses = (401, "RepoNotFound")  # what the Hub says to those it does not know
    with pytest.raises(DownloadError, match="There is no model"):
        download(tmp_path)
    assert not (tmp_path / "nobody").exists()


def test_terms_that_have_to_be_agreed_to(hub, tmp_path, monkeypatch):
    hub.token = "hf_mine"
    with pytest.raises(DownloadError) as raised:
        download(tmp_path)
    for said in ("terms", f"{hub.address}/{NAME}", "HF_TOKEN", "/settings/tokens"):
        assert said in str(raised.value)
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    check_whole(download(tmp_path))


def test_the_token_of_a_login_is_used(hub, tmp_path):
    hub.token = "hf_kept"
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_text("hf_kept\n")
    check_whole(download(tmp_path / "models"))


def test_a_token_that_is_refused(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_old")
    hub.refuses = (401, "")
    with pytest.raises(DownloadError, match="does not let this token"):
        download(tmp_path)


def test_the_token_is_not_sent_to_the_host_of_the_content(hub, tmp_path, monkeypatch):
    hub.token = "hf_mine"
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    with serving(Hub(NAME, FILES)) as content:
        hub.redirects_to = content.address.replace("127.0.0.1", "localhost")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
        hub.breaks_after = None
        content.breaks_after = 3_000_000
        check_whole(download(tmp_path))
        assert set(content.tokens) == {None}
        assert "bytes=3000000-" in ranges(content)
    assert set(hub.tokens) == {"Bearer hf_mine"}


def test_nothing_answers(hub, tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    with pytest.raises(DownloadError, match=r"cannot be reached .*Connection refused.*HTTPS_PROXY"):
        download(tmp_path)


def test_a_proxy_is_used(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
    monkeypatch.setenv("http_proxy", hub.address)
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(DownloadError, match="There is no model"):  # it is no proxy, but was asked
        download(tmp_path)
    assert hub.asked[0][0].startswith("http://hub.invalid/api/models/")


def test_an_endpoint_that_is_no_address(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "file:///etc")
    with pytest.raises(DownloadError, match="HF_ENDPOINT"):
        download(tmp_path)


# --- what is no model of ours, and what the disk refuses --------------------------------------


def test_other_architectures_are_refused_before_their_weights_come(hub, tmp_path):
    hub.files = FILES | {"config.json": json.dumps({"model_type": "bert"}).encode()}
    with pytest.raises(DownloadError, match="'bert'"):
        download(tmp_path)
    assert ranges(hub) == []
    assert list(tmp_path.iterdir()) == []


def test_a_repository_without_safetensors(hub, tmp_path):
    hub.files = {"config.json": FILES["config.json"], "model.gguf": b"GGUF"}
    with pytest.raises(DownloadError, match="safetensors"):
        download(tmp_path)


@pytest.mark.parametrize(
    "name", ["demo", "a/b/c", "../b", "a/..", "a/b..c", "", "a b/c", "https://x/y", "-a/b", "ä/b"]
)
def test_what_is_no_name_is_not_asked_for(hub, tmp_path, name):
    assert not is_repository_name(name)
    with pytest.raises(DownloadError, match="no name"):
        download(tmp_path, name=name)
    assert hub.asked == []


def test_files_that_would_leave_the_folder_are_left_out(hub, tmp_path):
    hub.files = FILES | {"../../evil.json": b"{}", "/tmp/evil.json": b"{}"}
    check_whole(download(tmp_path / "a"))
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_full_disk(hub, tmp_path):
    folder = tmp_path / NAME
    folder.mkdir(parents=True)
    (folder / MARKER).write_text(json.dumps({"revision": COMMIT, "bytes": 1}))
    (folder / "model.safetensors.part").symlink_to("/dev/full")
    with pytest.raises(DownloadError, match="is full"):
        download(tmp_path)


def test_a_disk_without_room_is_told_before_anything_is_fetched(hub, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "SPARE_BYTES", 1 << 62)
    with pytest.raises(DownloadError, match="GB left"):
        download(tmp_path)
    assert ranges(hub) == []


def test_a_folder_that_cannot_be_written(hub, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DownloadError, match="models_folder"):
        download(tmp_path / "file" / "models")


def test_a_folder_with_other_files_is_left_alone(hub, tmp_path):
    folder = tmp_path / NAME
    folder.mkdir(parents=True)
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(DownloadError, match="other files"):
        download(tmp_path)
    assert [each.name for each in folder.iterdir()] == ["mine.txt"]


def test_two_at_once_do_not_get_into_each_others_way(hub, tmp_path):
    refused: list[str] = []

    def begin_another(progress: Progress) -> None:
        if progress.step == "checking":
            with pytest.raises(DownloadError) as raised:
                download(tmp_path)
            refused.append(str(raised.value))

    check_whole(download(tmp_path, tell=begin_another))
    assert refused
    assert "Another program" in refused[0]
