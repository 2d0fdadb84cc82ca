"""What a person decided about tool calls once and for all, in a file that is theirs to edit.

``permissions.toml`` holds one table for each rule::

    [[rule]]
    tool = "functions.weather"        # or weather; * stands for anything
    match = { city = "Rome" }         # only calls whose arguments are so
    decision = "always"               # or "ask", "never"

Without ``match``, ``exact`` and ``host`` a rule is about every call of its tool. Any rule that says
never wins; otherwise the last that fits does.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.config import locations
from engine.config.reading import Fault, SettingsError, read_toml
from engine.config.writing import append_table

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Touch = Literal["read", "write", "code", "network", "outside", "git", "unsandboxed"]
"""What a call touches: it reads or writes the workspace, runs code in the sandbox, uses the
network, writes outside the workspace or to a repository's ``.git``, or runs code without a
sandbox."""

Decision = Literal["always", "ask", "never"]

NAMESPACE = "functions."
PYTHON = "python"
HEADING = """\
# What tools may do without asking, and what they may never do: one [[rule]] each.
# tool is the tool's name; decision is "always", "ask" or "never". A rule is about all calls of the
# tool, or about those with exact = the same arguments, match = { argument = "pattern" }, or
# host = "docs.python.org". In patterns * stands for anything but a /, and ** for anything.
# Any rule that says never wins; otherwise the last that fits does.
"""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of a call before it runs."""

    recipient: str
    arguments: str
    """As the model wrote them."""
    touches: frozenset[Touch] = frozenset()
    host: str = ""
    """The host that it reaches, where the arguments do not name it, as a link's number does not."""


class Rule(BaseModel):
    """A decision about the calls of a tool, or about some of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tool: str = Field(min_length=1)
    exact: str | None = None
    match: Mapping[str, str] | None = None
    host: str | None = None
    decision: Decision

    @model_validator(mode="after")
    def _narrows_in_one_way(self) -> Rule:
        if sum(each is not None for each in (self.exact, self.match, self.host)) > 1:
            raise ValueError("a rule has one of exact, match and host")
        return self

    @property
    def shown(self) -> str:
        """The rule as the reason for what was done."""
        narrowed = self.host or self.exact or json.dumps(self.match, ensure_ascii=False)
        some = " for " + " ".join(narrowed.split()) if self.is_narrow else ""
        return f'rule "{self.tool}"{some[:60]} = {self.decision}'

    @property
    def is_narrow(self) -> bool:
        """Whether it is about some calls of its tool only."""
        return (self.exact, self.match, self.host) != (None, None, None)

    def fits(self, facts: CallFacts) -> bool:
        """Whether it is about a call; of one that names several hosts, whether it allows all."""
        if not self._names(facts.recipient):
            return False
        is_strict = self.decision == "always"
        if self.exact is not None:
            return canonical(facts.arguments) == canonical(self.exact)
        if self.host is not None:
            pattern = self.host.casefold().rstrip(".")
            like = [_is_like(host, pattern) for host in hosts_of(facts)]
            return bool(like) and (all(like) if is_strict else any(like))
        if self.match is not None:
            return self._has_arguments(facts.arguments, self.match, is_strict)
        return True

    def may_forbid(self, facts: CallFacts) -> bool:
        """Whether it forbids a host, and the call's is not known."""
        forbids = self.host is not None and self.decision == "never"
        return forbids and self._names(facts.recipient) and not hosts_of(facts)

    def _names(self, recipient: str) -> bool:
        # What is said of the built-in python is not said of a function that is called so.
        short = recipient if self.tool == PYTHON else recipient.removeprefix(NAMESPACE)
        pattern = self.tool.replace("*", "**")
        return any(_is_like(name, pattern) for name in {recipient, short})

    @staticmethod
    def _has_arguments(arguments: str, match: Mapping[str, str], is_strict: bool) -> bool:
        given = _parsed(arguments)
        if not isinstance(given, dict):
            return False
        for name, pattern in match.items():
            if name not in given:
                return False
            value = given[name] if isinstance(given[name], str) else json.dumps(given[name])
            # A pattern of what lies in a folder is not meant for what leads out of it again.
            leads_out = "*" in pattern and ".." in re.split(r"[/\\]", value)
            if (is_strict and leads_out) or not _is_like(value, pattern):
                return False
        return True


class _File(BaseModel):
    """What ``permissions.toml`` may hold."""

    model_config = ConfigDict(extra="forbid")

    rule: tuple[Rule, ...] = ()


class Rules:
    """The rules in a file, read again whenever it has changed; any thread may use them."""

    def __init__(self, path: Path | None = None) -> None:
        """Take a file, which need not be there; None is the usual one."""
        self.path = path or locations.permissions_file()
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._rules: tuple[Rule, ...] = ()
        self._problem = ""

    @property
    def problem(self) -> str:
        """A sentence about a file that cannot be used; empty if it can. Nothing holds then."""
        return self.read()[1]

    @property
    def all(self) -> tuple[Rule, ...]:
        """The rules as they stand in the file; none if it cannot be used."""
        return self.read()[0]

    def read(self) -> tuple[tuple[Rule, ...], str]:
        """Return the rules, and what is wrong with the file."""
        with self._lock:
            seen = self._stamp()
            if seen is None or seen != self._seen:
                self._rules, self._problem = self._load()
                self._seen = seen
            return self._rules, self._problem

    def add(self, rule: Rule) -> None:
        """Write a rule at the end of the file, unless that is there already.

        Raises:
            SettingsError: the file cannot be used or written; it is as it was.
        """
        rules, problem = self.read()
        if problem:
            raise SettingsError(problem)
        if rules and rules[-1] == rule:
            return
        # What is narrowed by ``match`` is written by hand; all others are plain texts.
        values = {key: str(value) for key, value in rule.model_dump(exclude_none=True).items()}
        append_table(self.path, "rule", values, HEADING)

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _load(self) -> tuple[tuple[Rule, ...], str]:
        try:
            return _File.model_validate(read_toml(self.path)).rule, ""
        except FileNotFoundError:
            return (), ""
        except SettingsError as error:
            return (), str(error)
        except ValidationError as error:
            return (), f"{self.path}: {_explain(error.errors()[0])} Mend or remove it."


def find_faults(path: Path) -> list[Fault]:
    """Return all that is wrong with the rules in a file; nothing where there is none.

    Raises:
        SettingsError: it cannot be read, or is no TOML.
    """
    try:
        _File.model_validate(read_toml(path))
    except FileNotFoundError:
        return []
    except ValidationError as error:
        return [Fault(path, each["loc"], _explain(each)) for each in error.errors()]
    return []


def decide_by(rules: tuple[Rule, ...], facts: CallFacts) -> Rule | None:
    """Return the rule that decides about a call: one that says never, else the last that fits."""
    fitting = [rule for rule in rules if rule.fits(facts)]
    never = (rule for rule in fitting if rule.decision == "never")
    return next(never, fitting[-1] if fitting else None)


def hosts_of(facts: CallFacts) -> frozenset[str]:
    """Return the hosts that a call's arguments name, or else the one that the facts tell."""
    given = _parsed(facts.arguments)
    texts = given.values() if isinstance(given, dict) else [given]
    found = {_host(text) for text in texts if isinstance(text, str)} - {""}
    return frozenset(found or {facts.host.casefold().rstrip(".")} - {""})


def _host(text: str) -> str:
    try:
        return (urlsplit(text.strip()).hostname or "").casefold().rstrip(".")
    except ValueError:  # no URL
        return ""


def canonical(arguments: str) -> str:
    """Return arguments in the one form that all spellings of the same JSON have."""
    given = _parsed(arguments)
    return given if isinstance(given, str) else json.dumps(given, sort_keys=True)


def _parsed(arguments: str) -> Any:
    """Return what arguments hold: JSON out of the array that models put around it, else text."""
    text = arguments.strip()
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return text
    is_wrapped = isinstance(given, list) and len(given) == 1 and isinstance(given[0], dict)
    return given[0] if is_wrapped else given


def _is_like(text: str, pattern: str) -> bool:
    parts = (re.escape(part).replace(r"\*", "[^/]*") for part in pattern.split("**"))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None


def _explain(problem: ErrorDetails) -> str:
    where = [str(part + 1) if isinstance(part, int) else part for part in problem["loc"]]
    match problem["type"]:
        case "literal_error":
            message = "it is one of: always, ask, never"
        case "extra_forbidden":
            message = "there is no such key"
        case "missing":
            message = "it is missing"
        case _:
            message = problem["msg"].removeprefix("Value error, ").removesuffix(".")
    return f"{' '.join(where)}: {message[:1].lower()}{message[1:]}."
