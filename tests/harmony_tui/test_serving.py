"""``harmony-tui serve``, as a person starts and ends it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from harmony_tui import cli, serving

PROGRAM = [sys.executable, "-m", "harmony_tui", "serve"]


def fails_with(capsys, arguments, piece):
    assert cli.main(["serve", *arguments]) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("harmony-tui: ")
    assert errors.count("\n") == 1
    assert piece in errors


def test_it_answers_until_ctrl_c():
    pytest.importorskip("fastapi", reason="the extra `server` is not installed")
    environment = {**os.environ, "HARMONY_TUI_API_KEY": "sesame"}
    command = [*PROGRAM, "--port", "0", "--model", "demo"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            said = process.stderr.readline()
            address = re.search(r"demo answers at (http://127\.0\.0\.1:\d+)/v1 until Ctrl\+C", said)
            assert address, said
            with httpx.Client(base_url=address[1], timeout=60, trust_env=False) as client:
                assert client.get("/health").json()["model"] == "demo"
                assert client.get("/v1/models").status_code == 401
                client.headers["authorization"] = "Bearer sesame"
                body = {"messages": [{"role": "user", "content": "Hello"}], "stream": True}
                with client.stream("POST", "/v1/chat/completions", json=body) as response:
                    next(response.iter_lines())
                    process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, output, errors) == (130, "", "")


def test_a_program_is_told_where_it_answers(capsys):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        serving._announce(listening, "demo", has_key=True, as_json=True)
    output, errors = capsys.readouterr()
    assert (json.loads(output), errors) == (
        *({"model": "demo", "url": f"http://127.0.0.1:{port}/v1", "has_key": True}, ""),
    )


def test_a_port_that_is_taken(capsys):
    pytest.importorskip("fastapi", reason="the extra `server` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        fails_with(capsys, ["--port", str(port)], f"127.0.0.1 port {port}: Address already in use")
    fails_with(capsys, ["--host", "no.such.host.invalid"], "--host")


def test_without_the_extra_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastapi", None)
    for name in [name for name in sys.modules if name.startswith("engine.server")]:
        monkeypatch.delitem(sys.modules, name)
    fails_with(capsys, [], "pip install 'fastapi>=0.115' 'uvicorn>=0.34'")


@pytest.mark.parametrize("port", ["-1", "65536", "x", "", "1" * 6])
def test_what_is_no_port(capsys, port):
    with pytest.raises(SystemExit) as ended:
        cli.main(["serve", "--port", port])
    assert ended.value.code == 2
    assert "they are 0 to 65535" in capsys.readouterr().err or port == "-1"
