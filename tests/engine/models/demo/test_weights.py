"""The bundled weights as they ship: their form, what they hold, and that they can talk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.events import MessageClosed
from engine.generation.cache import KeyValueCache
from engine.harmony.encoding import STOP_TOKENS, load_encoding
from engine.models import demo
from engine.models.checkpoint import load_checkpoint
from engine.models.demo.asking import ask, ask_for_tool
from engine.models.demo.corpus import KINDS
from engine.models.demo.corpus.acceptance import QUESTIONS, TOOL_QUESTIONS
from engine.models.demo.evaluation import BEGIN, FINISH, draw_cases, write_into_card
from engine.models.demo.exporting import (
    ROWS,
    VOCABULARY_MATRICES,
    read_safetensors,
    to_bfloat16,
    write_full,
)
from engine.models.demo.running import Runner
from engine.models.device import prepare

WEIGHTS = demo.WEIGHTS / "model.safetensors"


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner(None)
    yield runner
    runner.close()


def test_the_weights_are_small_enough_to_travel_in_the_package():
    assert 3e6 < WEIGHTS.stat().st_size < 10e6


def test_the_configuration_is_that_of_gpt_oss():
    config = json.loads((demo.WEIGHTS / "config.json").read_text())
    assert config["model_type"] == "gpt_oss"
    assert config["vocab_size"] == 201088
    assert config["rope_scaling"]["truncate"] is False
    assert config["quantization_config"]["quant_method"] == "mxfp4"
    assert config["layer_types"][:2] == ["sliding_attention", "full_attention"]
    generation = json.loads((demo.WEIGHTS / "generation_config.json").read_text())
    assert set(generation["eos_token_id"]) == STOP_TOKENS
    assert 0 < generation["temperature"] <= 0.5


def test_numbers_and_control_tokens_are_trained():
    rows = read_safetensors(WEIGHTS)[ROWS].bits
    assert np.array_equal(rows, np.unique(rows))
    encode = load_encoding().encode
    assert {encode(str(n))[0] for n in range(1000)} <= set(rows.tolist())
    assert set(STOP_TOKENS) - {199999} <= set(rows.tolist())


def test_the_full_layout_holds_the_same_model(tmp_path: Path):
    write_full(tmp_path)
    tensors = read_safetensors(tmp_path / "model.safetensors")
    assert ROWS not in tensors
    for name in VOCABULARY_MATRICES:
        assert len(tensors[name].bits) == 201088
    prompt = mx.array([load_encoding().encode("What is 127 + 386? Zanzibar!")])
    logits = []
    for folder in (demo.WEIGHTS, tmp_path):
        model = load_checkpoint(folder, prepare(), lambda step, share: None)
        cache = KeyValueCache(len(model.blocks))
        logits.append(model.logits(model.hidden(prompt, cache.logs, 0)))
    assert mx.allclose(*logits, atol=1e-4)


def test_bfloat16_is_rounded_to_the_nearest():
    values = np.array([1.0, -2.5, 1.00390625, 1.01171875, 3e38, 0.0], dtype=np.float32)
    wanted = mx.array(values).astype(mx.bfloat16).view(mx.uint16)
    assert to_bfloat16(values).bits.tolist() == wanted.tolist()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text)
def test_the_acceptance_questions_are_right_at_the_default_temperature(runner, question):
    assert ask(runner, question, runner.info.defaults["temperature"])


@pytest.mark.parametrize("question", TOOL_QUESTIONS, ids=lambda question: question.text)
def test_so_are_those_for_further_tools_where_these_are_offered(runner, question):
    assert ask_for_tool(runner, question, runner.info.defaults["temperature"])


def test_held_out_turns_are_valid_and_mostly_right(runner):
    cases = draw_cases(0.02)
    assert {case.kind for case in cases} == set(KINDS)
    outcomes = [runner.take_turn(case) for case in cases]
    assert sum(outcome.is_valid for outcome in outcomes) >= len(cases) - 1
    called = [case for case in cases if case.expectation.calls]
    assert called
    assert sum(bool(outcome.calls) for outcome in outcomes) >= len(called) // 2


def test_the_analysis_grows_with_the_effort(runner):
    lengths = {}
    for effort in ("low", "medium", "high"):
        hyperparameters = Hyperparameters(temperature=0.0, effort=effort)
        chat = Chat(runner.worker, hyperparameters=hyperparameters, approval="auto")
        said = []
        chat.send("What is 127 + 386?", said.append)
        messages = [event for event in said if isinstance(event, MessageClosed)]
        lengths[effort] = sum(len(m.text) for m in messages if m.channel == "analysis")
    assert lengths["low"] < lengths["medium"] < lengths["high"]


def test_the_figures_go_between_the_cards_markers(tmp_path: Path):
    card = tmp_path / "CARD.md"
    card.write_text(f"before {BEGIN}\nold\n{FINISH} after")
    write_into_card("new", card)
    assert card.read_text() == f"before {BEGIN}\nnew\n{FINISH} after"
    card.write_text("no markers")
    with pytest.raises(ValueError, match="no markers"):
        write_into_card("new", card)
