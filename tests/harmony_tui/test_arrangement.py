"""Where panes stand in any room, and the file in which their arrangement outlives the program."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset, Region, Size

from harmony_tui.arrangement import (
    CONVERSATION,
    LARGEST_FILE,
    LAYOUTS,
    ON_DEMAND,
    SIDE_PANES,
    Arrangement,
    Layout,
    load_arrangement,
    save_arrangement,
)
from harmony_tui.panes.placing import (
    LEAST_CONVERSATION,
    LEAST_LINES,
    LEAST_PANE,
    Placing,
    divide,
    layout_for,
    place,
)

WIDE = Size(120, 34)
hidden_panes = st.frozensets(st.sampled_from(SIDE_PANES))
shown_panes = st.frozensets(st.sampled_from(ON_DEMAND))
fronts = st.none() | st.sampled_from((*SIDE_PANES, *ON_DEMAND))
rooms = st.builds(Size, st.integers(60, 250), st.integers(12, 80))


def moved(placing: Placing, index: int, cells: int) -> Arrangement:
    """Return the usual arrangement in a layout, with one of its borders moved."""
    arrangement = Arrangement(placing.layout)
    return arrangement.with_sizes(placing.layout, placing.borders[index].moved(cells))


# --- where panes stand ---------------------------------------------------------------------------


@given(rooms, st.sampled_from(LAYOUTS), hidden_panes, shown_panes, fronts)
def test_panes_fill_the_room_and_never_overlap(
    size: Size,
    layout: Layout,
    hidden: frozenset[str],
    shown: frozenset[str],
    front: str | None,
) -> None:
    placing = place(size, Arrangement(layout, hidden, shown=shown), front)
    regions = list(placing.regions.values())
    assert sum(region.area for region in regions) == size.area
    assert all(size.region.contains_region(region) for region in regions)
    assert not any(one.overlaps(other) for one, other in combinations(regions, 2))
    for name, region in placing.regions.items():
        assert region.height >= LEAST_LINES, name
        if name == CONVERSATION:
            assert region.width >= LEAST_CONVERSATION.width


@given(
    st.sampled_from(("side", "columns", "below")),
    hidden_panes,
    shown_panes,
    st.lists(st.tuples(st.integers(0, 9), st.integers(-300, 300)), min_size=1, max_size=4),
    rooms,
)
def test_no_way_of_moving_borders_makes_a_pane_too_small(
    layout: Layout,
    hidden: frozenset[str],
    shown: frozenset[str],
    moves: list[tuple[int, int]],
    size: Size,
) -> None:
    arrangement = Arrangement(layout, hidden, shown=shown)
    for room in (Size(200, 60), size):
        for number, cells in moves:
            placing = place(room, arrangement)
            if not placing.borders:
                continue
            border = placing.borders[number % len(placing.borders)]
            arrangement = arrangement.with_sizes(placing.layout, border.moved(cells))
        regions = place(room, arrangement).regions
        shares = [share for sizes in arrangement.sizes.values() for share in sizes.values()]
        assert all(0 < share <= 1 for share in shares)  # else the file is not read again
        assert sum(region.area for region in regions.values()) == room.area
        for name, region in regions.items():
            least = LEAST_CONVERSATION if name == CONVERSATION else LEAST_PANE
            assert region.width >= least.width, name
            assert region.height >= min(least.height, LEAST_LINES), name


def test_a_border_goes_as_far_as_the_mouse_and_no_other_part_moves() -> None:
    before = place(WIDE, Arrangement())
    arrangement = moved(before, 0, -15)
    after = place(WIDE, arrangement)
    assert before.regions[CONVERSATION].width - after.regions[CONVERSATION].width == 15
    assert [after.regions[pane].height for pane in SIDE_PANES] == [
        before.regions[pane].height for pane in SIDE_PANES
    ]
    lower = place(WIDE, moved(before, 1, 3))
    assert lower.regions["analysis"].height == before.regions["analysis"].height + 3
    assert lower.regions["tools"].height == before.regions["tools"].height - 3
    assert lower.regions["hyperparameters"] == before.regions["hyperparameters"]


def test_a_larger_terminal_keeps_the_proportions() -> None:
    half = moved(place(Size(160, 40), Arrangement()), 0, -27)
    assert place(Size(160, 40), half).regions[CONVERSATION].width == 80
    assert place(Size(240, 40), half).regions[CONVERSATION].width == 120
    assert place(Size(120, 40), half).regions[CONVERSATION].width == 60


def test_a_hidden_pane_leaves_its_room_in_proportion_and_comes_back_as_it_was() -> None:
    usual = place(WIDE, Arrangement()).regions
    without = place(WIDE, Arrangement(hidden=frozenset({"tools"}))).regions
    assert set(without) == {CONVERSATION, "analysis", "hyperparameters"}
    heights = without["analysis"].height, without["hyperparameters"].height
    assert sum(heights) == WIDE.height
    assert heights[0] / heights[1] == pytest.approx(
        usual["analysis"].height / usual["hyperparameters"].height, abs=0.2
    )
    two_moved = moved(place(WIDE, Arrangement(hidden=frozenset({"tools"}))), 1, 2)
    again = place(WIDE, replace(two_moved, hidden=frozenset())).regions
    assert again["tools"].height == usual["tools"].height


@pytest.mark.parametrize(
    ("layout", "size", "found"),
    [
        ("side", (110, 15), "side"),
        ("side", (109, 60), "chat"),
        ("columns", (150, 30), "columns"),
        ("columns", (149, 30), "side"),
        ("columns", (80, 19), "chat"),
        ("below", (96, 19), "below"),
        ("below", (95, 19), "chat"),
        ("below", (200, 12), "chat"),
        ("chat", (200, 60), "chat"),
    ],
)
def test_layout_that_there_is_room_for(
    layout: Layout, size: tuple[int, int], found: Layout
) -> None:
    assert layout_for(Arrangement(layout), Size(*size)) == found


def test_tabs_share_a_tall_room_with_the_conversation_and_take_a_low_one() -> None:
    low = place(Size(80, 19), Arrangement(), front="tools").regions
    assert low == {"tools": Region(0, 0, 80, 19)}
    tall = place(Size(80, 40), Arrangement(), front="tools").regions
    assert list(tall) == [CONVERSATION, "tools"]
    assert tall[CONVERSATION].bottom == tall["tools"].y
    assert place(Size(80, 40), Arrangement()).regions == {CONVERSATION: Region(0, 0, 80, 40)}


def test_one_pane_can_have_all_the_room() -> None:
    placing = place(WIDE, Arrangement(), largest="tools")
    assert placing.is_alone
    assert placing.regions == {"tools": WIDE.region}


def test_borders_are_where_two_frames_meet() -> None:
    placing = place(WIDE, Arrangement())
    conversation, analysis = placing.regions[CONVERSATION], placing.regions["analysis"]
    for place_ in (Offset(conversation.right - 1, 9), Offset(conversation.right, 9)):
        border = placing.border_at(place_)
        assert border is not None
        assert border.axis == "x"
    below = placing.border_at(Offset(analysis.x + 5, analysis.bottom))
    assert below is not None
    assert (below.axis, below.parts[below.index]) == ("y", "analysis")
    assert placing.border_at(Offset(3, 3)) is None
    assert placing.border_at(Offset(conversation.right - 2, 9)) is None


@pytest.mark.parametrize(
    ("pane", "part"),
    [
        ("analysis", "analysis"),
        ("tools", "tools"),
        ("hyperparameters", "tools"),
        (CONVERSATION, "analysis"),
    ],
)
def test_border_of_a_pane_is_the_one_below_it_else_above(pane: str, part: str) -> None:
    border = place(WIDE, Arrangement()).border_of(pane, "y")
    assert border is not None
    assert border.parts[border.index] == part


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.integers(0, 30)), min_size=1, max_size=5),
    st.integers(0, 300),
)
def test_division(parts: list[tuple[float, int]], room: int) -> None:
    shares, leasts = [share for share, _ in parts], [least for _, least in parts]
    sizes = divide(room, shares, leasts)
    assert sum(sizes) == room
    assert min(sizes) >= 0
    if sum(leasts) <= room:
        assert all(size >= least for size, least in zip(sizes, leasts, strict=True))


# --- the file ------------------------------------------------------------------------------------


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "arrangement.json"
    arrangement = moved(place(WIDE, Arrangement("columns")), 0, -9)
    arrangement = replace(arrangement, layout="below", hidden=frozenset({"tools"}))
    arrangement = arrangement.with_pane("tokens", is_shown=True)
    save_arrangement(path, arrangement)
    read = load_arrangement(path)
    assert (read.layout, read.hidden) == ("below", frozenset({"tools"}))
    assert read.panes == ("analysis", "hyperparameters", "tokens")
    assert place(WIDE, replace(read, layout="side")) == place(
        WIDE, replace(arrangement, layout="side")
    )
    save_arrangement(path, Arrangement())
    assert load_arrangement(path) == Arrangement()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_no_file_is_no_problem(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert load_arrangement(tmp_path / "arrangement.json") == Arrangement()
    assert load_arrangement(tmp_path) == Arrangement()
    assert not caplog.records


GOOD = {"layout": "side", "hidden": [], "sizes": {}}
BAD = {
    "empty": "",
    "not JSON": "{",
    "not UTF-8": "\udcff",
    "not a table": "[]",
    "nothing in it": "{}",
    "another layout": json.dumps({**GOOD, "layout": "spiral"}),
    "a layout that is a list": json.dumps({**GOOD, "layout": ["side"]}),
    "another pane": json.dumps({**GOOD, "hidden": ["kitchen"]}),
    "the conversation hidden": json.dumps({**GOOD, "hidden": ["conversation"]}),
    "another pane on demand": json.dumps({**GOOD, "shown": ["tools"]}),
    "panes on demand that are none": json.dumps({**GOOD, "shown": "tokens"}),
    "a pane that is a list": json.dumps({**GOOD, "hidden": [["tools"]]}),
    "sizes of another layout": json.dumps({**GOOD, "sizes": {"spiral": {}}}),
    "sizes that are none": json.dumps({**GOOD, "sizes": {"side": [1]}}),
    "a share of nothing": json.dumps({**GOOD, "sizes": {"side": {"tools": 0}}}),
    "a share below nothing": json.dumps({**GOOD, "sizes": {"side": {"tools": -0.5}}}),
    "a share of more than all": json.dumps({**GOOD, "sizes": {"side": {"tools": 1.5}}}),
    "a share in words": json.dumps({**GOOD, "sizes": {"side": {"tools": "half"}}}),
    "a share that is a truth": json.dumps({**GOOD, "sizes": {"side": {"tools": True}}}),
    "a share that is no number": '{"layout": "side", "hidden": [], "sizes": {"side": {"t": NaN}}}',
    "deeper than anything": "[" * 60_000,
    "too large": json.dumps(GOOD) + " " * LARGEST_FILE,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_bad_file_is_a_line_in_the_log(
    content: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "arrangement.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with caplog.at_level(logging.WARNING):
        assert load_arrangement(path) == Arrangement()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(path) in caplog.text


def test_what_cannot_be_written_is_a_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("a file where the folder should be")
    save_arrangement(in_the_way / "arrangement.json", Arrangement())
    assert "is not kept" in caplog.text
    folder = tmp_path / "arrangement.json"
    folder.mkdir()
    save_arrangement(folder, Arrangement())
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_layouts_are_all_different_where_there_is_room() -> None:
    placings = [place(Size(200, 50), Arrangement(layout)).regions for layout in LAYOUTS]
    assert not any(one == other for one, other in pairwise(sorted(map(str, placings))))
