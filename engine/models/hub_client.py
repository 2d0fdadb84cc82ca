"""Asks the Hugging Face Hub, or what stands in for it, for a model's files.

It follows the environment as that service's own programs do: ``HF_ENDPOINT``, ``HF_TOKEN``,
``HF_HOME`` and the usual variables that name proxies. The library of the Hub is no help here: as of
version 2.4 it throws away what it has of a file when a download is stopped.
"""

from __future__ import annotations

import json
import os
import ssl
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from engine.models.hub import hugging_face_home

ENDPOINT = "https://huggingface.co"
TIMEOUT_SECONDS = 20.0
"""For an answer, and for each piece of one."""
BUSY = (408, 425, 429, 500, 502, 503, 504)
"""Answers that are likely to be others a moment later."""


class DownloadError(Exception):
    """A model cannot be downloaded; the message says why and what to do."""


class InterruptedTransferError(DownloadError):
    """The connection failed on the way; to ask again may help."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository."""

    name: str
    byte_count: int
    sha256: str | None
    """Known of large files only."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a repository at one of its commits."""

    revision: str
    files: tuple[RemoteFile, ...]


class HubClient:
    """One repository of models, over HTTP."""

    def __init__(self, name: str) -> None:
        """Read the environment.

        Args:
            name: of the repository, such as ``openai/gpt-oss-20b``.

        Raises:
            DownloadError: ``HF_ENDPOINT`` is no address.
        """
        self.name = name
        self.endpoint = (os.environ.get("HF_ENDPOINT") or ENDPOINT).rstrip("/")
        if urlsplit(self.endpoint).scheme not in ("https", "http"):
            raise DownloadError(
                f"HF_ENDPOINT is {self.endpoint!r}, which is no address such as {ENDPOINT}."
            )
        self._token = _read_token()
        self._opener = build_opener(_Redirects)

    @property
    def host(self) -> str:
        """Whom is asked, as people call it."""
        return urlsplit(self.endpoint).netloc

    def list_files(self, revision: str = "main") -> Listing:
        """Return the repository's files.

        Raises:
            DownloadError: there is no such repository, it may not be read, or nobody answers.
        """
        path = f"/api/models/{quote(self.name)}/revision/{quote(revision, safe='')}?blobs=true"
        try:
            with self._open(path) as response:
                content = json.load(response)
            return _read_listing(content)
        except (HTTPException, OSError) as error:
            raise self._explain_failure(error) from error
        except (ValueError, KeyError, TypeError) as error:
            raise DownloadError(
                f"{self.host} does not answer as the Hugging Face Hub does. Check HF_ENDPOINT."
            ) from error

    def open_file(self, revision: str, file: RemoteFile, start: int) -> HTTPResponse:
        """Return a file's content from a byte on; it starts at 0 where its ``status`` is 200.

        Raises:
            InterruptedTransferError: the connection failed, or the server is busy.
            DownloadError: the file may not be read, or is not there.
        """
        path = f"/{quote(self.name)}/resolve/{quote(revision, safe='')}/{quote(file.name)}"
        try:
            return self._open(path, {"Range": f"bytes={start}-"} if start else {})
        except (HTTPException, OSError) as error:
            raise self._explain_failure(error) from error

    def _open(self, path: str, headers: dict[str, str] | None = None) -> HTTPResponse:
        request = Request(self.endpoint + path, headers=headers or {})  # noqa: S310  (checked above)
        request.add_header("User-Agent", "harmony-tui")
        if self._token:
            # Not sent on to the hosts that the Hub's answers lead to.
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        response: HTTPResponse = self._opener.open(request, timeout=TIMEOUT_SECONDS)
        return response

    # --- what went wrong ----------------------------------------------------------------------

    def _explain_failure(self, error: Exception) -> DownloadError:
        if isinstance(error, HTTPError):
            return self._explain_answer(error)
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, ssl.SSLCertVerificationError):
            return DownloadError(
                f"The certificate of {self.host} cannot be verified ({reason.verify_message}). "
                "Where a proxy has a certificate of its own, name its file in SSL_CERT_FILE."
            )
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        return InterruptedTransferError(
            f"{self.host} cannot be reached ({said}). Check the network connection, "
            "and HTTPS_PROXY if there is a proxy."
        )

    def _explain_answer(self, error: HTTPError) -> DownloadError:
        code = error.headers.get("X-Error-Code", "")
        page = f"{self.endpoint}/{self.name}"
        if code == "GatedRepo":
            return DownloadError(
                f"{self.name} is given to those alone who have agreed to its terms. Agree at "
                f"{page}, then set HF_TOKEN to a token from {self.endpoint}/settings/tokens."
            )
        if error.code == 404 or (error.code == 401 and (code == "RepoNotFound" or not self._token)):
            return DownloadError(
                f"There is no model {self.name!r} at {self.host} that everybody may read. Check "
                "the name; for a private one set HF_TOKEN to your token."
            )
        if error.code in (401, 403):
            return DownloadError(
                f"{self.host} does not let this token read {self.name}. Set HF_TOKEN to another, "
                f"from {self.endpoint}/settings/tokens."
            )
        kind = InterruptedTransferError if error.code in BUSY else DownloadError
        return kind(f"{self.host} answers {error.code} {error.reason}. Try again later.")


class _Redirects(HTTPRedirectHandler):
    """Keeps the token on the way from one address of a host to another."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return what is asked for in place of what moved."""
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        token = req.unredirected_hdrs.get("Authorization")
        if following is not None and token and _origin(newurl) == _origin(req.full_url):
            following.add_unredirected_header("Authorization", token)
        return following


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _read_listing(content: Any) -> Listing:
    files = []
    for each in content["siblings"]:
        large = each.get("lfs") or {}
        files.append(RemoteFile(str(each["rfilename"]), int(each["size"]), large.get("sha256")))
    return Listing(str(content["sha"]), tuple(files))


def _read_token() -> str | None:
    """Return the person's token: from the environment, or as ``hf auth login`` has kept it."""
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"):
        if token := os.environ.get(name, "").strip():
            return token
    path = os.environ.get("HF_TOKEN_PATH")
    try:
        kept = Path(path).expanduser() if path else hugging_face_home() / "token"
        return kept.read_text(encoding="ascii").strip() or None
    except (OSError, RuntimeError, ValueError):
        return None
