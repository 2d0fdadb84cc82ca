"""Applies a patch that was planned, and offers that to the model as a tool."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field

from engine.tools.apply_patch.changes import put
from engine.tools.apply_patch.planning import Plan, plan
from engine.tools.apply_patch.undoing import Undo
from engine.tools.registry import Tool
from engine.tools.workspace import Workspace

DESCRIPTION = """\
Edits files by a patch:
*** Begin Patch
*** Update File: path
@@ line of the function or class around it
 line that stays
-line that goes
+line that comes
*** End Patch
'*** Add File: path' (all lines with +), '*** Delete File: path', and '*** Move to: path' below an
update's header do what they say. Paths are relative to the workspace. All is done or nothing."""


class ApplyPatchArguments(BaseModel):
    """What apply_patch takes."""

    model_config = ConfigDict(extra="forbid")

    input: str = Field(description="The patch, from *** Begin Patch to *** End Patch.")


def apply(planned: Plan) -> Undo:
    """Do what was planned, all of it or nothing, and return what takes it back.

    Raises:
        ToolError: a file was changed since it was planned, or cannot be written.
    """
    return Undo.of(planned.workspace, put(planned.workspace, planned.changes))


def apply_patch_tool(workspace: Workspace, keep: Callable[[Undo], None]) -> Tool:
    """Return the tool that patches a workspace's files.

    Args:
        workspace: the folder.
        keep: is given what takes each patch back.
    """

    def run(arguments: ApplyPatchArguments) -> str:
        planned = plan(workspace, arguments.input)
        keep(apply(planned))
        return planned.reply

    return Tool(
        name="apply_patch",
        description=DESCRIPTION,
        arguments=ApplyPatchArguments,
        run=run,
        effects="changes files in the workspace",
        free_text="input",
    )
