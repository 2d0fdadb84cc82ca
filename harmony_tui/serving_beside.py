"""The server beside the screen: other programs are answered by the model that is loaded."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from harmony_tui.serving import HOST, find_server, listen

if TYPE_CHECKING:
    from engine.server.translation import Engine

CLOSE_SECONDS = 5.0
"""So long the thread has to end; what it answers is cut within a token."""

logger = logging.getLogger(__name__)


class ServerBeside:
    """Answers programs of this machine, on a thread of its own, until it is closed.

    Answers and the conversation's turns are made one at a time, and find what the other has read.
    """

    def __init__(self, engine: Engine, port: int, api_key: str = "") -> None:
        """Begin to answer.

        Args:
            engine: what requests are answered with.
            port: where to listen; 0 takes any that is free.
            api_key: what clients have to show; empty asks for none.

        Raises:
            SubcommandError: the server's packages are not installed, or nothing can listen there.
        """
        server = find_server()
        self._listening = listen(HOST, port)
        self.address = f"http://{HOST}:{self._listening.getsockname()[1]}/v1"
        """What clients call."""
        self._app = server.make_app(engine, server.Access(api_key=api_key))
        self._server = server.make_server(self._app)
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._listening])
        except Exception:
            logger.exception("the server beside the screen failed")
        finally:
            self._app.state.line.close()
            self._listening.close()

    @property
    def is_running(self) -> bool:
        """Whether it answers."""
        return self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """How many answers are being made or waited for."""
        line = self._app.state.line
        return int(line.running + line.waiting)

    def close(self) -> None:
        """End what is being answered and listen no more. Blocks until that is done."""
        self._server.should_exit = True
        self._thread.join(CLOSE_SECONDS)
