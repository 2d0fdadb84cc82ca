"""Python that the model can run: it keeps its variables and stays in its sandbox."""

from engine.tools.python.call import Ending, Outcome
from engine.tools.python.replies import Figure
from engine.tools.python.session import PythonSession

__all__ = ["Ending", "Figure", "Outcome", "PythonSession"]
