"""What the bundled model knows: every topic with its wordings and its answer, as data.

A wording is a template: ``[a|b|]`` stands for one of its alternatives, nested as deep as one likes,
and runs of blanks count as one. Case, punctuation, typing errors and filler words are added by the
generator, so wordings stand here plain and without a final mark.
"""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.answers import ANSWERS
from engine.models.demo.corpus.knowledge.commands import COMMANDS
from engine.models.demo.corpus.knowledge.concepts import CONCEPTS
from engine.models.demo.corpus.knowledge.demonstrations import DEMONSTRATIONS
from engine.models.demo.corpus.knowledge.identity import IDENTITY
from engine.models.demo.corpus.knowledge.keys import KEYS
from engine.models.demo.corpus.knowledge.maintenance import MAINTENANCE
from engine.models.demo.corpus.knowledge.models import MODELS
from engine.models.demo.corpus.knowledge.panes import PANES
from engine.models.demo.corpus.knowledge.sampling import SAMPLING
from engine.models.demo.corpus.knowledge.sessions import SESSIONS
from engine.models.demo.corpus.knowledge.settings import SETTINGS
from engine.models.demo.corpus.knowledge.shell import SHELL
from engine.models.demo.corpus.knowledge.small_talk import SMALL_TALK
from engine.models.demo.corpus.knowledge.voice import VOICE
from engine.models.demo.corpus.topic import Topic

__all__ = ["TOPICS"]

TOPICS: tuple[Topic, ...] = (
    *COMMANDS,
    *ANSWERS,
    *KEYS,
    *PANES,
    *SAMPLING,
    *IDENTITY,
    *MODELS,
    *CONCEPTS,
    *SESSIONS,
    *SETTINGS,
    *SHELL,
    *VOICE,
    *MAINTENANCE,
    *SMALL_TALK,
    *DEMONSTRATIONS,
)
"""Everything that the bundled model knows."""
