"""Downloads a model from the Hugging Face Hub into a folder of models.

A file is written beside its place, under its name and ``.part``, and moved there when it is whole
and what the Hub says it is. What was stopped, by the person or by the network, goes on where it
was. Until all files are there the folder holds a marker, which says of which commit they are.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import Literal

from engine.config.locations import is_repository_name
from engine.models.configuration import CheckpointError, read_config
from engine.models.hub_client import (
    DownloadError,
    HubClient,
    InterruptedTransferError,
    Listing,
    RemoteFile,
)

__all__ = [
    "DownloadCancelledError",
    "DownloadError",
    "Progress",
    "download_files",
    "download_model",
    "read_unfinished",
]

MARKER = ".download.json"
PART = ".part"
CONFIG = "config.json"
ENDINGS = (".safetensors", ".json", ".jinja", ".txt", ".model", ".tiktoken")
"""What the files of a model end in; those of other programs lie in folders, or end otherwise."""
PIECE_BYTES = 1 << 20
ATTEMPTS = 6
"""So often in a row the connection may fail before the download is given up."""
WAIT_SECONDS = 1.0
"""Before the second attempt; twice as long before each one after it."""
SPARE_BYTES = 100_000_000
"""What is to be left free on the disk."""


class DownloadCancelledError(Exception):
    """The person stopped a download; what came is kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, in bytes of all files together."""

    step: Literal["asking", "downloading", "checking", "waiting"]
    file: str = ""
    done: int = 0
    total: int = 0


Tell = Callable[[Progress], None]


def read_unfinished(folder: Path) -> int | None:
    """Return how many bytes a download will have; None if no download into a folder was begun."""
    marker = _read_marker(folder)
    return None if marker is None else marker[1]


def download_model(name: str, models: Path, tell: Tell, cancelled: Event) -> Path:
    """Download a model, or what is missing of it, and return its folder.

    Args:
        name: of the repository, such as ``openai/gpt-oss-20b``.
        models: the folder of models, in which the name becomes the path of the model's folder.
        tell: is told how far it is, at least for each megabyte.
        cancelled: stops it, within the time that the next piece takes to come.

    Raises:
        DownloadError: it cannot be downloaded; what came is kept, so that it can go on.
        DownloadCancelledError: it was stopped; what came is kept.
    """
    return download_files(name, models, tell, cancelled, check=_check_architecture)


def download_files(
    name: str,
    models: Path,
    tell: Tell,
    cancelled: Event,
    *,
    wanted: Callable[[str], bool] | None = None,
    check: Callable[[Path], None] | None = None,
) -> Path:
    """Download the files of a model, or some files of a repository, and return its folder.

    Args:
        name: of the repository.
        models: the folder of models, in which the name becomes the path of the folder.
        tell: is told how far it is, at least for each megabyte.
        cancelled: stops it, within the time that the next piece takes to come.
        wanted: which files, by their names; they are added to those that the folder has. None for
            those of a model.
        check: is given the folder as soon as the configuration is there, and may object to it by
            raising DownloadError.

    Raises:
        DownloadError: it cannot be downloaded; what came is kept, so that it can go on.
        DownloadCancelledError: it was stopped; what came is kept.
    """
    if not is_repository_name(name):
        raise DownloadError(f"{name!r} is no name of a model; they are like openai/gpt-oss-20b.")
    tell(Progress("asking"))
    client, folder = HubClient(name), models / name
    marker = _read_marker(folder)
    listing = client.list_files(marker[0] if marker else "main")
    files = _choose_files(client, listing, wanted)
    if marker is None and folder.is_dir() and any(folder.iterdir()):
        if all(_is_there(folder, file) for file in files):
            return folder
        if wanted is None:
            raise DownloadError(f"{folder} holds other files already. Delete it, and try again.")
    with _explained(folder), _reserved(folder, listing.revision, files):
        _Download(client, folder, listing.revision, files, tell, cancelled).run(check)
    return folder


def _choose_files(
    client: HubClient, listing: Listing, wanted: Callable[[str], bool] | None
) -> list[RemoteFile]:
    """Return the files that belong to the model, its configuration first and the largest last."""
    if wanted is not None:
        chosen = [each for each in listing.files if wanted(each.name) and _is_inside(each.name)]
        if not chosen:
            raise DownloadError(f"{client.name} has no such files. Check the name.")
        return chosen
    files = [f for f in listing.files if "/" not in f.name and f.name.endswith(ENDINGS)]
    names = {file.name for file in files}
    if CONFIG not in names or not any(name.endswith(".safetensors") for name in names):
        raise DownloadError(
            f"{client.name} has no config.json with .safetensors files beside it. This program "
            "runs gpt-oss models in that format, such as openai/gpt-oss-20b."
        )
    return sorted(files, key=lambda file: (file.name != CONFIG, file.byte_count, file.name))


def _is_inside(name: str) -> bool:
    """Whether the path of a remote file stays within the folder that it is put into."""
    return not name.startswith("/") and ".." not in name.split("/")


def _check_architecture(folder: Path) -> None:
    try:
        read_config(folder)
    except CheckpointError as error:
        raise DownloadError(str(error)) from error


class _Download:
    """One model on its way into its folder."""

    def __init__(
        self,
        client: HubClient,
        folder: Path,
        revision: str,
        files: list[RemoteFile],
        tell: Tell,
        cancelled: Event,
    ) -> None:
        self._client = client
        self._folder = folder
        self._revision = revision
        self._files = files
        self._tell_caller = tell
        self._cancelled = cancelled
        self._total = sum(file.byte_count for file in files)
        self._done = sum(_bytes_there(folder, file) for file in files)

    def run(self, check: Callable[[Path], None] | None) -> None:
        """Fetch all that is missing; the weights only if the configuration is one to be used."""
        self._check_room()
        for file in self._files:
            if not _is_there(self._folder, file):
                self._fetch(file)
            if file.name == CONFIG and check is not None:
                self._ask(check)

    def _check_room(self) -> None:
        missing, free = self._total - self._done, shutil.disk_usage(self._folder).free
        if missing + SPARE_BYTES > free:
            raise DownloadError(
                f"{missing / 1e9:.1f} GB are missing of {self._client.name}, and the disk of "
                f"{self._folder} has {free / 1e9:.1f} GB left. Free some, or set models_folder."
            )

    def _ask(self, check: Callable[[Path], None]) -> None:
        try:
            check(self._folder)
        except DownloadError:
            for name in (CONFIG, MARKER):
                (self._folder / name).unlink(missing_ok=True)
            with suppress(OSError):  # there is something else in it
                self._folder.rmdir()
                self._folder.parent.rmdir()
            raise

    def _fetch(self, file: RemoteFile) -> None:
        """Fetch the rest of a file, again and again while some of it comes, and put it in place."""
        part, failures = self._part(file), 0
        part.parent.mkdir(parents=True, exist_ok=True)
        while (had := _size(part)) != file.byte_count:
            try:
                self._transfer(file, had)
            except InterruptedTransferError:
                failures = 1 if _size(part) > had else failures + 1
                if failures == ATTEMPTS:
                    raise
                self._tell("waiting", file)
                if self._cancelled.wait(WAIT_SECONDS * 2 ** (failures - 1)):
                    raise DownloadCancelledError from None
        if file.byte_count == 0:
            part.touch()
        self._check(file)
        part.replace(self._folder / file.name)

    def _transfer(self, file: RemoteFile, start: int) -> None:
        """Read a file from a byte on until its end."""
        part = self._part(file)
        if start > file.byte_count:  # of another file of this name
            start = self._restart(part)
        with self._client.open_file(self._revision, file, start) as response:
            if start and response.status != 206:  # it cannot send a part of a file
                start = self._restart(part)
            with part.open("ab") as target:
                while start < file.byte_count:
                    if self._cancelled.is_set():
                        raise DownloadCancelledError
                    try:
                        piece = response.read1(min(PIECE_BYTES, file.byte_count - start))
                    except (HTTPException, OSError) as error:
                        raise self._interruption(str(error)) from error
                    if not piece:
                        raise self._interruption("the connection was closed")
                    target.write(piece)
                    start += len(piece)
                    self._done += len(piece)
                    self._tell("downloading", file)
                target.flush()
                os.fsync(target.fileno())

    def _interruption(self, said: str) -> InterruptedTransferError:
        return InterruptedTransferError(
            f"The connection to {self._client.host} failed again and again ({said}). What came is "
            "kept: try again later, and it goes on from there."
        )

    def _restart(self, part: Path) -> int:
        self._done -= _size(part)
        part.unlink()
        return 0

    def _check(self, file: RemoteFile) -> None:
        """Compare a file with what the Hub says of it."""
        if file.sha256 is None:
            return
        self._tell("checking", file)
        digest = hashlib.sha256()
        with self._part(file).open("rb") as content:
            while piece := content.read(PIECE_BYTES):
                if self._cancelled.is_set():
                    raise DownloadCancelledError
                digest.update(piece)
        if digest.hexdigest() != file.sha256:
            self._restart(self._part(file))
            raise DownloadError(f"{file.name} came damaged and was deleted. Try again.")

    def _part(self, file: RemoteFile) -> Path:
        return self._folder / (file.name + PART)

    def _tell(self, step: Literal["downloading", "checking", "waiting"], file: RemoteFile) -> None:
        self._tell_caller(Progress(step, file.name, self._done, self._total))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _is_there(folder: Path, file: RemoteFile) -> bool:
    path = folder / file.name
    return path.is_file() and path.stat().st_size == file.byte_count


def _bytes_there(folder: Path, file: RemoteFile) -> int:
    return file.byte_count if _is_there(folder, file) else _size(folder / (file.name + PART))


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Have what the disk objects to told in a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DownloadError(
                f"The disk of {folder} is full. What came is kept: free some, and try again."
            ) from error
        raise DownloadError(
            f"{error.filename or folder} cannot be written ({error.strerror or error}). "
            "Check its permissions, or set models_folder to another folder."
        ) from error


@contextmanager
def _reserved(folder: Path, revision: str, files: list[RemoteFile]) -> Iterator[None]:
    """Keep a folder to one download; the marker goes when it is done.

    Raises:
        DownloadError: another program is downloading into it.
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MARKER
    with path.open("a", encoding="utf-8") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DownloadError(f"Another program is downloading into {folder}.") from None
        if not _size(path):
            total = sum(file.byte_count for file in files)
            json.dump({"revision": revision, "bytes": total}, marker)
            marker.flush()
        yield
        path.unlink()


def _read_marker(folder: Path) -> tuple[str, int] | None:
    """Return the commit that a download is of and its bytes, if one was begun."""
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return str(content["revision"]), int(content["bytes"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
