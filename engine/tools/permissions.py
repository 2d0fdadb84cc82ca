"""When a tool call runs, when it waits for a person's word, and when it is refused.

Two things decide: the approval that is set, and the person's rules. Whatever both say, a call that
leaves the sandbox, writes outside the workspace or into ``.git``, or uses the network is asked
about each time. The browser's reading is the exception: it has no network until the person switches
that on, and the switch is their word for it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.config.reading import SettingsError
from engine.config.settings import Approval
from engine.tools.rules import PYTHON, CallFacts, Decision, Rule, Rules, Touch, decide_by, hosts_of

__all__ = ["CallFacts", "Permissions", "Remember", "Scope", "Touch", "Verdict"]

Remember = Literal["once", "session", "always", "never"]
"""How long a person's answer to one call holds: this once, for this session, for good; never is a
no for good."""
REMEMBER: tuple[Remember, ...] = get_args(Remember)

Scope = Literal["tool", "call", "host"]
"""Which later calls an answer is about: all of the tool, those with the same arguments, or those
that reach the same host."""

CHANGING: frozenset[Touch] = frozenset({"write", "code", "outside", "git", "unsandboxed"})
"""What is asked about when approval is ``ask``, and refused when it is ``read-only``."""

NEVER_AUTOMATIC: Mapping[Touch, str] = {
    "unsandboxed": "it runs without a sandbox",
    "outside": "it writes outside the workspace",
    "git": "it writes to .git",
    "network": "it uses the network",
}
"""What a person is asked about each time, and why."""

WHOLE_TOOLS = (PYTHON, "browser.search", "browser.find", "functions.apply_patch")
"""Their arguments never come again; sandbox, workspace and the network's switch hold them in."""
BROWSER = "browser."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a call."""

    action: Literal["run", "ask", "refuse"]
    reason: str
    """In a few words, such as ``approval auto`` or ``rule "python" = always``."""


class Permissions:
    """Decides about a conversation's calls; any thread may use it."""

    def __init__(self, approval: Approval, rules: Rules) -> None:
        """Begin with nothing remembered but the rules in a file."""
        self.approval: Approval = approval
        """Assign to change; it holds from the next call on."""
        self.rules = rules
        self._session: tuple[Rule, ...] = ()
        self._lock = threading.Lock()

    def decide(self, facts: CallFacts) -> Verdict:
        """Return what is to be done with a call."""
        approval, (kept, problem) = self.approval, self.rules.read()
        rules = kept + self._session
        rule = decide_by(rules, facts)
        if approval == "read-only" and facts.touches & CHANGING:
            return Verdict("refuse", "read-only")
        if rule is not None and rule.decision == "never":
            return Verdict("refuse", rule.shown)
        if problem:
            return Verdict("ask", f"{self.rules.path.name} cannot be used")
        if approval == "always":
            return Verdict("ask", "approval always")
        if why := _never_automatic(facts):
            return Verdict("ask", why)
        if any(each.may_forbid(facts) for each in rules):
            return Verdict("ask", "it may be a host that a rule forbids")
        if rule is not None:
            return Verdict("run" if rule.decision == "always" else "ask", rule.shown)
        return self._by_approval(approval, facts)

    @staticmethod
    def _by_approval(approval: Approval, facts: CallFacts) -> Verdict:
        if facts.touches & CHANGING:
            return Verdict("run" if approval == "auto" else "ask", f"approval {approval}")
        if "network" in facts.touches:
            return Verdict("run", "the network is on")
        return Verdict("run", "it only reads" if facts.touches else "it touches nothing")

    def choices(self, facts: CallFacts) -> tuple[Remember, ...]:
        """Return for how long an answer to a call can hold, for whoever asks about it.

        An answer that would be asked for again all the same is not offered to be kept.
        """
        if self.rules.problem:
            return ("once",)
        if self.approval == "always" or _never_automatic(facts):
            return ("once", "never")
        return REMEMBER

    def remember(self, facts: CallFacts, how: Remember, scope: Scope | None = None) -> str:
        """Keep a person's answer to a call.

        Args:
            facts: the call.
            how: for how long the answer holds; once keeps nothing.
            scope: which later calls it is about; None is what suits the tool (``scope_of``).

        Returns:
            A sentence about what is kept, or why it is not; empty if nothing was to be.
        """
        if how == "once":
            return ""
        rule = rule_for(facts, "never" if how == "never" else "always", scope)
        if how != "never" and (why := _never_automatic(facts)):
            return f"This is asked about each time, since {why}."
        if how == "session":
            with self._lock:
                self._session = (*self._session, rule)
            return f"For this session: {rule.shown}."
        try:
            self.rules.add(rule)
        except SettingsError as error:
            return f"This was not kept. {error}"
        return f"Kept in {self.rules.path}: {rule.shown}."


def scope_of(facts: CallFacts) -> Scope:
    """Return which later calls an answer to a call is about, unless the person says otherwise.

    A tool that is held in whatever it is given, such as python in its sandbox, is meant as a
    whole; a page's host is meant with all its pages; of any other tool only the same call is.
    """
    if facts.recipient.startswith(BROWSER) and len(hosts_of(facts)) == 1:
        return "host"
    return "tool" if facts.recipient in WHOLE_TOOLS else "call"


def rule_for(facts: CallFacts, decision: Decision, scope: Scope | None = None) -> Rule:
    """Return the rule that keeps a decision about a call and those like it."""
    match scope or scope_of(facts):
        case "host" if hosts := hosts_of(facts):
            return Rule(tool=facts.recipient, host=min(hosts), decision=decision)
        case "call" | "host":
            return Rule(tool=facts.recipient, exact=facts.arguments, decision=decision)
        case _:
            return Rule(tool=facts.recipient, decision=decision)


def _never_automatic(facts: CallFacts) -> str:
    """Return why a call is asked about each time; empty if it need not be."""
    touches = facts.touches
    if facts.recipient.startswith(BROWSER):
        touches -= {"network"}
    return next((why for touch, why in NEVER_AUTOMATIC.items() if touch in touches), "")
