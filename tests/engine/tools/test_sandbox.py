"""Every way out of a sandbox that is tried here is tried for real, in each that the machine has."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from engine.tools.python import PythonSession
from engine.tools.sandbox import Policy, SandboxError, probe
from engine.tools.sandbox.landlock import Landlock
from engine.tools.sandbox.policy import environment
from engine.tools.sandbox.probing import candidates, fault_of, find
from engine.tools.sandbox.unconfined import Unconfined
from tests.engine.tools.attacking import Attacker, world
from tests.engine.tools.escapes import ESCAPED, SECRET, SUCCEED_OUTSIDE, every_attempt

ROOT = Path(__file__).parents[3]


def working(sandbox):
    if fault := fault_of(sandbox):
        pytest.skip(f"no {sandbox.level} here: {fault}")
    return sandbox


@pytest.fixture(scope="module", params=candidates(), ids=lambda sandbox: sandbox.level)
def sandbox(request):
    return working(request.param)


@pytest.fixture(scope="module", autouse=True)
def _secrets():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("A_SERVICE_KEY", SECRET)
        patch.setenv("LD_PRELOAD", "")
        patch.setenv("PYTHONPATH", SECRET)
        yield


@pytest.fixture(scope="module")
def attacker(sandbox, tmp_path_factory):
    with world(tmp_path_factory.mktemp("world")) as around:
        attacker = Attacker(sandbox, around)
        yield attacker
        attacker.session.close()


@pytest.fixture
def around(tmp_path):
    with world(tmp_path) as around:
        yield around


def run(sandbox, policy, code):
    """Run code in a process of its own and return what it wrote."""
    confined = sandbox.popen([sys.executable, "-I", "-c", textwrap.dedent(code)], policy)
    try:
        confined.wait(20)
        return (confined.stdout.read() + confined.stderr.read()).decode()
    finally:
        confined.close()


@pytest.mark.parametrize("attempt", every_attempt())
def test_there_is_no_way_out(attacker, attempt):
    assert attacker.fault(attempt) == ""


def test_the_attempts_are_many_and_succeed_where_there_is_no_sandbox(around):
    assert len(every_attempt()) >= 100
    attacker = Attacker(Unconfined(), around)
    try:
        outcomes = {attempt: attacker.attempt(attempt) for attempt in SUCCEED_OUTSIDE}
    finally:
        attacker.session.close()
    stopped = {
        attempt: outcome.text
        for attempt, outcome in outcomes.items()
        if ESCAPED not in outcome.text and SECRET not in outcome.text
    }
    assert stopped == {}
    assert around.harm() != []


@pytest.mark.parametrize("version", [1, 5])
def test_an_older_landlock_keeps_signals_and_cuts_inside(around, version):
    attacker = Attacker(working(Landlock(version)), around)
    attempts = [name for name in every_attempt() if name.startswith(("end ", "stop ", "connect "))]
    attempts += ["cut a file", "write outside", "read a key", "start without end"]
    try:
        assert {name: attacker.fault(name) for name in attempts} == dict.fromkeys(attempts, "")
        assert "can't start" not in attacker.session.run("import numpy; numpy.ones(3).sum()").text
    finally:
        attacker.session.close()


def test_a_workspace_that_may_be_written_keeps_its_repository(sandbox, around):
    policy = dataclasses.replace(around.policy, writes_workspace=True)
    attacker = Attacker(sandbox, around, policy)
    inner = around.workspace / "inner" / ".git"
    inner.mkdir(parents=True)
    attempts = ("make a hook", "change git's settings", "move the repository")
    try:
        assert {name: attacker.fault(name) for name in attempts} == dict.fromkeys(attempts, "")
        attacker.session.run("written(WORKSPACE + '/inner/.git/config')")
        attacker.session.run("os.rename(WORKSPACE + '/inner/.git', WORKSPACE + '/moved')")
        assert attacker.session.run("written(WORKSPACE + '/code.py')").ending == "done"
    finally:
        attacker.session.close()
    assert (around.workspace / "code.py").read_text() == "x"
    assert list(inner.iterdir()) == []


def test_no_repository_can_be_made_where_there_is_none(sandbox, tmp_path):
    for name in ("scratch", "workspace"):
        (tmp_path / name).mkdir()
    policy = Policy(tmp_path / "scratch", tmp_path / "workspace", writes_workspace=True)
    code = f"import os; os.makedirs('{policy.workspace}/.git/hooks')"
    assert "Error" in run(sandbox, policy, code)
    assert not (policy.workspace / ".git" / "hooks").exists()


def test_what_is_the_programs_own_is_hidden_inside_the_workspace(sandbox, tmp_path):
    own, scratch = tmp_path / "own", tmp_path / "own" / "scratch"
    scratch.mkdir(parents=True)
    (own / "session").write_text(SECRET)
    (tmp_path / "readable").write_text("to be seen")
    policy = Policy(scratch, tmp_path, hidden=(own,))
    code = """
        import os
        print(open(os.environ['HOME'] + '/../../readable').read())
        open('new', 'w').write('x')
        print(open(os.environ['HOME'] + '/../session').read())"""
    said = run(sandbox, policy, code)
    assert said.startswith("to be seen\n")
    assert SECRET not in said
    assert (scratch / "new").read_text() == "x"


@pytest.mark.parametrize("place", [".", "..", "inside"])
def test_a_home_is_no_workspace(sandbox, tmp_path, monkeypatch, place):
    home, scratch = tmp_path / "homes" / "mine", tmp_path / "scratch"
    for folder in (home / "inside", scratch):
        folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    file = (home / place).resolve() / "file"
    file.write_text(SECRET)
    said = run(sandbox, Policy(scratch, file.parent), f"print(open('{file}').read())")
    assert (SECRET in said) == (place == "inside")


def test_a_network_that_is_allowed_is_one_of_servers_only(sandbox, around):
    policy = dataclasses.replace(around.policy, network=True)
    attacker = Attacker(sandbox, around, policy)
    try:
        assert ESCAPED in attacker.attempt("connect to this machine").text
        for name in ("connect to a socket file", "connect to a socket of no file"):
            assert ESCAPED not in attacker.attempt(name).text
        assert ESCAPED not in attacker.attempt("send by a pair").text
    finally:
        attacker.session.close()


LEAVE = """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        while True:
            with open('beat', 'a') as file: file.write('x')
            time.sleep(0.01)
    os._exit(0)
os.wait()
while not os.path.exists('beat'): time.sleep(0.01)
"""


def beats_on(scratch):
    beat = scratch / "beat"
    seen = beat.stat().st_size
    time.sleep(0.15)
    return beat.stat().st_size > seen


@pytest.mark.parametrize("ending", ["close", "reset", "os._exit(0)", "killed"])
def test_nothing_is_left_behind(sandbox, around, ending):
    if not sandbox.ends_children:
        pytest.skip(f"{sandbox.level} starts no other processes for this reason")
    scratch = around.policy.scratch
    if ending == "killed":
        code = f"""
            import os, signal, pathlib
            from engine.tools.python import PythonSession
            from engine.tools.sandbox import Policy
            from {type(sandbox).__module__} import {type(sandbox).__name__} as Sandbox
            PythonSession(Sandbox(), Policy(pathlib.Path({str(scratch)!r}))).run({LEAVE!r})
            os.kill(os.getpid(), signal.SIGKILL)"""
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, check=False)
        assert done.returncode == -signal.SIGKILL
        until = time.monotonic() + 5
        while beats_on(scratch) and time.monotonic() < until:
            time.sleep(0.05)
    else:
        session = PythonSession(sandbox, around.policy)
        assert session.run(LEAVE).ending == "done"
        assert beats_on(scratch)
        if ending == "os._exit(0)":
            assert session.run("import os; os._exit(0)").state_lost
        elif ending == "reset":
            session.reset()
        if ending != "close":
            assert not beats_on(scratch)
        session.close()
    assert not beats_on(scratch)


def test_a_sandbox_outlives_the_thread_that_started_it(sandbox, around):
    session = PythonSession(sandbox, around.policy)
    thread = threading.Thread(target=lambda: session.run("kept = 1"))
    thread.start()
    thread.join()
    time.sleep(0.1)
    assert session.run("kept").text == "1"
    session.close()


def test_what_was_too_full_can_be_cleared_out(sandbox, around):
    scratch = around.policy.scratch
    for number in range(5):
        (scratch / f"{number}").write_bytes(bytes(8 << 20))
    session = PythonSession(sandbox, around.policy)
    assert session.run("import os; [os.remove(n) for n in os.listdir()]; 1").text == "1"
    assert list(scratch.iterdir()) == []
    session.close()


def test_only_the_language_and_the_time_zone_go_through(tmp_path):
    secrets = ("SSH_AUTH_SOCK", "AWS_PROFILE", "X_TOKEN", "OPENAI_API_KEY", "PGPASSWORD", "EDITOR")
    given = {"LANG": "de_DE.UTF-8", "TZ": "Europe/Berlin", "PATH": "/x"}
    given |= dict.fromkeys(secrets, "x")
    variables = environment(Policy(tmp_path), given)
    assert "x" not in variables.values()
    assert "/x" not in variables.values()
    assert variables["TZ"] == "Europe/Berlin"
    assert variables["HOME"] == str(tmp_path)


def test_the_best_that_works_is_found_and_why_better_ones_do_not():
    found = find((Landlock(0), Unconfined()))
    assert found.level == "none"
    assert found.missing[0] == ("landlock", "the kernel has no Landlock")
    assert fault_of(Unconfined()) == "a program that was run in it could leave it"
    assert probe() is probe()
    assert fault_of(probe().sandbox) == "" or probe().level == "none"


def test_where_nothing_can_be_ended_nothing_is_started(around):
    session = PythonSession(Unconfined(), around.policy)
    outcome = session.run("import subprocess; subprocess.run(['sleep', '20'])")
    assert outcome.text.startswith("[ERROR] The code used another process, which is not allowed")
    session.close()


class Broken(Unconfined):
    """Is found, and then cannot start, as where namespaces were switched off meanwhile."""

    def command(self, policy, view, launch):
        return [sys.executable, "-c", "raise SystemExit('no namespaces')"]


class Absent(Unconfined):
    def command(self, policy, view, launch):
        return ["/nowhere/bwrap", *launch]


class Unheard(Unconfined):
    """Has rules that the kernel does not take."""

    def orders(self, policy, view):
        return super().orders(policy, view) | {"filter": "ff"}


@pytest.mark.parametrize(
    ("broken", "why"),
    [(Broken, "no namespaces"), (Absent, "No such file"), (Unheard, "Invalid argument")],
)
def test_where_the_sandbox_fails_nothing_runs(tmp_path, broken, why):
    with pytest.raises(SandboxError, match=why):
        run(broken(), Policy(tmp_path), f"open('{tmp_path}/ran', 'w')")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_does_not_start(sandbox, tmp_path):
    with pytest.raises(SandboxError, match="nothing-such is not there"):
        sandbox.popen(["nothing-such"], Policy(tmp_path))
    with pytest.raises(SandboxError, match="make the scratch folder first"):
        sandbox.popen(["true"], Policy(tmp_path / "none"))


@pytest.mark.parametrize("scratch", ["/", "~", "~/..", "/usr"])
def test_what_holds_more_is_no_scratch_folder(scratch):
    with pytest.raises(SandboxError, match="cannot be a scratch folder"):
        run(Unconfined(), Policy(Path(scratch).expanduser()), "")


def test_a_command_speaks_through_its_pipes(sandbox, tmp_path):
    code = "import sys, json; print(json.load(sys.stdin)['x'] + 1); sys.exit(3)"
    confined = sandbox.popen([sys.executable, "-I", "-c", code], Policy(tmp_path))
    confined.stdin.write(json.dumps({"x": 1}).encode())
    confined.stdin.close()
    assert confined.stdout.read() == b"2\n"
    assert confined.wait(5) == 3
    confined.close()
    with pytest.raises(ProcessLookupError):
        os.kill(confined.pid, 0)
