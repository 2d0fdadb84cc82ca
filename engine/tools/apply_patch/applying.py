"""Applies a patch that was planned, and offers that to the model as a tool."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field

from engine.tools.apply_patch.changes import put
from engine.tools.apply_patch.planning import FileChange, Plan, plan
from engine.tools.apply_patch.undoing import Undo
from engine.tools.registry import Running, Tool, read_arguments
from engine.tools.workspace import WORKSPACE, Workspace

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

FREE_TEXT = "input"


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

    What a person was shown of a patch is what is done: where a file has changed since, it fails.

    Args:
        workspace: the folder.
        keep: is given what takes each patch back.
    """
    shown: dict[str, Plan] = {}
    """The last patch that was shown and not applied, by the arguments."""

    def preview(arguments: str) -> tuple[FileChange, ...]:
        given = read_arguments(ApplyPatchArguments, arguments, FREE_TEXT)
        planned = plan(workspace, given.input)
        shown.clear()
        shown[given.input] = planned
        return planned.files

    def run(arguments: ApplyPatchArguments, _: Running) -> str:
        planned = shown.pop(arguments.input, None) or plan(workspace, arguments.input)
        keep(apply(planned))
        return planned.reply

    return Tool(
        name="apply_patch",
        description=DESCRIPTION,
        arguments=ApplyPatchArguments,
        run=run,
        effects="changes files in the workspace",
        free_text=FREE_TEXT,
        touches=frozenset({"write"}),
        place=WORKSPACE,
        preview=preview,
    )
