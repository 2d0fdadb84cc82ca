"""Which calls run, which are asked about and which are refused."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest

from engine.config.settings import APPROVALS, Approval
from engine.tools.permissions import (
    NEVER_AUTOMATIC,
    CallFacts,
    Permissions,
    Remember,
    Scope,
    Touch,
    Verdict,
)
from engine.tools.rules import Rule, Rules

TOUCHES: tuple[Touch, ...] = get_args(Touch)


def facts(recipient: str, arguments: str = "{}", *touches: Touch, host: str = "") -> CallFacts:
    return CallFacts(recipient, arguments, frozenset(touches), host)


CLOCK = facts("functions.clock")
READ = facts("functions.read_file", '{"path": "a"}', "read")
PATCH = facts("functions.apply_patch", "*** Begin Patch", "write")
PYTHON = facts("python", "1 + 1", "code")
PAGE = facts("browser.open", '{"id": "https://a.org/p"}', "network")
POST = facts("functions.post", '{"to": "b"}', "network")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "permissions.toml"


@pytest.mark.parametrize(
    ("approval", "said"),
    [
        ("always", ["ask", "ask", "ask", "ask", "ask", "ask"]),
        ("ask", ["run", "run", "ask", "ask", "run", "ask"]),
        ("auto", ["run", "run", "run", "run", "run", "ask"]),
        ("read-only", ["run", "run", "refuse", "refuse", "run", "ask"]),
    ],
)
def test_approval_alone(file: Path, approval: Approval, said: list[str]) -> None:
    permissions = Permissions(approval, Rules(file))
    calls = [CLOCK, READ, PATCH, PYTHON, PAGE, POST]
    assert [permissions.decide(call).action for call in calls] == said


def test_nothing_that_leaves_is_ever_automatic(file: Path) -> None:
    """Of all that a call can touch at once, under every approval, with every rule allowing it."""
    rules = Rules(file)
    rules.add(Rule(tool="*", decision="always"))
    for size in range(len(TOUCHES) + 1):
        for touches in itertools.combinations(TOUCHES, size):
            for approval in APPROVALS:
                permissions = Permissions(approval, rules)
                for recipient in ("functions.a", "python", "browser.open"):
                    call = facts(recipient, "{}", *touches)
                    permissions.remember(call, "session")
                    action = permissions.decide(call).action
                    reads = recipient == "browser.open" and set(touches) & set(NEVER_AUTOMATIC) == {
                        "network"
                    }
                    if set(touches) & set(NEVER_AUTOMATIC) and not reads:
                        assert action in ("ask", "refuse"), (approval, call)
                    elif approval not in ("always", "read-only"):
                        assert action == "run", (approval, call)


def test_the_reason_says_what_decided(file: Path) -> None:
    permissions = Permissions("auto", Rules(file))
    assert permissions.decide(PYTHON) == Verdict("run", "approval auto")
    permissions.approval = "read-only"
    assert permissions.decide(PYTHON) == Verdict("refuse", "read-only")
    permissions.approval = "ask"
    assert permissions.decide(PYTHON) == Verdict("ask", "approval ask")
    assert permissions.decide(CLOCK) == Verdict("run", "it touches nothing")
    assert permissions.decide(POST) == Verdict("ask", "it uses the network")
    permissions.remember(PYTHON, "always")
    assert permissions.decide(PYTHON) == Verdict("run", 'rule "python" = always')


@pytest.mark.parametrize(
    ("call", "like", "unlike"),
    [
        (PYTHON, facts("python", "2", "code"), facts("functions.python", "2", "code")),
        (PATCH, facts("functions.apply_patch", "other", "write"), PYTHON),
        (
            facts("functions.run_tests", '{"suite": "all", "n": 1}', "code"),
            facts("functions.run_tests", '{"n":1,"suite":"all"}', "code"),
            facts("functions.run_tests", '{"suite": "slow", "n": 1}', "code"),
        ),
    ],
)
@pytest.mark.parametrize("how", ["session", "always", "never"])
def test_what_is_remembered_is_about_calls_like_it(
    file: Path, call: CallFacts, like: CallFacts, unlike: CallFacts, how: Remember
) -> None:
    permissions = Permissions("ask", Rules(file))
    assert permissions.remember(call, "once") == ""
    assert permissions.decide(like).action == "ask"
    assert permissions.choices(call) == ("once", "session", "always", "never")
    said = permissions.remember(call, how)
    assert call.recipient in said
    wanted = "refuse" if how == "never" else "run"
    assert permissions.decide(like).action == wanted
    assert permissions.decide(unlike).action == "ask"
    later = Permissions("ask", Rules(file))
    assert later.decide(like).action == ("ask" if how == "session" else wanted)
    assert file.exists() is (how != "session")


@pytest.mark.parametrize(("scope", "others"), [("tool", "run"), ("call", "ask")])
def test_a_person_can_say_how_far_an_answer_goes(file: Path, scope: Scope, others: str) -> None:
    permissions = Permissions("ask", Rules(file))
    permissions.remember(facts("functions.run", '{"a": 1}', "code"), "session", scope)
    assert permissions.decide(facts("functions.run", '{"a": 2}', "code")).action == others


def test_a_page_is_meant_with_its_host(file: Path) -> None:
    permissions = Permissions("ask", Rules(file))
    permissions.remember(PAGE, "never")
    other = facts("browser.open", '{"id": "https://A.org/q"}', "network")
    assert permissions.decide(other).action == "refuse"
    by_link = facts("browser.open", '{"id": 3}', "network", host="a.org")
    assert permissions.decide(by_link).action == "refuse"
    unknown = facts("browser.open", '{"id": 3}', "network")
    assert permissions.decide(unknown).action == "ask"
    elsewhere = facts("browser.open", '{"id": 3}', "network", host="b.org")
    assert permissions.decide(elsewhere).action == "run"
    assert permissions.decide(facts("browser.search", '{"query": "q"}', "network")).action == "run"


def test_what_would_be_asked_all_the_same_is_not_offered_to_be_kept(file: Path) -> None:
    permissions = Permissions("ask", Rules(file))
    assert permissions.choices(POST) == ("once", "never")
    assert "each time, since it uses the network" in permissions.remember(POST, "always")
    assert not file.exists()
    permissions.approval = "always"
    assert permissions.choices(CLOCK) == ("once", "never")
    permissions.remember(CLOCK, "never")
    assert permissions.decide(CLOCK).action == "refuse"


def test_nothing_is_automatic_while_the_file_is_broken(file: Path) -> None:
    permissions = Permissions("auto", Rules(file))
    permissions.remember(PYTHON, "always")
    whole = file.read_text()
    file.write_text(whole + "[[rule\n")
    assert permissions.decide(PYTHON) == Verdict("ask", "permissions.toml cannot be used")
    assert permissions.decide(CLOCK).action == "ask"
    assert permissions.choices(PYTHON) == ("once",)
    assert "not kept" in permissions.remember(PYTHON, "always")
    assert file.read_text() == whole + "[[rule\n"
    permissions.approval = "read-only"
    assert permissions.decide(PYTHON).action == "refuse"
    file.write_text(whole)
    permissions.approval = "ask"
    assert permissions.decide(PYTHON).action == "run"
