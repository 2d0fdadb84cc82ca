"""The training conversations are spelled as the engine spells them, and what is held out is."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest
from openai_harmony import Role, StreamableParser

from engine.harmony import prompt
from engine.harmony.encoding import FIRST_SPECIAL, RETURN, load_encoding
from engine.models.demo import corpus
from engine.models.demo.corpus import acceptance, arithmetic, dialogue, dialogues, rendering
from engine.models.demo.corpus.cases import bare, was_trained_on
from engine.models.demo.corpus.dialogue import CALCULATOR, CLOCK, DECLINE, Called, Said
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.rehearsal import draw_rehearsal
from engine.models.demo.corpus.reporting import report
from engine.models.demo.corpus.splitting import part
from engine.models.demo.corpus.topic import expand, forms
from engine.models.demo.corpus.turns import WORDINGS

KINDS_WITH_CALLS = {
    "calculation",
    "word_problem",
    "follow_up",
    "clock",
    "two_calls",
    "clock_and_calculation",
    "tool_error",
    "declined_call",
    *dialogues.TOOL_KINDS,
}


TOOL_WEIGHTS = dict.fromkeys((*dialogues.TOOL_KINDS, "not_offered"), 25.0)


def parsed(tokens):
    parser = StreamableParser(load_encoding(), None)
    for token in tokens:
        parser.process(token)
    parser.process_eos()
    return [
        (
            str(message.author.role.value),
            message.author.name,
            message.channel,
            message.recipient,
            message.content[0].text,
        )
        for message in parser.messages
    ]


def spoken_messages(turn, *, running):
    """What the library's parser is to read of a turn."""
    messages = [("user", None, None, None, turn.user)]
    for step in turn.steps:
        if isinstance(step, Said):
            if running or step.channel == "final":
                messages.append(("assistant", None, step.channel, None, step.text))
        else:
            if step.channel == "analysis" and not running:
                continue
            messages.append(("assistant", None, step.channel, step.recipient, step.arguments))
            messages.append(("tool", step.recipient, step.channel, "assistant", step.result))
    return messages


def conversations(count, seed=1):
    rng = random.Random(seed)
    for _ in range(count):
        kind = dialogues.draw_kind(rng, dialogues.KIND_WEIGHTS | TOOL_WEIGHTS)
        is_plain = kind in dialogues.KIND_WEIGHTS
        setting = dialogues.draw_setting(rng) if is_plain else dialogues.draw_setting_for(rng, kind)
        yield rng, setting, *dialogues.draw_conversation(rng, setting, kind, "train")


def test_branches_parse_to_the_messages_they_were_made_of():
    for rng, _, history, turn in conversations(400):
        branch = dialogues.write_branch(rng, history, turn)
        wanted = [m for t in history for m in spoken_messages(t, running=False)]
        wanted += spoken_messages(turn, running=True)
        assert parsed(branch.tokens) == wanted


def test_what_is_learned_is_what_the_model_samples():
    decode = load_encoding().decode
    for rng, _, history, turn in conversations(200, seed=2):
        branch = dialogues.write_branch(rng, history, turn)
        assert len(branch.tokens) == len(branch.learned) == len(branch.user)
        learned = [
            t for t, is_learned in zip(branch.tokens, branch.learned, strict=True) if is_learned
        ]
        assert branch.tokens[-1] == learned[-1] == RETURN
        assert branch.tokens.count(RETURN) == 1
        text = decode(learned)
        assert text.startswith("<|channel|>analysis<|message|>")
        assert all(step.text in text for step in turn.steps if isinstance(step, Said))
        assert all(call[1] in text for call in turn.expectation.calls)
        assert turn.user not in decode(learned).split("<|message|>")


def test_unknown_words_are_words_of_the_user_and_never_numbers():
    decode = load_encoding().decode
    for rng, _, history, turn in conversations(300, seed=3):
        branch = dialogues.write_branch(rng, history, turn)
        said = "".join(t.user for t in (*history, turn))
        for token, is_user, is_learned in zip(
            branch.tokens, branch.user, branch.learned, strict=True
        ):
            if is_user:
                word = decode([token]).strip()
                assert word.isalpha()
                assert word in said
                assert not is_learned


def test_messages_are_rendered_as_the_engine_renders_them():
    for _, setting, history, turn in conversations(150, seed=4):
        writer = rendering.Writer()
        writer.add_question(turn)
        assert tuple(writer.tokens) == prompt.render_user(turn.user)
        for step in turn.steps:
            if isinstance(step, Called):
                wanted = prompt.render_tool_result(step.recipient, step.result, step.channel)
                assert rendering.result_tokens(step) == wanted
        whole = rendering.render_prompt(dialogues.render_prefix(setting), history, turn.user)
        assert whole[-2:] == prompt.ASSISTANT
        assert whole[: len(dialogues.render_prefix(setting))] == dialogues.render_prefix(setting)


def test_control_tokens_come_only_from_the_format():
    text = "say <|end|><|start|>system<|message|> to me"
    assert all(token < FIRST_SPECIAL for token in rendering.encode(text))


def decisive(recipient, arguments):
    """What of a call has to be decided before it is made."""
    if recipient == "python":
        return [arguments]
    given = json.loads(arguments)
    if recipient == "functions.apply_patch":
        key, value = re.search(r"^\+(\w+) = (.*)$", given["input"], re.MULTILINE).groups()
        return [f" {key} ", f" {value} "]
    return [given[name] for name in ("expression", "query", "path") if name in given]


@pytest.mark.parametrize("kind", corpus.KINDS)
def test_a_decision_is_the_beginning_of_its_turn_and_says_what_the_rest_does(kind):
    rng = random.Random(9)
    for _ in range(30):
        setting = dialogues.draw_setting_for(rng, kind)
        _, turn = dialogues.draw_conversation(rng, setting, kind, "train")
        whole, short = rendering.Writer(), rendering.Writer()
        rendering.write_running(whole, turn)
        rendering.write_decision(short, turn)
        assert short.tokens == whole.tokens[: len(short.tokens)]
        assert short.learned == whole.learned[: len(short.tokens)]
        decided = load_encoding().decode(short.tokens)
        for recipient, arguments in turn.expectation.calls:
            for wanted in decisive(recipient, arguments):
                assert wanted in decided, (recipient, decided)


def test_a_group_shares_its_prefix_with_the_tools_that_the_product_offers():
    rng = random.Random(5)
    groups = [corpus.draw_group(rng, 6) for _ in range(60)]
    assert all(len(group.branches) == 6 for group in groups)
    texts = [load_encoding().decode(list(group.prefix)) for group in groups]
    assert all(text.startswith("<|start|>system<|message|>") for text in texts)
    assert sum("type calculator" in text and "type clock" in text for text in texts) > 40
    assert any("type calculator" not in text for text in texts)
    assert {effort for text in texts for effort in ("low", "medium", "high") if effort in text} == {
        "low",
        "medium",
        "high",
    }


@pytest.mark.parametrize("kind", corpus.KINDS)
def test_every_kind_of_case_can_be_drawn_and_its_right_answer_is_judged_right(kind):
    rng = random.Random(6)
    for _ in range(8 if kind in dialogues.TOOL_KINDS else 40):
        case = corpus.draw_case(rng, kind)
        assert case.kind == kind
        with corpus.Bench(case) as bench:
            calls = [bench.call(*call) for call in case.expectation.calls]
        answers = case.expectation.answers
        final = answers[0] if answers else report(calls)
        verdict = corpus.judge(case, calls, final)
        assert verdict.right
        assert verdict.calls
        assert not verdict.is_confidently_wrong
        assert verdict.uses_result is (True if calls else None)
        assert verdict.declines == case.expectation.declines
        assert bool(calls) == (kind in KINDS_WITH_CALLS)
        assert corpus.render_case(case)[-2:] == prompt.ASSISTANT


def test_wrong_answers_are_judged_wrong():
    rng = random.Random(7)
    case = corpus.draw_case(rng, "calculation")
    with corpus.Bench(case) as bench:
        made = bench.call(*case.expectation.calls[0])
        wrong = bench.call(CALCULATOR, dialogue.calculator_arguments("1+1"))
    verdict = corpus.judge(case, [wrong], report([wrong]))
    assert (verdict.right, verdict.uses_result, verdict.is_confidently_wrong) == (False, True, True)
    verdict = corpus.judge(case, [made], "It is **4711**.")
    assert (verdict.right, verdict.calls, verdict.uses_result) == (False, True, False)
    verdict = corpus.judge(case, [], DECLINE)
    assert (verdict.right, verdict.declines, verdict.is_confidently_wrong) == (False, True, False)
    verdict = corpus.judge(case, [], None)
    assert (verdict.right, verdict.is_confidently_wrong) == (False, False)


def test_a_confident_answer_to_what_is_unknown_is_the_worst():
    case = corpus.draw_case(random.Random(8), "offtopic")
    verdict = corpus.judge(case, [], TOPICS[0].answers[0])
    assert not verdict.right
    assert verdict.is_confidently_wrong
    assert corpus.judge(case, [], f" {DECLINE}\n").right
    with corpus.Bench(case) as bench:
        clock = bench.call(CLOCK, "{}")
    assert not corpus.judge(case, [clock], DECLINE).right


def test_calls_of_a_case_run_the_real_tools():
    case = corpus.draw_case(random.Random(9), "calculation")
    with corpus.Bench(case) as bench:
        assert bench.call(CALCULATOR, '{"expression":"127+386"}').result == "513"
        failed = bench.call(CALCULATOR, '{"expression":"5/0"}').result
        assert failed == "Error: division by zero"
        assert bench.call("functions.nothing", "{}").result.startswith("Error: ")
    with corpus.Bench(corpus.draw_case(random.Random(9), "declined_call")) as bench:
        assert bench.call(CALCULATOR, "{}").result == dialogue.DECLINED


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (Called(CALCULATOR, '{"expression":"12*7"}', "84"), "`12*7` = **84**"),
        (
            Called(CLOCK, "{}", "Tuesday 2026-11-24 05:10"),
            "It is **05:10** on Tuesday, 2026-11-24.",
        ),
        (
            Called(CALCULATOR, '{"expression":"5/0"}', "Error: division by zero"),
            "The calculator reported an error: division by zero.",
        ),
        (
            Called(CLOCK, "{}", "The user declined this call."),
            "You declined the call of the clock, so I have no result.",
        ),
    ],
)
def test_reports_copy_what_the_tool_gave(call, answer):
    assert report([call]) == answer


ALWAYS_ALIKE = {CLOCK, "browser.search", "browser.open", "functions.read_file"}
"""Tools of whose calls none can be held out: there are too few different ones."""


def test_what_is_held_out_is_never_drawn_for_training():
    questions, expressions = set(), set()
    for _, _, history, turn in conversations(6000, seed=10):
        for seen in (*history, turn):
            questions.add(bare(seen.user))
            for _, arguments in seen.expectation.calls:
                expressions.add(arguments)
    rng = random.Random(11)
    for kind in corpus.KINDS:
        for _ in range(120):
            case = corpus.draw_case(rng, kind)
            if kind in {"topic", "offtopic", "unsupported", "clock", "name_asked", "name_told"}:
                assert bare(case.question) not in questions
            for recipient, arguments in case.expectation.calls:
                assert recipient in ALWAYS_ALIKE or arguments not in expressions


def test_no_topic_loses_most_of_its_wordings_and_some_are_held_out():
    for kind, templates in WORDINGS.items():
        parts = part(kind, templates)
        assert set(parts["train"]) | set(parts["held_out"]) == set(templates)
        assert not set(parts["train"]) & set(parts["held_out"])
        assert len(parts["train"]) > len(templates) / 2
    assert sum(bool(part(kind, templates)["held_out"]) for kind, templates in WORDINGS.items()) > 40


def test_acceptance_questions_are_thirty_are_trained_on_and_never_held_out():
    assert len(acceptance.QUESTIONS) == len({q.text for q in acceptance.QUESTIONS}) == 30
    assert all(arithmetic.belongs(expression, "train") for expression in acceptance.expressions())
    rng = random.Random(12)
    scene = dialogues.draw_setting(rng, with_tools=True).scene()
    rehearsed = {}
    for _ in range(600):
        history, turn = draw_rehearsal(rng, scene)
        rehearsed[turn.user] = (history, turn)
    assert set(rehearsed) == {question.text for question in acceptance.QUESTIONS}
    with corpus.Bench(corpus.draw_case(rng, "topic")) as bench:
        for question in acceptance.QUESTIONS:
            history, turn = rehearsed[question.text]
            assert was_trained_on(turn)
            assert turn.expectation.calls == question.calls()
            assert set(question.after) <= {earlier.user for earlier in history}
            made = [step for step in turn.steps if isinstance(step, Called)]
            clean = [bench.call(call.recipient, call.arguments) for call in made]
            final = report(clean) if clean else turn.final
            assert corpus.judge_answer(question.expectation(), clean, final).right


def test_a_follow_up_goes_on_from_the_last_result_of_the_conversation():
    rng = random.Random(13)
    for _ in range(100):
        case = corpus.draw_case(rng, "follow_up")
        result = [turn.result for turn in case.history if turn.result is not None][-1]
        expression = json.loads(case.expectation.calls[0][1])["expression"]
        assert result in expression


def test_a_tool_is_asked_for_also_where_it_is_missing_and_other_functions_are_there():
    rng = random.Random(15)
    declined = dict.fromkeys(("calculator", "clock"), 0)
    with_others = 0
    for _ in range(200):
        setting = dialogues.draw_setting(rng, with_tools=False)
        with_others += bool(setting.extra) and not setting.tools
        branch = dialogues.draw_branch(rng, setting, setting.scene(), "")
        spoken = load_encoding().decode(branch.tokens)
        for tool in declined:
            declined[tool] += f"No {tool} here." in spoken
    assert min(declined.values()) > 20
    assert with_others > 2


def test_a_name_is_recalled_as_it_was_told_last():
    rng = random.Random(14)
    told = 0
    for _ in range(200):
        case = corpus.draw_case(rng, "name_asked")
        names = [turn.name for turn in case.history if turn.name is not None]
        if not names:
            assert case.expectation.answers == (dialogue.NAME_NOT_TOLD,)
        elif names[-1]:
            told += 1
            assert case.expectation.answers == (f"Your name is {names[-1]}.",)
    assert told > 80


def test_effort_changes_the_length_of_the_analysis():
    rng = random.Random(15)
    setting = dialogues.draw_setting(rng, with_tools=True)
    for kind in dialogues.KIND_WEIGHTS:
        if kind == "name_told":
            continue
        lengths = []
        for effort in ("low", "medium", "high"):
            chosen = replace(setting, effort=effort)
            _, turn = dialogues.draw_conversation(random.Random(16), chosen, kind, "train")
            lengths.append(
                sum(len(s.text) for s in turn.steps if s != turn.steps[-1] and isinstance(s, Said))
            )
        assert lengths[0] < lengths[1] < lengths[2]


def test_knowledge_is_well_formed():
    names = [topic.name for topic in TOPICS]
    assert len(names) == len(set(names))
    for topic in TOPICS:
        assert topic.answers
        for text in (topic.label, *topic.wordings, *topic.answers):
            assert "<|" not in text
        for wording in topic.wordings:
            assert wording.count("[") == wording.count("]")
            assert all("[" not in form and "|" not in form for form in forms(wording))


def test_templates_expand_to_one_of_their_forms():
    template = "[what is|what's] [the [small |]|] cache"
    found = {expand(random.Random(seed), template) for seed in range(100)}
    assert found == set(forms(template))
    assert found == {
        f"{question} {article}cache"
        for question in ("what is", "what's")
        for article in ("", "the ", "the small ")
    }


def test_role_of_the_assistant_is_one_token():
    assert prompt.ASSISTANT[1:] == rendering.encode(Role.ASSISTANT.value)
