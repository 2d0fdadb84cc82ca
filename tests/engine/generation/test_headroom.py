"""Memory is looked at before it is taken: what is given up for it, and what is said where it ends.

One test lets it end in earnest, in a process of its own, where MLX would be killed by a null
pointer.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.generation.headroom import RESERVE, Headroom, NoRoomError
from engine.models.demo import WEIGHTS


def test_what_is_there_is_not_fetched_by_giving_up_anything() -> None:
    headroom = Headroom(pytest.fail, lambda: RESERVE + 1000)
    headroom.secure(1000)
    assert headroom.spare() == 1000


def test_nothing_needed_is_not_even_looked_for() -> None:
    Headroom(pytest.fail, pytest.fail).secure(0)


def test_what_can_be_spared_is_given_up_until_there_is_enough() -> None:
    free, parked = RESERVE, [300, 500, 900]

    def give_up() -> bool:
        nonlocal free
        if not parked:
            return False
        free += parked.pop(0)
        return True

    headroom = Headroom(give_up, lambda: free)
    headroom.secure(700)
    assert parked == [900]
    with pytest.raises(NoRoomError):
        headroom.secure(2000)
    assert parked == []


def test_the_message_has_numbers_and_says_what_to_do() -> None:
    headroom = Headroom(lambda: False, lambda: 3 * 2**20)
    assert headroom.spare() == 0
    with pytest.raises(NoRoomError, match=r"takes 1,064 MiB .* only 3 MiB are free\. Close other"):
        headroom.secure(1000 * 2**20)


EXHAUSTED = """
import resource, sys
from pathlib import Path
from engine.models.device import prepare
device = prepare()
import mlx.core as mx
from engine.config.hyperparameters import Hyperparameters
from engine.generation.generator import Generator
from engine.generation.headroom import NoRoomError
from engine.generation.sampling import Sampler
from engine.models.checkpoint import load_checkpoint
from engine.models.memory import give_back

generator = Generator(load_checkpoint(Path(sys.argv[1]), device, lambda *_: None))
generator.chunk.tokens, generator.chunk.learn = 256, lambda *_: None
prompt = [1000 + place % 977 for place in range(2000)]

def limit(bytes_left):
    mx.clear_cache()
    give_back()
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + bytes_left, resource.RLIM_INFINITY))

def limit_in_the_middle(done, _total):
    if done >= 512:
        limit(2**24)
    return True

def refuse(work):
    try:
        work()
    except NoRoomError as error:
        print("refused:", error)
    else:
        print("not refused")

refuse(lambda: generator.prefill(prompt, limit_in_the_middle))
print(len(generator.cache))
refuse(lambda: generator.prefill(prompt[::-1], lambda *_: True))
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(generator.prefill(prompt, lambda *_: True))
greedy = Hyperparameters(temperature=0)
tokens = generator.decode(prompt[-1:], Sampler(1), lambda: greedy)
next(tokens)
limit(2**24)
refuse(lambda: list(tokens))
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
generator.prefixes.check_integrity()
following = generator.decode(generator.cache.tokens[-1:], Sampler(1), lambda: greedy)
print(next(following) >= 0)
following.close()
mx.clear_streams()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not keep to this limit")
def test_memory_that_runs_out_is_an_error_and_not_the_end_of_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", EXHAUSTED, str(WEIGHTS)],
        capture_output=True, text=True, check=False, timeout=120,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    reading, read, other, cached, decoding, going_on = ended.stdout.splitlines()
    for refused in (reading, other, decoding):
        assert refused.startswith("refused: To go on takes ")
    # What was read before is not read again, and a refused prompt has not cost it.
    assert int(read) == 512
    assert int(cached) == 512
    assert going_on == "True"
