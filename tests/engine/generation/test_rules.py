"""Whatever a model samples under the rules is regular, and keeps to the schemas.

The model is random and samples at temperature 2, so that it says everything that may be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from openai_harmony import Role
from pydantic import BaseModel, ConfigDict, Field

from engine.config.hyperparameters import Hyperparameters
from engine.events import MessageClosed
from engine.generation.constraint import Constraint
from engine.generation.generator import Generator
from engine.generation.rules import Rules
from engine.generation.sampling import Sampler
from engine.generation.structure import Structure, StructureError
from engine.harmony.encoding import CALL, END, MESSAGE, RETURN, STOP_TOKENS, load_encoding
from engine.harmony.prompt import ANSWER, ASSISTANT, render_user
from engine.models.checkpoint import load_checkpoint
from engine.models.device import prepare
from engine.tools.browser.browser import Browser
from engine.tools.browser.offering import browser_tools
from engine.tools.functions import BUILT_IN
from tests.engine.harmony.sampled import closed_in, events_of, shown_in, tokens_of
from tests.engine.models.checkpoints import write_checkpoint


class Weather(BaseModel):
    model_config = ConfigDict(extra="forbid")

    city: str = Field(max_length=6)
    days: int = Field(ge=1, le=14)
    unit: Literal["celsius", "fahrenheit"] = "celsius"


def compact(model: type[BaseModel]) -> dict[str, Any]:
    """Return a schema without white space between its parts, of which random text would be full."""
    return {**model.model_json_schema(), "x-guidance": {"whitespace_flexible": False}}


TOOLS = {"functions.get_weather": compact(Weather), "functions.get": {}, "python": None}
# Texts that have no form end soon.
ENDINGS = {END: 22, RETURN: 22, CALL: 22}
WILD = Hyperparameters(temperature=2, top_p=1, logit_bias=ENDINGS)  # type: ignore[arg-type]
PROMPT = (*render_user("Hello"), *ASSISTANT)


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    folder: Path = tmp_path_factory.mktemp("random") / "model"
    write_checkpoint(folder, "mlx-bf16", num_hidden_layers=2)
    return Generator(load_checkpoint(folder, prepare(), lambda _step, _share: None))


def sample(
    generator: Generator, rules: Rules | None, seed: int, prompt: Sequence[int] = PROMPT
) -> list[int]:
    """Return what a turn samples, up to a stop token or 100 tokens."""
    generator.prefill(prompt, lambda _done, _total: True)
    constraint = rules and rules.begin(prompt)
    tokens = generator.decode(prompt[-1:], Sampler(seed), lambda: WILD, constraint=constraint)
    sampled: list[int] = []
    for token in tokens:
        sampled.append(token)
        if token in STOP_TOKENS or len(sampled) == 100:
            break
    tokens.close()
    return sampled


def messages_in(sampled: Sequence[int]) -> list[MessageClosed]:
    return shown_in(events_of(sampled, "length", tuple(TOOLS)))


def test_every_sampled_header_is_regular_and_read_alike_by_the_library(
    generator: Generator,
) -> None:
    rules = Rules(TOOLS)
    seen = set()
    for seed in range(8):
        sampled = sample(generator, rules, seed)
        messages = messages_in(sampled)
        assert sum(len(m.tokens) for m in closed_in(events_of(sampled, "length"))) == len(sampled)
        if sampled[-1] in STOP_TOKENS:
            # The library takes no ending twice; a doubled one ends the turn.
            once = sampled[:-1] if sampled[-2] == END else sampled
            theirs = load_encoding().parse_messages_from_completion_tokens(once, Role.ASSISTANT)
            assert [(m.channel, m.recipient) for m in theirs] == [
                (m.channel, m.recipient) for m in messages
            ]
        for message in messages:
            seen.add((message.channel, message.recipient))
            header = message.tokens[: message.tokens.index(MESSAGE) + 1]
            ending = CALL if message.recipient else END
            (alone,) = messages_in([*header[2 * (header[0] == ASSISTANT[0]) :], ending])
            assert not alone.irregular
    assert {channel for channel, _ in seen} == {"analysis", "commentary", "final"}
    assert len({recipient for _, recipient in seen}) > 2


def test_sampled_arguments_always_fit_the_schema(generator: Generator) -> None:
    header = "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>"
    prompt = (*PROMPT, *tokens_of(header))
    rules = Rules(TOOLS)
    texts = set()
    for seed in range(5):
        sampled = sample(generator, rules, seed, prompt)
        assert sampled[-1] == CALL
        (message,) = messages_in([*tokens_of(header), *sampled])
        assert (message.recipient, message.ending) == ("functions.get_weather", "call")
        assert not message.irregular
        Weather.model_validate_json(message.text)
        texts.add(message.text)
    assert len(texts) > 1


def test_a_sampled_answer_fits_its_form(generator: Generator) -> None:
    for form, fits in [
        (Structure.of_regex("[a-c]{2,5}\n(yes|no)"), r"[a-c]{2,5}\n(yes|no)"),
        (Structure.of_schema(compact(Weather)), None),
    ]:
        for seed in range(2):
            sampled = sample(generator, Rules({}, form), seed, (*PROMPT[:-2], *ANSWER))
            assert sampled[-1] == RETURN
            text = load_encoding().decode(sampled[:-1])
            if fits is None:
                Weather.model_validate_json(text)
            else:
                assert re.fullmatch(fits, text)


def test_without_rules_hardly_anything_is_regular(generator: Generator) -> None:
    assert any(m.irregular for seed in range(3) for m in messages_in(sample(generator, None, seed)))


def feed(constraint: Constraint, spelled: str) -> Constraint:
    for token in tokens_of(spelled):
        mask = constraint.mask()
        assert mask is None or mask[0, token].item()
        constraint.accept(token)
    return constraint


def begin(rules: Rules, spelled: str = "") -> Constraint:
    return rules.begin(tokens_of("<|start|>user<|message|>Hi<|end|><|start|>assistant" + spelled))


def built_in(answer: Structure | None = None, **options: bool) -> Rules:
    return Rules({tool.recipient: tool.parameters() for tool in BUILT_IN}, answer, **options)


THOUGHT = "<|channel|>analysis<|message|>Two and two.<|end|><|start|>assistant"
CALLED = "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"


def test_a_whole_turn_is_followed() -> None:
    constraint = feed(begin(built_in()), THOUGHT + CALLED + '{"expression": "2+2"}')
    assert list(constraint.forced()) == [CALL]
    constraint.accept(CALL)
    assert constraint.mask() is None
    assert list(constraint.forced()) == []


def test_a_tool_without_a_schema_takes_any_text() -> None:
    rules = Rules(TOOLS)
    assert begin(rules, "<|channel|>analysis to=python code<|message|>").mask() is None
    assert begin(rules, "<|channel|>analysis to=functions.get json<|message|>").mask() is not None


def test_the_browsers_arguments_keep_to_their_schemas() -> None:
    tools = browser_tools(Browser(), lambda: False)
    rules = Rules({tool.recipient: tool.parameters() for tool in tools})
    for header in (
        "<|channel|>analysis to=browser.open code<|message|>",
        "<|channel|>analysis to=browser.open <|constrain|>json<|message|>",
        "<|channel|>commentary to=browser.open<|message|>",
        " to=browser.open<|channel|>analysis<|message|>",
    ):
        constraint = feed(begin(rules), header + '{"id":"https://x.y","cursor":2')
        assert list(feed(constraint, "}").forced()) == [CALL]
    mask = feed(begin(rules), "<|channel|>analysis to=browser.find code<|message|>{").mask()
    assert mask is not None
    assert not mask[0, tokens_of("}")[0]].item()  # the pattern has to be given


def test_only_the_final_text_has_the_answers_form() -> None:
    rules = built_in(Structure.of_regex("4|four"))
    for free in ("<|channel|>analysis", "<|channel|>commentary"):
        assert begin(rules, free + "<|message|>").mask() is None
    final = feed(begin(rules), THOUGHT + "<|channel|>final<|message|>four")
    assert list(final.forced()) == [RETURN]


def test_a_prompt_may_end_within_a_text() -> None:
    rules = built_in(Structure.of_schema(Weather.model_json_schema()))
    inside = begin(rules, '<|channel|>final<|message|>{"city": "Rome", "da')
    assert list(feed(inside, 'ys": 3}').forced()) == [RETURN]
    with pytest.raises(StructureError, match="cannot go on as the JSON schema says"):
        begin(rules, "<|channel|>final<|message|>It is ")
    assert list(rules.begin(()).forced()) == list(ASSISTANT)
    assert list(rules.begin(render_user("Hi")).forced()) == list(ASSISTANT)


def test_headers_may_go_unguided_while_texts_keep_their_form() -> None:
    rules = built_in(Structure.of_regex("4|four"), guides_headers=False)
    constraint = begin(rules)
    assert constraint.mask() is None
    assert list(constraint.forced()) == []
    feed(constraint, "<|channel|>commentary json<|message|>hm<|end|><|start|>assistant")
    feed(constraint, " to=calculator<|channel|>commentary<|message|>")
    mask = constraint.mask()
    assert mask is not None
    assert not mask[0, tokens_of("It")[0]].item()
    final = begin(rules, "<|channel|>final json<|message|>four")
    assert list(final.forced()) == [RETURN]


ARGUMENTS = "<|channel|>commentary to=functions.f <|constrain|>json<|message|>"


def test_what_of_a_tools_schema_cannot_be_followed_is_left_to_the_tool(
    caplog: pytest.LogCaptureFixture,
) -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string", "pattern": "(?=x)"}, "b": {"type": "integer"}},
        "required": ["a", "b"],
    }
    for _ in range(2):
        constraint = feed(begin(Rules({"functions.f": schema}), ARGUMENTS), '{"a": "y", "b": 4')
    mask = constraint.mask()
    assert mask is not None
    assert not mask[0, tokens_of('"')[0]].item()
    (told,) = caplog.messages
    assert re.match(r"the schema of functions\.f is followed without properties\.a\.pattern", told)
    with pytest.raises(ValueError, match="cannot hold the recipient"):
        Rules({"functions.a b": {}})


def test_arguments_whose_form_grows_too_complex_go_on() -> None:
    schema = {"type": "object", "properties": {"a": {"pattern": "(.*a.{300}){30}"}}}
    constraint = begin(Rules({"functions.f": schema}), ARGUMENTS + '{"a": "' + "a" * 2000)
    for _ in range(50):
        feed(constraint, "aaaaaaaa")
    assert list(feed(constraint, '"}').forced()) == [CALL]
