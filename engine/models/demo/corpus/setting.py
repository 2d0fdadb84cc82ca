"""What the first messages of a conversation say: effort, date, instructions and the tools."""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass
from datetime import date, timedelta

from engine.config.hyperparameters import EFFORTS, Effort
from engine.harmony.prompt import BUILT_IN as PROMPTED
from engine.harmony.prompt import FunctionDescription, render_developer, render_system
from engine.models.demo.corpus.browsing import HELP
from engine.models.demo.corpus.dialogue import (
    APPLY_PATCH,
    CALCULATOR,
    CLOCK,
    OPEN,
    PYTHON,
    READ_FILE,
    SEARCH,
)
from engine.models.demo.corpus.instructions import EXTRA_FUNCTIONS, draw_instructions
from engine.models.demo.corpus.turns import Scene
from engine.tools.apply_patch import apply_patch_tool
from engine.tools.files import workspace_tools
from engine.tools.functions import BUILT_IN
from engine.tools.registry import Registry
from engine.tools.workspace import Workspace

BOTH_TOOLS_SHARE = 0.8
"""In so many conversations of those without further tools both built-in ones are offered."""
TOOLS_LEFT: dict[tuple[str, ...], float] = {(CALCULATOR,): 6.0, (CLOCK,): 1.5, (): 2.5}
"""What is offered in the others. Mostly the clock is missing: calculations are asked often."""

BUILT_IN_TOOLS = (CALCULATOR, CLOCK)
BROWSER_TOOLS = (SEARCH, OPEN)
FILE_TOOLS = (READ_FILE, "functions.list_files", "functions.search_files", APPLY_PATCH)
ALL_TOOLS = (*BUILT_IN_TOOLS, PYTHON, *BROWSER_TOOLS, *FILE_TOOLS)
MORE_TOOLS: dict[tuple[str, ...], float] = {
    ALL_TOOLS: 40.0,
    (*BUILT_IN_TOOLS, PYTHON, *BROWSER_TOOLS, READ_FILE, APPLY_PATCH): 14.0,
    (*BUILT_IN_TOOLS, PYTHON, *BROWSER_TOOLS): 16.0,
    (*BUILT_IN_TOOLS, PYTHON): 12.0,
    (*BUILT_IN_TOOLS, *BROWSER_TOOLS, *FILE_TOOLS): 8.0,
    (*BUILT_IN_TOOLS, *FILE_TOOLS): 6.0,
    (*BUILT_IN_TOOLS, *BROWSER_TOOLS): 4.0,
}
"""What is offered where there is more than the built-in tools, and how often."""
EFFORT_WEIGHTS = (3, 5, 3)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the first messages of a conversation say."""

    effort: Effort
    tools: tuple[str, ...]
    instructions: str = ""
    date: str | None = None
    extra: tuple[FunctionDescription, ...] = ()

    @property
    def has_more_tools(self) -> bool:
        """Whether more is offered than the calculator and the clock."""
        return not set(self.tools) <= set(BUILT_IN_TOOLS)

    def scene(self) -> Scene:
        """Return the scene that the first turn is drawn in."""
        return Scene(self.effort, frozenset(self.tools))


@functools.cache
def known_functions() -> Registry:
    """Return the functions that may be offered; those for files are only described."""
    workspace = Workspace(HELP)
    patching = apply_patch_tool(workspace, lambda undo: None)
    return Registry.of((*BUILT_IN, *workspace_tools(workspace), patching))


@functools.cache
def describe_tool(recipient: str) -> FunctionDescription:
    """Return the description of a function as the developer message gives it."""
    tool = known_functions().find(recipient)
    return FunctionDescription(tool.name, tool.description, tool.parameters())


def render_prefix(setting: Setting) -> tuple[int, ...]:
    """Return the tokens of the system and developer messages."""
    functions = [describe_tool(tool) for tool in setting.tools if tool.startswith("functions.")]
    described = (*functions, *setting.extra)
    namespaces = [recipient.partition(".")[0] for recipient in setting.tools]
    built_in = tuple(sorted(set(namespaces) & set(PROMPTED)))
    system = render_system(
        setting.effort, setting.date, has_functions=bool(described), built_in=built_in
    )
    return (*system, *render_developer(setting.instructions, described))


def draw_setting(rng: random.Random, *, with_tools: bool | None = None) -> Setting:
    """Draw the settings of a conversation without further tools than the built-in ones.

    Args:
        rng: where the chances come from.
        with_tools: True for both tools, False for at least one missing, None for either.
    """
    if with_tools is None:
        with_tools = rng.random() < BOTH_TOOLS_SHARE
    tools: tuple[str, ...] = BUILT_IN_TOOLS
    if not with_tools:
        tools = rng.choices(tuple(TOOLS_LEFT), tuple(TOOLS_LEFT.values()))[0]
    return _drawn(rng, tools, 0.06 if with_tools else 0.15)


def draw_equipped(rng: random.Random) -> Setting:
    """Draw the settings of a conversation in which Python, the browser or files are offered."""
    return _drawn(rng, rng.choices(tuple(MORE_TOOLS), tuple(MORE_TOOLS.values()))[0], 0.06)


def _drawn(rng: random.Random, tools: tuple[str, ...], extra_share: float) -> Setting:
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(365 * 9))
    return Setting(
        effort=rng.choices(EFFORTS, EFFORT_WEIGHTS)[0],
        tools=tools,
        instructions="" if rng.random() < 0.75 else draw_instructions(rng),
        date=None if rng.random() < 0.12 else day.isoformat(),
        extra=(rng.choice(EXTRA_FUNCTIONS),) if rng.random() < extra_share else (),
    )
