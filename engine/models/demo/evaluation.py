"""Measures the bundled model through the engine itself, and writes the figures into its card.

    python -m engine.models.demo.evaluation

asks held-out questions of every kind at temperature 0, and the acceptance questions several times
at the model's own default temperature. The tools are the real ones.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from engine.chat import Chat
from engine.config.hyperparameters import EFFORTS, Effort, Hyperparameters
from engine.events import Event, MessageClosed, ToolCallFinished, ToolCallRequested
from engine.harmony.encoding import STOP_TOKENS
from engine.harmony.parser import Parser
from engine.harmony.prompt import ASSISTANT, render_tool_result
from engine.models.demo import CARD
from engine.models.demo.corpus import KINDS, Called, Case, Verdict, draw_case, judge, render_case
from engine.models.demo.corpus.acceptance import QUESTIONS, Question
from engine.models.demo.corpus.dialogue import DECLINE_MARK, report
from engine.tools.functions import BUILT_IN
from engine.tools.registry import Registry, ToolError
from engine.worker import Request, Worker

SEED = 20261124
CASES_PER_KIND = 25
EXTRA_CASES = {
    "topic": 90,
    "offtopic": 60,
    "calculation": 60,
    "word_problem": 15,
    "follow_up": 30,
    "clock": 15,
}
"""How many more of the kinds that people ask most."""

TIMES = 5
"""How often each acceptance question is asked."""

MOST_CALLS = 4
LONGEST = 400
BEGIN, FINISH = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass
class Outcome:
    """What the model did in one turn."""

    is_valid: bool = True
    calls: list[Called] = field(default_factory=list)
    final: str | None = None
    analysis_length: int = 0  # characters


@dataclass(frozen=True)
class Result:
    """A case, what the model did with it, and what of that was right."""

    case: Case
    outcome: Outcome
    verdict: Verdict


class Runner:
    """Asks a model questions, one after the other, through the engine's worker."""

    def __init__(self, model: str | None) -> None:
        """Load a model by folder or name; None is the bundled one."""
        self.worker = Worker()
        self.info = self.worker.load(model, lambda event: None).result()

    def close(self) -> None:
        """End the engine's thread."""
        self.worker.close()

    def sample(self, prompt: tuple[int, ...], hyperparameters: Hyperparameters) -> list[int]:
        """Return the tokens that follow a prompt, up to the first that ends sampling."""
        tokens: list[int] = []
        request = Request(
            prompt=prompt,
            seed=0,
            max_tokens=LONGEST,
            hyperparameters=lambda: hyperparameters,
            stop_tokens=STOP_TOKENS,
            on_prefill=lambda progress: None,
            on_token=tokens.append,
            cancelled=threading.Event(),
        )
        self.worker.generate(request).result()
        return tokens

    def take_turn(self, case: Case) -> Outcome:
        """Answer a case at temperature 0, calling its tools."""
        tools = Registry.of(tool for tool in BUILT_IN if tool.recipient in case.tools)
        greedy = Hyperparameters(temperature=0.0, effort=case.effort)
        outcome, prompt = Outcome(), render_case(case)
        for _ in range(MOST_CALLS):
            tokens = self.sample(prompt, greedy)
            last = _read(tokens, outcome)
            if last is None or last.ending != "call":
                break
            result = case.answer_calls_with or _run_tool(tools, last)
            outcome.calls.append(Called(last.recipient or "", last.text, result))
            answer = render_tool_result(last.recipient or "", result)
            prompt = (*prompt, *tokens, *answer, *ASSISTANT)
        else:
            outcome.is_valid = False
        return outcome


def _run_tool(tools: Registry, call: MessageClosed) -> str:
    try:
        return tools.find(call.recipient or "").call(call.text)
    except ToolError as error:
        return f"Error: {error}"


def _read(tokens: Sequence[int], outcome: Outcome) -> MessageClosed | None:
    """Add sampled messages to an outcome; return the last one, a call or the final answer."""
    parser = Parser()
    events = [event for token in tokens for event in parser.feed(token)] + parser.close()
    messages = [event for event in events if isinstance(event, MessageClosed)]
    for message in messages:
        _note(message, outcome)
    if not messages or not _is_regular(messages):
        outcome.is_valid = False
        return None
    return messages[-1]


def _note(message: MessageClosed, outcome: Outcome) -> None:
    if message.channel == "analysis":
        outcome.analysis_length += len(message.text)
    if message.channel == "final":
        outcome.final = message.text


def _is_regular(messages: Sequence[MessageClosed]) -> bool:
    """Return whether messages are valid Harmony: analysis, then one call or one final answer."""
    *before, last = messages
    if any(m.irregular or m.channel != "analysis" or m.ending != "end" for m in before):
        return False
    if last.irregular:
        return False
    if last.ending == "call":
        return (
            last.channel == "commentary"
            and last.recipient is not None
            and last.content_type == "json"
            and _is_object(last.text)
        )
    return last.ending == "return" and last.channel == "final" and last.recipient is None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def draw_cases(share: float) -> list[Case]:
    """Draw the held-out cases, the same at every call, as large a share as asked for."""
    rng = random.Random(SEED)
    return [
        draw_case(rng, kind)
        for kind in KINDS
        for _ in range(max(1, round(share * (CASES_PER_KIND + EXTRA_CASES.get(kind, 0)))))
    ]


# --- the acceptance questions ---------------------------------------------------------------------


@dataclass
class Heard:
    """What a listener hears of one turn: the calls with their results, and the answer."""

    calls: list[Called] = field(default_factory=list)
    final: str = ""
    _requested: dict[int, ToolCallRequested] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, ToolCallRequested):
            self._requested[event.call] = event
        elif isinstance(event, ToolCallFinished):
            call = self._requested[event.call]
            self.calls.append(Called(call.recipient, call.arguments, event.output))
        elif isinstance(event, MessageClosed) and event.channel == "final":
            self.final = event.text


def is_right(question: Question, heard: Heard) -> bool:
    """Return whether an acceptance question was answered as its table says."""
    made = tuple((call.recipient, call.arguments) for call in heard.calls)
    if made != question.calls():
        return False
    if heard.calls:
        return heard.final.strip() == report(heard.calls)
    if question.declines:
        return DECLINE_MARK in heard.final
    return heard.final.strip() in {answer.strip() for answer in question.answers()}


def ask(runner: Runner, question: Question, temperature: float) -> bool:
    """Ask an acceptance question in a new conversation, those before it first."""
    hyperparameters = Hyperparameters(temperature=temperature)
    chat = Chat(runner.worker, hyperparameters=hyperparameters, approval="never")
    for earlier in question.after:
        chat.send(earlier, lambda event: None)
    heard = Heard()
    chat.send(question.text, heard)
    return is_right(question, heard)


# --- the whole evaluation -------------------------------------------------------------------------


@dataclass(frozen=True)
class Lot:
    """What one process is to do."""

    model: str | None
    cases: tuple[Case, ...]
    questions: tuple[Question, ...]
    temperature: float | None  # None: the model's own default


@dataclass(frozen=True)
class Report:
    """What was measured."""

    results: tuple[Result, ...]
    answers: tuple[tuple[str, bool], ...]  # acceptance questions, and whether they were right
    temperature: float


def run_lot(lot: Lot) -> Report:
    """Ask everything in a lot."""
    runner = Runner(lot.model)
    results = []
    for case in lot.cases:
        outcome = runner.take_turn(case)
        results.append(Result(case, outcome, judge(case, outcome.calls, outcome.final)))
    temperature = lot.temperature
    if temperature is None:
        temperature = float(runner.info.defaults.get("temperature", 1.0))
    answers = [(question.text, ask(runner, question, temperature)) for question in lot.questions]
    runner.close()
    return Report(tuple(results), tuple(answers), temperature)


def run(
    model: str | None, cases: Sequence[Case], times: int, temperature: float | None, processes: int
) -> Report:
    """Ask everything, shared out among processes."""
    questions = QUESTIONS * times
    lots = [
        Lot(model, tuple(cases[n::processes]), tuple(questions[n::processes]), temperature)
        for n in range(processes)
    ]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        reports = pool.map(run_lot, lots, chunksize=1)
    return Report(
        tuple(result for report_ in reports for result in report_.results),
        tuple(answer for report_ in reports for answer in report_.answers),
        reports[0].temperature,
    )


def percent(values: Iterable[bool | None]) -> str:
    """Return how many of the values that are not None are true, such as ``97.5 %``."""
    known = [value for value in values if value is not None]
    return f"{100 * mean(known):.1f} %" if known else "–"


HEADINGS = (
    "kind", "turns", "valid Harmony", "right calls", "uses result", "right", "declined",
    "confidently wrong",
)  # fmt: skip


def _row(name: str, results: Sequence[Result]) -> str:
    verdicts = [result.verdict for result in results]
    cells = (
        name,
        str(len(results)),
        percent(result.outcome.is_valid for result in results),
        percent(verdict.calls for verdict in verdicts),
        percent(verdict.uses_result for verdict in verdicts),
        percent(verdict.right for verdict in verdicts),
        percent(verdict.declines for verdict in verdicts),
        percent(verdict.is_confidently_wrong for verdict in verdicts),
    )
    return "| " + " | ".join(cells) + " |"


def mean_analysis(results: Iterable[Result]) -> dict[Effort, float]:
    """Return the mean length of the analysis in characters, for each effort."""
    lengths: dict[Effort, list[int]] = defaultdict(list)
    for result in results:
        lengths[result.case.effort].append(result.outcome.analysis_length)
    return {effort: mean(lengths[effort]) for effort in EFFORTS if lengths[effort]}


def figures(measured: Report) -> str:
    """Return the measurements as Markdown."""
    results = measured.results
    lines = [
        f"{len(results)} held-out turns at temperature 0, through the engine:",
        "",
        "| " + " | ".join(HEADINGS) + " |",
        "|" + "---|" * len(HEADINGS),
    ]
    for kind in KINDS:
        chosen = [result for result in results if result.case.kind == kind]
        if chosen:
            lines.append(_row(kind, chosen))
    lines += [_row("all", results), ""]
    lengths = mean_analysis(results).items()
    spelled = ", ".join(f"{effort} {length:.0f}" for effort, length in lengths)
    lines.append(f"Mean length of the analysis in characters, by effort: {spelled}.")
    if measured.answers:
        right = sum(is_right for _, is_right in measured.answers)
        times = len(measured.answers) // len(QUESTIONS)
        lines += [
            "",
            f"The {len(QUESTIONS)} acceptance questions, each asked {times} times at temperature "
            f"{measured.temperature:g}: {right} of {len(measured.answers)} right.",
        ]
        wrong = sorted({text for text, is_right in measured.answers if not is_right})
        lines += [f"Not right every time: {text}" for text in wrong]
    return "\n".join(lines)


def write_into_card(text: str, card: Path = CARD) -> None:
    """Put the figures between the card's markers.

    Raises:
        ValueError: the card has no markers.
    """
    content = card.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, finish, after = rest.partition(FINISH)
    if not begin or not finish:
        raise ValueError(f"{card} has no markers {BEGIN} and {FINISH}")
    card.write_text(f"{before}{begin}\n{text}\n{finish}{after}", encoding="utf-8")


def failures(results: Iterable[Result]) -> str:
    """Return a line of JSON for each turn that was not right."""
    lines = []
    for result in results:
        if result.verdict.right and result.outcome.is_valid:
            continue
        calls = [(call.recipient, call.arguments, call.result) for call in result.outcome.calls]
        lines.append(
            json.dumps(
                {
                    "kind": result.case.kind,
                    "effort": result.case.effort,
                    "before": [turn.user for turn in result.case.history],
                    "question": result.case.question,
                    "wanted": result.case.expectation.calls or result.case.expectation.answers,
                    "calls": calls,
                    "final": result.outcome.final,
                    "valid": result.outcome.is_valid,
                },
                ensure_ascii=False,
            )
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", help="another checkpoint's folder; its figures are only printed")
    parser.add_argument("--share", type=float, default=1.0, help="how large a part of the cases")
    parser.add_argument("--times", type=int, default=TIMES, help="rounds of acceptance questions")
    parser.add_argument("--temperature", type=float, help="of those; else the model's default")
    parser.add_argument("--failures", type=Path, help="write what went wrong there, as JSON lines")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    measured = run(
        arguments.model,
        draw_cases(arguments.share),
        arguments.times,
        arguments.temperature,
        arguments.processes,
    )
    text = figures(measured)
    print(text)
    if arguments.failures:
        arguments.failures.write_text(failures(measured.results), encoding="utf-8")
    if arguments.model is None and arguments.share == 1:
        write_into_card(text)


if __name__ == "__main__":
    main()
