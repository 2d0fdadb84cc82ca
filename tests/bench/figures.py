"""What a benchmark found, beside what is wanted of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured; less is better."""

    what: str
    measured: float
    unit: str
    wanted: float | None = None
    """The most that it may be; None where nothing is asked of it."""
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it is as it is wanted."""
        return self.wanted is None or self.measured <= self.wanted

    @property
    def row(self) -> tuple[str, str, str, str, str]:
        """What is said of it, column by column."""
        wanted = "" if self.wanted is None else f"{self.wanted:g} {self.unit}"
        verdict = "" if self.wanted is None else "yes" if self.is_met else "NO"
        return self.what, f"{_round(self.measured)} {self.unit}", wanted, verdict, self.note


HEADINGS = ("what", "measured", "wanted", "ok", "")


def table(figures: Iterable[Figure]) -> str:
    """Return figures as a table of text."""
    rows = [HEADINGS, *(figure.row for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for what, measured, wanted, verdict, note in rows:
        numbers = f"{measured:>{widths[1]}}  {wanted:>{widths[2]}}"
        lines.append(f"{what:{widths[0]}}  {numbers}  {verdict:{widths[3]}}  {note}".rstrip())
    return "\n".join(lines)


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value that so large a share of some values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _round(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
