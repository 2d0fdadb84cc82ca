"""Asks the server for everything that OpenAI's own description of its API lets anybody ask for.

    uv run python -m tests.bench.fuzz openapi.json [--seconds 120] [--examples 100]
        [--schemathesis "uvx schemathesis"]

The description is ``openapi.json`` of openai/openai-openapi. Of it what the server has is kept,
with the bundled model for the only name of one, so that requests come as far as the model, which
answers in two tokens. schemathesis, which is no dependency of the program's, makes requests that
the description allows and others that it forbids. None may be answered with 5xx, and every answer
has to be as the description has it. The exit code is schemathesis's.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.peers import environment

OURS = {
    "/models": "get",
    "/models/{model}": "get",
    "/chat/completions": "post",
    "/completions": "post",
    "/responses": "post",
}
"""What the server has of the API."""
MODEL = "demo"
CHECKS = "not_a_server_error,response_schema_conformance,content_type_conformance"
REFERENCE = re.compile(r'"#/components/([^/"]+)/([^"]+)"')
LONGEST_ANSWER = 300
"""Seconds: a request may ask for 128 answers of 16 tokens."""
SETTINGS = "[hyperparameters]\nmax_tokens = 2\n"


def cut(description: dict[str, Any]) -> dict[str, Any]:
    """Return a description with what the server has, and with the one model that it has."""
    paths = {path: {method: description["paths"][path][method]} for path, method in OURS.items()}
    components, kept, unread = description["components"], {}, [json.dumps(paths)]
    while unread:
        for kind, name in REFERENCE.findall(unread.pop()):
            if name not in kept.setdefault(kind, {}):
                kept[kind][name] = components[kind][name]
                unread.append(json.dumps(components[kind][name]))
    _name_model(kept["schemas"])
    whole = {key: value for key, value in description.items() if key != "webhooks"}
    return {**whole, "paths": paths, "components": {**components, "schemas": {}, **kept}}


def _name_model(schema: Any) -> None:
    """Have every property ``model`` in a schema be the one that is served."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict) and "model" in properties:
            properties["model"] = {"type": "string", "const": MODEL}
    children = schema.values() if isinstance(schema, dict) else schema
    for child in children if isinstance(schema, dict | list) else ():
        _name_model(child)


def fuzz(given: argparse.Namespace, folder: Path) -> int:
    """Run server and schemathesis; return the exit code of that."""
    config = folder / "config"
    config.mkdir()
    (config / "config.toml").write_text(SETTINGS)
    description = folder / "openapi.json"
    description.write_text(json.dumps(cut(json.loads(given.description.read_text("utf-8")))))
    command = [sys.executable, "-m", "harmony_tui", "serve", "--model", MODEL, "--port", "0"]
    with subprocess.Popen(
        [*command, "--json"], env=environment(folder), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            url = json.loads(server.stdout.readline())["url"]
            asking = [*shlex.split(given.schemathesis), "run", str(description), "--url", url]
            limits = ["--max-examples", str(given.examples), "--max-time", str(given.seconds)]
            how = ["--phases", "fuzzing", "--checks", CHECKS, "--suppress-health-check", "all"]
            patience = ["--request-timeout", str(LONGEST_ANSWER), "--no-shrink"]
            # What it keeps of a run, it keeps in the current folder.
            asked = [*asking, *limits, *how, *patience]
            return subprocess.run(asked, cwd=folder, check=False).returncode
        finally:
            server.terminate()


def main() -> int:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("description", type=Path, help="openapi.json")
    parser.add_argument("--seconds", type=int, default=120, help="for all of it")
    parser.add_argument("--examples", type=int, default=100, help="of each endpoint")
    parser.add_argument("--schemathesis", default="uvx schemathesis", help="how it is called")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return fuzz(given, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
