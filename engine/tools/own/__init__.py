"""The person's own tools: functions in Python, and commands."""

from engine.tools.own.loading import OwnTools, load_own_tools

__all__ = ["OwnTools", "load_own_tools"]
