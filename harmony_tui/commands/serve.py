"""What ``/serve`` does: it has the model on the screen answer other programs, too."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from harmony_tui.commands.command import CommandError
from harmony_tui.printing import SubcommandError
from harmony_tui.serving import KEY_VARIABLE, PORT

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

OFF = "off"


def serve(app: HarmonyApp, argument: str) -> None:
    """Begin to serve at a port, say where it is served, or end it."""
    serving = app.engine.serving
    if argument == OFF:
        if serving is None:
            raise CommandError("Nothing is served.")
        app.begin_work(_stop(app))
    elif serving is not None:
        waiting = f"{serving.waiting} answers are on their way. " if serving.waiting else ""
        app.flash(f"{serving.address} answers. {waiting}To end it: /serve off.")
    else:
        _begin(app, _port(argument))


def _port(argument: str) -> int:
    if not argument:
        return PORT
    if not argument.isascii() or not argument.isdecimal() or not 0 <= int(argument) <= 65535:
        raise CommandError(f"{argument!r} is no port. They are 0 to 65535: /serve {PORT}")
    return int(argument)


def _begin(app: HarmonyApp, port: int) -> None:
    key = os.environ.get(KEY_VARIABLE, "")
    try:
        serving = app.engine.serve(port, key)
    except SubcommandError as error:
        raise CommandError(str(error).replace(" --port or --host", " port")) from error
    who = "to who has the key" if key else "to every program of this machine"
    app.flash(f"{serving.address} answers {who}. To end it: /serve off.")


async def _stop(app: HarmonyApp) -> str:
    serving = app.engine.serving
    assert serving is not None  # noqa: S101  (it was asked just now)
    await asyncio.to_thread(app.engine.stop_serving)
    return f"{serving.address} answers no more."
