"""Patches in the language that gpt-oss knows: planned, shown, applied, and taken back exactly."""

from engine.tools.apply_patch.applying import apply, apply_patch_tool
from engine.tools.apply_patch.comparing import Row
from engine.tools.apply_patch.grammar import PatchError
from engine.tools.apply_patch.planning import FileChange, Plan, plan
from engine.tools.apply_patch.undoing import Undo

__all__ = ["FileChange", "PatchError", "Plan", "Row", "Undo", "apply", "apply_patch_tool", "plan"]
