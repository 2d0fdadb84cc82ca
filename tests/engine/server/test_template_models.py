"""A model with its own chat template: it is asked as it is, and what it lacks is said."""

from __future__ import annotations

import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.worker import Worker
from tests.engine.foreign import write_foreign_model
from tests.engine.server.serving import CALCULATOR, Client, serving


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = write_foreign_model(tmp_path_factory.mktemp("random") / "foreign")
    worker = Worker()
    try:
        worker.load(str(folder), lambda _: None).result(60)
        with serving(worker, Hyperparameters(seed=5, max_tokens=8)) as client:
            yield client
    finally:
        worker.close()


def test_all_that_it_says_is_content(client: Client) -> None:
    said = {"role": "system", "content": "Be brief."}
    message = client.choice(said, "the cat", model="foreign")["message"]
    assert message["content"]
    assert message["reasoning"] is None
    brief = client.chat("the cat").json()["usage"]["prompt_tokens"]
    assert client.chat(said, "the cat").json()["usage"]["prompt_tokens"] > brief
    body = {"prompt": "the cat<|im_end|>", "max_tokens": 4}
    assert client.post("/v1/completions", json=body).json()["usage"]["completion_tokens"] <= 4


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"tools": [CALCULATOR]}, "tools"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
    ],
)
def test_what_takes_harmony_is_refused(client: Client, fields: dict, param: str) -> None:
    response = client.chat("the cat", **fields)
    assert response.status_code == 400
    assert response.json()["error"]["param"] == param
