"""A small MCP server, made with the mcp package: ``python served.py [PORT]``, else by stdio."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from mcp.server.mcpserver import Context, Image, MCPServer

server = MCPServer("played")


@server.tool(name="word-count")
def count(text: str, unit: str | None = None) -> int:
    """Counts words."""
    return len(text.split())


@server.tool()
def environment() -> str:
    """Shows its variables."""
    return json.dumps(dict(os.environ))


@server.tool()
def picture() -> Image:
    """Draws."""
    return Image(data=b"\x89PNG" + bytes(96), format="png")


@server.tool()
def flood(size: int) -> str:
    """Says much."""
    return "begin\x1b]52;c;eA==\x07" + "x" * size + "end"


@server.tool()
def die() -> str:
    """Ends the server."""
    sys.stderr.write("all is lost\n")
    sys.stderr.flush()
    os._exit(3)


@server.tool()
async def wait(seconds: float, context: Context) -> str:
    """Waits, and tells how far it is."""
    await context.report_progress(1, 2, "half way")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        Path(os.environ["MARK"]).write_text("cancelled")
        raise
    return "waited"


@server.tool()
async def more(context: Context) -> str:
    """Adds a tool."""

    def added() -> str:
        """Was added."""
        return "added"

    server.add_tool(added)
    await context.notify_tools_changed()
    return "there is one more"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
    else:
        server.run("stdio")
