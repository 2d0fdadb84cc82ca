"""Other programs are answered by the model on the screen, while a person talks to it."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from tests.harmony_tui.screen import answered, screen_text, scripted_app, shows, submit, until

FINAL = "<|channel|>final<|message|>{}<|return|>"


@pytest.fixture(autouse=True)
def _needs_the_extra() -> None:
    pytest.importorskip("fastapi", reason="the extra `server` is not installed")


async def ask(address: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        body = {"messages": [{"role": "user", "content": "hi"}], "max_tokens": 50}
        return await client.post(f"{address}/chat/completions", json=body)


async def test_it_answers_until_it_is_told_to_end() -> None:
    replies = [FINAL.format(text) for text in ("to you", "to a program", "to you again")]
    async with scripted_app(*replies) as (app, pilot):
        await submit(pilot, "hello")
        await answered(pilot)
        await submit(pilot, "/serve 0")
        await shows(pilot, "answers to every program of this machine")
        serving = app.engine.serving
        assert serving is not None
        response = await ask(serving.address)
        assert response.json()["choices"][0]["message"]["content"] == "to a program"
        await submit(pilot, "again")
        await answered(pilot)
        await shows(pilot, "to you again")
        assert "to a program" not in screen_text(app)
        await submit(pilot, "/serve")
        await shows(pilot, f"{serving.address} answers. To end it: /serve off.")
        await submit(pilot, "/serve off")
        await until(pilot, lambda: app.engine.serving is None)
        with pytest.raises(httpx.ConnectError):
            await ask(serving.address)


async def test_a_port_that_is_taken_is_explained_and_leaving_ends_it() -> None:
    async with scripted_app() as (app, pilot):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            await submit(pilot, f"/serve {port}")
            await shows(pilot, f"Nothing can listen on 127.0.0.1 port {port}")
        await submit(pilot, "/serve 0")
        await until(pilot, lambda: app.engine.serving is not None)
        serving = app.engine.serving
    assert serving is not None
    await asyncio.sleep(0)
    assert not serving.is_running
