"""The rules in permissions.toml: what they are about, and a file that stays its owner's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from engine.config.reading import SettingsError
from engine.tools.rules import CallFacts, Rule, Rules, decide_by

WEATHER = "functions.weather"


def facts(recipient: str, arguments: object = "", host: str = "") -> CallFacts:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return CallFacts(recipient, text, host=host)


@pytest.mark.parametrize(
    ("rule", "call", "fits"),
    [
        ({"tool": "python"}, facts("python", "1 + 1"), True),
        ({"tool": "python"}, facts("python3", "1 + 1"), False),
        ({"tool": "weather"}, facts(WEATHER), True),
        ({"tool": WEATHER}, facts(WEATHER), True),
        ({"tool": "functions.*"}, facts(WEATHER), True),
        ({"tool": "git*"}, facts("functions.github_search"), True),
        ({"tool": "functions.*"}, facts("browser.open"), False),
        ({"tool": "weather.*"}, facts("functions.weatherman"), False),
        # The same arguments, however they are spelled.
        ({"tool": "*", "exact": '{"a": 1, "b": [2]}'}, facts("x", '{"b":[2],"a":1}'), True),
        ({"tool": "*", "exact": '{"a": 1}'}, facts("x", '[{"a": 1}]'), True),
        ({"tool": "*", "exact": '{"a": 1}'}, facts("x", {"a": True}), False),
        ({"tool": "*", "exact": '{"a": 1}'}, facts("x", {"a": 1, "b": 2}), False),
        ({"tool": "*", "exact": "{}"}, facts("x", " "), True),
        ({"tool": "*", "exact": "print(1)\n"}, facts("x", "print(1)"), True),
        ({"tool": "*", "exact": "print(1)"}, facts("x", "print(1); print(2)"), False),
        # Patterns of single arguments.
        ({"tool": "*", "match": {"path": "docs/*"}}, facts("x", {"path": "docs/a.md"}), True),
        ({"tool": "*", "match": {"path": "docs/*"}}, facts("x", {"path": "docs/a/b"}), False),
        ({"tool": "*", "match": {"path": "docs/**"}}, facts("x", {"path": "docs/a/b"}), True),
        ({"tool": "*", "match": {"path": "docs/**"}}, facts("x", {"path": "docs/../k"}), False),
        ({"tool": "*", "match": {"path": "docs/**"}}, facts("x", {"other": "docs/a"}), False),
        ({"tool": "*", "match": {"n": "5"}}, facts("x", {"n": 5}), True),
        ({"tool": "*", "match": {"a": "1", "b": "2"}}, facts("x", {"a": "1", "b": "3"}), False),
        ({"tool": "*", "match": {"a": "*"}}, facts("x", "no JSON"), False),
        ({"tool": "*", "match": {"a": "a.c"}}, facts("x", {"a": "abc"}), False),
        # Hosts.
        ({"tool": "*", "host": "a.org"}, facts("x", {"id": "https://A.org./p"}), True),
        ({"tool": "*", "host": "a.org"}, facts("x", {"id": "https://a.org:8080"}), True),
        ({"tool": "*", "host": "a.org"}, facts("x", {"id": "https://a.org@evil.net/"}), False),
        ({"tool": "*", "host": "a.org"}, facts("x", {"id": "https://b.org/a.org"}), False),
        ({"tool": "*", "host": "*.a.org"}, facts("x", {"id": "https://b.c.a.org"}), True),
        ({"tool": "*", "host": "*.a.org"}, facts("x", {"id": "https://eviLa.org"}), False),
        ({"tool": "*", "host": "a.org"}, facts("x", {"id": 3}, host="a.org"), True),
        ({"tool": "*", "host": "a.org"}, facts("x", {"id": 3}), False),
        (
            {"tool": "*", "host": "a.org"},
            facts("x", {"source": "https://a.org", "id": "https://b.org"}),
            False,
        ),
    ],
)
def test_what_a_rule_is_about(rule: dict[str, object], call: CallFacts, fits: bool) -> None:
    assert Rule.model_validate({**rule, "decision": "always"}).fits(call) is fits


def test_a_rule_that_forbids_sees_what_one_that_allows_does_not() -> None:
    hidden = facts("x", {"source": "https://a.org", "id": "https://b.org", "path": "docs/../k"})
    assert Rule(tool="x", host="b.org", decision="never").fits(hidden)
    assert Rule(tool="x", match={"path": "docs/**"}, decision="never").fits(hidden)


def test_never_wins_and_otherwise_the_last() -> None:
    call = facts("python", "1")
    rules = [Rule(tool="python", decision=each) for each in ("always", "ask")]
    assert decide_by(tuple(rules), call) == rules[1]
    assert decide_by(tuple(reversed(rules)), call) == rules[0]
    never = Rule(tool="*", decision="never")
    assert decide_by((never, *rules), call) == never
    assert decide_by((), call) is None


def test_what_is_added_leaves_the_rest_of_the_file_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "permissions.toml"
    rules = Rules(path)
    first = Rule(tool="python", decision="always")
    rules.add(first)
    assert path.read_text().startswith("# ")
    mine = "# Mine.\n[[rule]]\ntool = 'weather' # sun\nmatch = {city='Rome'}\ndecision = 'ask'"
    path.write_text(mine)
    second = Rule(tool="functions.run", exact='{"a": "\x7f\n\\"\'\'\'"}', decision="never")
    rules.add(second)
    rules.add(second)  # is there already
    assert path.read_text().startswith(mine + "\n\n[[rule]]\n")
    assert Rules(path).all == (
        Rule(tool="weather", match={"city": "Rome"}, decision="ask"),
        second,
    )


def test_a_change_by_hand_holds_at_once(tmp_path: Path) -> None:
    path = tmp_path / "permissions.toml"
    rules = Rules(path)
    assert rules.all == ()
    path.write_text('[[rule]]\ntool = "python"\ndecision = "always"\n')
    assert [rule.decision for rule in rules.all] == ["always"]
    changed = path.with_suffix(".new")  # as editors save: the same length, in the file's place
    changed.write_text('[[rule]]\ntool = "python"\ndecision = "never"  \n'[:46])
    changed.replace(path)
    assert [rule.decision for rule in rules.all] == ["never"]
    path.unlink()
    assert (rules.all, rules.problem) == ((), "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]\n", "not valid TOML"),
        ('[[rule]]\ntool = "a"\n', "rule 1 decision: it is missing"),
        ('[[rule]]\ntool = "a"\ndecision = "yes"\n', "one of: always, ask, never"),
        ('[[rule]]\ntool = "a"\ndecision = "ask"\nhots = "b"\n', "hots: there is no such key"),
        ('rules = "all"\n', "there is no such key"),
        (
            '[[rule]]\ntool = "a"\ndecision = "ask"\n' * 2 + 'host = "b"\nexact = "c"\n',
            "rule 2: a rule has one of exact, match and host",
        ),
    ],
)
def test_a_broken_file_is_a_message_and_stays(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "permissions.toml"
    path.write_text(text)
    rules = Rules(path)
    assert str(path) in rules.problem
    assert said in rules.problem
    assert rules.all == ()
    with pytest.raises(SettingsError, match="remove it"):
        rules.add(Rule(tool="python", decision="always"))
    assert path.read_text() == text


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_file_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "permissions.toml"
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SettingsError, match="cannot be written"):
            Rules(path).add(Rule(tool="python", decision="always"))
    finally:
        tmp_path.chmod(0o700)
