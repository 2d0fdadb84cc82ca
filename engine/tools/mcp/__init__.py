"""Servers of tools that speak the Model Context Protocol (MCP)."""

from engine.tools.mcp.servers import McpServers
from engine.tools.mcp.states import ServerState

__all__ = ["McpServers", "ServerState"]
