"""A server as it was before servers could be discovered: no package, one line for each message."""

from __future__ import annotations

import json
import os
import sys
import time

SCHEMA = {
    "type": "object",
    "properties": {
        "place": {"$ref": "#/$defs/Place"},
        "days": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    },
    "required": ["place", "days"],
    "$defs": {"Place": {"type": "object", "properties": {"city": {"type": "string"}}}},
}
TOOLS = [
    {"name": "weather.now", "description": "Tells\nthe weather.", "inputSchema": SCHEMA},
    {"name": "weather-now", "inputSchema": {"type": "object"}},
    {"name": "broken", "inputSchema": {"type": "object", "allOf": 5}},
    {"name": "act", "description": "Acts.", "inputSchema": {"type": "object"}},
]


def say(**message: object) -> None:
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def act(how: str) -> object:
    match how:
        case "die":
            sys.stderr.write("all\nis lost\n")
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "junk":
            print("this is no message\n\n\x00\xff")
        case "endless":
            while True:
                sys.stdout.write("x" * 65536)
        case "environment":
            return dict(os.environ)
        case "more":
            TOOLS.append({"name": "more", "inputSchema": {"type": "object"}})
            say(method="notifications/tools/list_changed")
    return how


def answer(method: str, parameters: dict[str, object]) -> object:
    match method:
        case "initialize":
            return {
                "protocolVersion": parameters["protocolVersion"],
                "capabilities": {"tools": {"listChanged": True}},
                "serverInfo": {"name": "old", "version": "1"},
            }
        case "tools/list":
            # Two to a page.
            start = int(str(parameters.get("cursor") or 0))
            more = {"nextCursor": str(start + 2)} if start + 2 < len(TOOLS) else {}
            return {"tools": TOOLS[start : start + 2], **more}
        case "tools/call" if parameters["name"] == "act":
            how = parameters["arguments"]["how"]  # type: ignore[index]
            text = json.dumps(act(how))
            return {"content": [{"type": "text", "text": text}], "isError": how == "fail"}
        case "tools/call":
            return {"content": [], "structuredContent": {"given": parameters["arguments"]}}
    return None


for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    result = answer(message["method"], message.get("params", {}))
    if result is None:
        say(id=message["id"], error={"code": -32601, "message": "Method not found"})
    else:
        say(id=message["id"], result=result)
