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
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from engine.config.hyperparameters import EFFORTS, Effort
from engine.models.demo import CARD
from engine.models.demo.asking import ask_any
from engine.models.demo.corpus import KINDS, Case, Verdict, draw_case, judge
from engine.models.demo.corpus.acceptance import (
    QUESTIONS,
    TOOL_QUESTIONS,
    Question,
    ToolQuestion,
)
from engine.models.demo.running import Outcome, Runner

SEED = 20261124
CASES_PER_KIND = 25
EXTRA_CASES = {
    "topic": 90,
    "offtopic": 60,
    "calculation": 60,
    "word_problem": 15,
    "follow_up": 30,
    "clock": 15,
    "python": 35,
    "files": 25,
}
"""How many more of the kinds that people ask most."""

TIMES = 5
"""How often each acceptance question is asked."""

BEGIN, FINISH = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Result:
    """A case, what the model did with it, and what of that was right."""

    case: Case
    outcome: Outcome
    verdict: Verdict


def draw_cases(share: float) -> list[Case]:
    """Draw the held-out cases, the same at every call, as large a share as asked for."""
    rng = random.Random(SEED)
    return [
        draw_case(rng, kind)
        for kind in KINDS
        for _ in range(max(1, round(share * (CASES_PER_KIND + EXTRA_CASES.get(kind, 0)))))
    ]


@dataclass(frozen=True)
class Lot:
    """What one process is to do."""

    model: str | None
    cases: tuple[Case, ...]
    questions: tuple[Question | ToolQuestion, ...]
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
    answers = [
        (question.text, ask_any(runner, question, temperature)) for question in lot.questions
    ]
    runner.close()
    return Report(tuple(results), tuple(answers), temperature)


def run(
    model: str | None, cases: Sequence[Case], times: int, temperature: float | None, processes: int
) -> Report:
    """Ask everything, shared out among processes."""
    questions = (*QUESTIONS, *TOOL_QUESTIONS) * times
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
        count = len(QUESTIONS) + len(TOOL_QUESTIONS)
        times = len(measured.answers) // count
        lines += [
            "",
            f"The {count} acceptance questions, each asked {times} times at temperature "
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
