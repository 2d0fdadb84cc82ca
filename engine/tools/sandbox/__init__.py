"""Where what the model runs is kept from the person's files, secrets, programs and network."""

from engine.tools.sandbox.base import Level, Sandbox
from engine.tools.sandbox.confined import Confined
from engine.tools.sandbox.policy import Policy, SandboxError
from engine.tools.sandbox.probing import Found, probe

__all__ = ["Confined", "Found", "Level", "Policy", "Sandbox", "SandboxError", "probe"]
