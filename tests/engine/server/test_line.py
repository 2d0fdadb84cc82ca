"""Requests wait in line, and end when their client leaves."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from tests.engine.server.serving import Client, serving_script

LONG = "<|channel|>final<|message|>" + "".join(f"word {n} " for n in range(10_000)) + "<|return|>"
HELLO = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 50_000}
CHAT = "/v1/chat/completions"


def left_over(client: Client) -> int:
    return len(client.worker._generator.model._tokens)  # type: ignore[union-attr,attr-defined]


def leave_a_stream(client: Client) -> None:
    with client.stream("POST", CHAT, json={**HELLO, "stream": True}) as response:
        lines = response.iter_lines()
        while "word" not in next(lines):
            continue


def leave_without_waiting(client: Client) -> None:
    with pytest.raises(httpx.ReadTimeout):
        client.post(CHAT, json=HELLO, timeout=0.2)


@pytest.mark.parametrize("leave", [leave_a_stream, leave_without_waiting])
def test_an_answer_ends_when_its_client_leaves(leave) -> None:
    with serving_script(LONG) as client:
        leave(client)
        client.wait_until(running=0, waiting=0)
        assert left_over(client) > 500
        before = left_over(client)
        time.sleep(0.1)
        assert left_over(client) == before


def test_who_leaves_while_the_model_does_something_else_is_gone_at_once() -> None:
    held = threading.Event()
    asked = {CHAT: HELLO, "/v1/completions": {"prompt": "Hello", "max_tokens": 5}}
    with serving_script(LONG) as client:
        busy = client.worker._submit(lambda: held.wait(30))
        for path, fields in asked.items():
            with pytest.raises(httpx.ReadTimeout):
                client.post(path, json=fields, timeout=0.2)
            client.wait_until(running=0, waiting=0)
        assert not busy.done()
        held.set()


def test_requests_are_answered_in_the_order_in_which_they_came() -> None:
    answered: list[str] = []
    few = {**HELLO, "max_tokens": 5}

    def ask(client: Client, name: str) -> None:
        client.post(CHAT, json=few)
        answered.append(name)

    with serving_script(LONG) as client:
        second, third = (
            threading.Thread(target=ask, args=(client, name)) for name in ("second", "third")
        )
        with client.stream("POST", CHAT, json={**HELLO, "stream": True}) as first:
            lines = first.iter_lines()
            next(lines)
            client.wait_until(running=1, waiting=0)
            second.start()
            client.wait_until(waiting=1)
            with pytest.raises(httpx.ReadTimeout):
                client.post(CHAT, json=few, timeout=0.3)
            client.wait_until(waiting=1)
            third.start()
            client.wait_until(running=1, waiting=2)
        second.join(30)
        third.join(30)
        client.wait_until(running=0, waiting=0)
    assert answered == ["second", "third"]


def test_a_server_that_ends_lets_nobody_wait() -> None:
    problems: list[Exception] = []

    def ask(client: Client) -> None:
        try:
            client.post(CHAT, json=HELLO).raise_for_status()
        except httpx.HTTPError as error:
            problems.append(error)

    with serving_script(LONG) as client:
        threads = [threading.Thread(target=ask, args=(client,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        client.wait_until(running=1, waiting=1)
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert len(problems) == 2
