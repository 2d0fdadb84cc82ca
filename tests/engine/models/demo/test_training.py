"""The trainer: its network against plain definitions and against the engine, and how it learns."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from engine.harmony.encoding import load_encoding  # noqa: E402
from engine.models.demo.batching import (  # noqa: E402
    Packer,
    Rows,
    choose_tokens,
    number_tokens,
    padded_size,
)
from engine.models.demo.corpus import Branch, Group, draw_group  # noqa: E402
from engine.models.demo.corpus.rendering import (  # noqa: E402
    KEPT,
    KNOWN_BY_MEANING,
    MAY_BE_UNKNOWN,
)
from engine.models.demo.cpu_attention import (  # noqa: E402
    CpuAttention,
    SinkAttention,
    attention_mask,
)
from engine.models.demo.drawing import load_groups, read_groups, save_groups  # noqa: E402
from engine.models.demo.exporting import write_compact, write_full  # noqa: E402
from engine.models.demo.feeding import on_device, small  # noqa: E402
from engine.models.demo.gpu_attention import BLOCK, GpuAttention, Layout  # noqa: E402
from engine.models.demo.importing import blend, read_compact, trained_tokens  # noqa: E402
from engine.models.demo.network import (  # noqa: E402
    WINDOW,
    Batch,
    Network,
    Segment,
    Shape,
    to_mxfp4,
)
from engine.models.demo.optimising import Optimiser, orthogonalise  # noqa: E402
from engine.models.demo.training import (  # noqa: E402
    Trainer,
    average_gradients,
    fresh_network,
    learning_scale,
    load_network,
)
from engine.models.demo.word_vectors import load_word_vectors  # noqa: E402

SMALL = Shape(rows=200, hidden=64, layers=4, heads=4, kv_heads=2, intermediate=64)


@pytest.fixture(autouse=True)
def _seeded() -> None:
    torch.manual_seed(3)


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    rng = random.Random(11)
    return [draw_group(rng, 6) for _ in range(6)]


def small_network(known: np.ndarray | None = None) -> Network:
    """Return a network in which sinks, biases and norms all matter.

    Args:
        known: the tokens of its rows, which get the vectors of their words; None: no words.
    """
    vectors = load_word_vectors()
    words = np.zeros(201, dtype=np.int64)
    if known is not None:
        words[:-1] = vectors.of_token[known]
    network = Network(
        SMALL, torch.from_numpy(vectors.vectors).float() * vectors.scale, torch.from_numpy(words)
    )
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith("bias") or "sinks" in name:
                parameter.normal_(std=0.5)
            elif "norm" in name:
                parameter.normal_(mean=1.0, std=0.2)
    return network


@pytest.mark.parametrize("window", [None, 8])
def test_attention_with_sinks_is_that_of_the_definition_and_so_are_its_gradients(window):
    length, before, repeat = 12, 9, 2
    q, k, v = (
        torch.randn(3, 2, n, 32) for n in (repeat * length, before + length, before + length)
    )
    sinks = torch.randn(1, 2, repeat * length)
    inputs = [q, k, v, sinks]
    for tensor in inputs:
        tensor.requires_grad_()
    mask = attention_mask(length, before, window, repeat)

    scores = q @ k.transpose(-1, -2) / math.sqrt(32) + mask
    columns = sinks.expand(3, -1, -1)[..., None]
    plain = torch.cat([scores, columns], -1).softmax(-1)[..., :-1] @ v
    ours = SinkAttention.apply(q, k, v, sinks, mask)

    torch.testing.assert_close(ours, plain, atol=1e-5, rtol=1e-5)
    wanted = torch.randn_like(plain)
    for mine, theirs in zip(
        torch.autograd.grad(ours, inputs, wanted),
        torch.autograd.grad(plain, inputs, wanted),
        strict=True,
    ):
        torch.testing.assert_close(mine, theirs, atol=1e-5, rtol=1e-4)


def one_segment(tokens: torch.Tensor, words: torch.Tensor | None = None) -> Batch:
    places = torch.arange(len(tokens))
    return Batch(
        tokens,
        torch.zeros_like(tokens) if words is None else words,
        torch.zeros(len(tokens)),
        places,
        (Segment(0, 1, len(tokens)),),
        places[:-1],
        tokens[1:],
        torch.ones(len(tokens) - 1),
    )


def losses_of(network: Network, batch: Batch, *, quantised: bool = False) -> torch.Tensor:
    with torch.no_grad():
        weights = [layer.expert_weights(quantised) for layer in network.layers]
        return network(batch, CpuAttention(batch.segments), weights)[0]


def test_a_shared_prefix_gives_what_reading_it_each_time_gives():
    network = small_network()
    prefix, first, second = (torch.randint(200, (n,)) for n in (150, 40, 40))
    shared = Batch(
        torch.cat([prefix, first, second]),
        torch.zeros(230, dtype=torch.long),
        torch.zeros(230),
        torch.cat([torch.arange(150), torch.arange(150, 190), torch.arange(150, 190)]),
        (Segment(0, 1, 150), Segment(150, 2, 40, prefix=0)),
        torch.cat([torch.arange(150, 189), torch.arange(190, 229)]),
        torch.cat([first[1:], second[1:]]),
        torch.ones(78),
    )
    apart = [
        losses_of(network, one_segment(torch.cat([prefix, branch])))[-39:]
        for branch in (first, second)
    ]
    torch.testing.assert_close(losses_of(network, shared), torch.cat(apart), atol=1e-4, rtol=1e-4)


def test_attention_for_a_gpu_reads_what_that_for_a_processor_reads(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    size = 32 * BLOCK
    batch = next(Packer(rows, seed=0).full_batches(itertools.cycle(groups), size, size // 2))
    layout = Layout.of(batch.segments, size)
    used = sum(segment.rows * segment.length for segment in batch.segments)
    assert size * 0.7 < used < size
    assert np.array_equal(layout.positions[:used], batch.positions[:used].numpy())
    on_gpu = GpuAttention(size, torch.device("cpu"), compiled=False)
    on_gpu.set(layout)
    on_cpu = CpuAttention(batch.segments)
    sinks = torch.randn(4)
    for window in (None, WINDOW):
        q, k, v = (torch.randn(size, heads, 16) for heads in (4, 2, 2))
        ours = on_gpu(q, k, v, sinks, window)
        wanted = on_cpu(q[:used], k[:used], v[:used], sinks, window)
        torch.testing.assert_close(ours[:used], wanted, atol=1e-4, rtol=1e-4)
        assert ours.isfinite().all()


def test_no_block_is_left_out_in_which_a_token_sees_another(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    size = 32 * BLOCK
    batch = next(Packer(rows, seed=0).full_batches(itertools.cycle(groups), size, size // 2))
    layout = Layout.of(batch.segments, size)
    texts, before, places = (part[:, None] for part in layout[:3])
    distance = places - places.T
    seen = ((texts == texts.T) | (before == texts.T)) & (distance >= 0)
    for window, blocks in ((size, layout.blocks), (WINDOW, layout.near_blocks)):
        squares = (seen & (distance < window)).reshape(32, BLOCK, 32, BLOCK).any((1, 3))
        assert not (squares & ~blocks)[: batch.segments[-1].start // BLOCK].any()
        assert blocks.sum() < squares.sum() * 1.2 + 64


def test_a_full_batch_is_filled_up_and_travels_unchanged(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    batch = next(Packer(rows, seed=0).full_batches(itertools.cycle(groups), 8192, 4096))
    assert batch.tokens.shape == (8192,)
    assert batch.selected.shape == batch.targets.shape == batch.weights.shape == (4096,)
    learned = int((batch.weights > 0).sum())
    assert 1000 < learned < 4096
    assert not batch.weights[learned:].any()
    arrived = on_device(small(batch), torch.device("cpu"))
    for sent, received in zip(batch, arrived, strict=True):
        if isinstance(sent, torch.Tensor):
            torch.testing.assert_close(received, sent, atol=1e-3, rtol=1e-3)


def test_the_engine_computes_what_was_trained(tmp_path: Path):
    mx = pytest.importorskip("mlx.core")
    from engine.generation.cache import KeyValueCache
    from engine.models.checkpoint import load_checkpoint
    from engine.models.device import prepare
    from engine.models.gpt_oss import GptOss

    vectors = load_word_vectors()
    known = np.sort(np.random.default_rng(0).choice(190_000, 200, replace=False))
    network = small_network(known)
    assert network.words.any()
    with torch.no_grad():
        for parameter in network.parameters():  # as they will be stored
            parameter.copy_(parameter.bfloat16().float())
        network.projection /= vectors.scale
        whole = network.whole_rows()
        network.embed += whole.bfloat16().float() - whole
    write_compact(network, known, tmp_path / "compact")
    write_full(tmp_path / "full", tmp_path / "compact")
    rows = torch.randint(200, (300,))
    tokens = torch.from_numpy(known)[rows]
    trained = losses_of(network, one_segment(rows, network.words[rows]), quantised=True)
    # Some words that the network has never seen, which it reads by what they mean.
    strangers = np.setdiff1d(vectors.of_token.nonzero()[0], known)[::900]
    others = torch.from_numpy(np.resize(strangers, len(tokens[5::9])))
    is_row = torch.ones(299, dtype=torch.bool)
    is_row[4::9] = False

    for layout in ("compact", "full"):
        model = load_checkpoint(tmp_path / layout, prepare(), lambda step, share: None)

        def losses(tokens: torch.Tensor, model: GptOss = model) -> torch.Tensor:
            cache = KeyValueCache(len(model.blocks))
            hidden = model.hidden(mx.array([tokens.tolist()]), cache.logs, 0)
            logits = torch.from_numpy(np.array(model.logits(hidden)[0].astype(mx.float32)))
            assert torch.equal(logits[:, 3], logits[:, 5]) or {3, 5} & set(known.tolist())
            return -logits[:-1].log_softmax(-1)[torch.arange(299), tokens[1:]]

        assert (losses(tokens) - trained).abs().max() < 1e-3
        read, shared, meant = tokens.clone(), rows.clone(), network.words[rows]
        read[5::9], shared[5::9] = others, SMALL.rows
        meant[5::9] = torch.from_numpy(vectors.of_token)[others]
        wanted = losses_of(network, one_segment(shared, meant), quantised=True)
        # A stranger's row is rounded to bfloat16 when it is made.
        assert (losses(read) - wanted)[is_row].abs().median() < 0.01
        meant[5::9] = 0
        unread = losses_of(network, one_segment(shared, meant), quantised=True)
        assert (losses(read) - unread)[is_row].abs().median() > 0.05


def test_mxfp4_keeps_what_it_can_hold_and_rounds_the_rest_to_the_nearest():
    exact = torch.tensor([0.0, 0.5, -1.0, 1.5, 2.0, -3.0, 4.0, 6.0]).repeat(4) * 0.25
    assert torch.equal(to_mxfp4(exact).values, exact)
    weights = torch.randn(8, 64)
    packed = to_mxfp4(weights)
    assert packed.exponents.shape == (8, 2)
    step = torch.exp2(packed.exponents.float()).repeat_interleave(32, -1)
    assert ((packed.values - weights).abs() <= step + weights.abs() / 4).all()
    assert torch.equal(to_mxfp4(packed.values).values, packed.values)


def test_orthogonalised_matrices_have_singular_values_near_one():
    for shape in ((3, 32, 32), (2, 64, 32), (32, 96)):
        values = torch.linalg.svdvals(orthogonalise(torch.randn(shape)))
        assert values.max() < 1.3
        assert values.median() > 0.6


def test_numbers_of_as_many_digits_get_the_same_gradient():
    network = small_network()
    digits = torch.zeros(201, dtype=torch.long)
    digits[:10], digits[10:60], digits[60:90] = 1, 2, 3
    optimiser = Optimiser(network, digits)
    for matrix in (network.embed, network.head):
        matrix.grad = torch.randn_like(matrix)
    before = network.head.grad.clone()
    optimiser.share_number_gradients()
    assert torch.allclose(network.head.grad[:10], before[:10].mean(0).expand(10, -1))
    assert torch.equal(network.head.grad[90:], before[90:])


def test_training_lowers_the_loss(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    network = fresh_network(rows)
    trainer = Trainer(rows, network, compiled=False)
    batch = Packer(rows, seed=0).pack(groups[:1])
    attention = CpuAttention(batch.segments)
    shares = (0.1, 0.1, 0.1, 0.9)
    losses = [float(trainer.step(batch, attention, share)[0].mean()) for share in shares]
    assert losses[-1] < losses[0] - 1


def _average_in_process(rank: int, meeting_point: str, folder: Path) -> None:
    torch.distributed.init_process_group("gloo", init_method=meeting_point, rank=rank, world_size=2)
    layer = torch.nn.Linear(2, 2)
    for parameter in layer.parameters():
        parameter.grad = torch.full_like(parameter, float(rank))
    share = average_gradients(layer, 0.25 * (rank + 1))
    torch.save((share, layer.weight.grad, layer.bias.grad), folder / f"{rank}.pt")
    torch.distributed.destroy_process_group()


def test_processes_average_their_gradients_and_agree_on_the_time(tmp_path: Path):
    arguments = (f"file://{tmp_path}/meeting", tmp_path)
    torch.multiprocessing.spawn(_average_in_process, arguments, 2)
    for rank in (0, 1):
        share, weight, bias = torch.load(tmp_path / f"{rank}.pt")
        assert share == 0.5
        assert torch.equal(weight, torch.full((2, 2), 0.5))
        assert torch.equal(bias, torch.full((2,), 0.5))


def test_a_saved_network_comes_back(tmp_path: Path, groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    trainer = Trainer(rows, fresh_network(rows), compiled=False)
    trainer.save(tmp_path / "checkpoint.pt")
    network, tokens = load_network(tmp_path / "checkpoint.pt")
    assert np.array_equal(tokens, rows.tokens)
    assert torch.equal(network.head, trainer.network.head)


def test_stored_weights_can_be_trained_further(tmp_path: Path):
    tokens = np.sort(np.random.default_rng(0).choice(190_000, 200, replace=False))
    stored = small_network(tokens)
    write_compact(stored, tokens, tmp_path)
    assert trained_tokens(tmp_path) == tokens.tolist()
    more = np.sort(np.append(tokens, np.setdiff1d(np.arange(190_000, 190_050), tokens)))
    vectors = load_word_vectors()
    words = torch.from_numpy(np.append(vectors.of_token[more], 0))
    shape = replace(SMALL, rows=len(more))
    network = Network(shape, torch.from_numpy(vectors.vectors).float() * vectors.scale, words)
    before = network.head.clone()
    read_compact(network, more, tmp_path)
    places = np.searchsorted(more, tokens)
    torch.testing.assert_close(
        network.whole_rows()[places], stored.whole_rows()[:-1], atol=0.03, rtol=0.01
    )
    torch.testing.assert_close(network.head[places], stored.head[:-1], atol=1e-3, rtol=0.01)
    is_new = ~np.isin(more, tokens)
    assert torch.equal(network.head[:-1][is_new], before[:-1][is_new])
    for ours, theirs in zip(network.layers, stored.layers, strict=True):
        for name, parameter in theirs.named_parameters():
            wanted = to_mxfp4(parameter).values if name in ("gate", "up", "down") else parameter
            torch.testing.assert_close(ours.get_parameter(name), wanted, atol=1e-3, rtol=0.01)


def test_what_was_trained_further_can_keep_a_share_of_what_it_began_with(tmp_path: Path):
    tokens = np.sort(np.random.default_rng(0).choice(190_000, 200, replace=False))
    write_compact(small_network(tokens), tokens, tmp_path)
    network = small_network(tokens)
    began = small_network(tokens)
    read_compact(began, tokens, tmp_path)
    ended = [parameter.clone() for parameter in network.parameters()]
    blend(network, tokens, tmp_path, 0.25)
    for parts in zip(network.parameters(), began.parameters(), ended, strict=True):
        mixed, first, last = parts
        torch.testing.assert_close(mixed, 0.25 * first + 0.75 * last)


def test_the_rate_rises_holds_and_falls_to_nothing():
    shares = [0.0, 0.01, 0.1, 0.3, 0.6, 1.0]
    scales = [learning_scale(share) for share in shares]
    assert scales[0] < scales[1] < scales[2] == scales[3] == 1
    assert 1 > scales[4] > scales[5] == 0


def test_all_targets_and_all_numbers_have_rows(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    assert len(number_tokens()) == 1110
    assert (rows.row_of[list(number_tokens())] < rows.shared).all()
    for branch in itertools.chain.from_iterable(group.branches for group in groups):
        learned = np.asarray(branch.tokens)[np.asarray(branch.learned)]
        assert (rows.row_of[learned] < rows.shared).all()
    three = load_encoding().encode("042")
    assert rows.digits[rows.row_of[three[0]]] == 3


def test_a_batch_learns_exactly_what_its_branches_say(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    batch = Packer(rows, seed=1).pack(groups[:2])
    assert len(batch.tokens) == sum(map(padded_size, groups[:2]))
    wanted = sorted(
        token
        for group in groups[:2]
        for branch in group.branches
        for token, learned in zip(branch.tokens, branch.learned, strict=True)
        if learned
    )
    assert sorted(rows.tokens[batch.targets.numpy()].tolist()) == wanted
    covered = sum(segment.rows * segment.length for segment in batch.segments)
    assert covered == len(batch.tokens)
    # What follows a selected place is its target, except where noise hid a word.
    following = batch.tokens[(batch.selected + 1).clamp(max=covered - 1)]
    assert (following == batch.targets).float().mean() > 0.99


def test_noise_hides_some_of_the_users_words_but_never_a_number():
    numbers = [load_encoding().encode(text)[0] for text in ("7", "42", "386")]
    words = load_encoding().encode(" please what is the sum of all these")
    tokens = tuple(numbers + words)
    needs = (MAY_BE_UNKNOWN,) * (len(tokens) - 2) + (KNOWN_BY_MEANING, KEPT)
    branch = Branch(tokens, (False,) * len(tokens), needs)
    rows = Rows.of([*tokens, *number_tokens()])
    packer = Packer(rows, seed=0)
    drawn = [packer._branch(branch) for _ in range(400)]
    own, words_read, blur = (np.stack(parts) for parts in zip(*drawn, strict=True))
    by_vector = (own == rows.shared) & (words_read > 0)
    unknown = (own == rows.shared) & (words_read == 0)
    assert (own[:, :3] != rows.shared).all()
    assert not words_read[:, :3].any()
    assert 0.02 < unknown[:, 3:-2].mean() < 0.12
    assert 0.1 < by_vector[:, 3:-2].mean() < 0.3
    assert not unknown[:, -2].any()
    assert 0.1 < by_vector[:, -2].mean() < 0.3
    assert (own[:, -1] != rows.shared).all()
    assert not blur[~by_vector].any()


def test_batches_come_near_the_size_asked_for(groups: list[Group]):
    rows = Rows.of(choose_tokens(groups))
    budget = 2 * round(np.mean([padded_size(group) for group in groups]))
    stream = Packer(rows, seed=0).batches(itertools.cycle(groups), budget)
    sizes = [len(batch.tokens) for batch in itertools.islice(stream, 12)]
    assert all(abs(size - budget) < budget / 2 for size in sizes)


def test_each_file_of_groups_is_read_once(tmp_path: Path, groups: list[Group]):
    save_groups(tmp_path / "1.groups", groups[:2])
    save_groups(tmp_path / "2.groups", groups[2:3])
    assert load_groups(tmp_path / "1.groups") == groups[:2]
    read = list(itertools.islice(read_groups(tmp_path), 3))
    assert read == groups[:3]
    assert not list(tmp_path.glob("*.groups"))
