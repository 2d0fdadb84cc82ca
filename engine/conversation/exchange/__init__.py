"""Conversations from elsewhere, and for elsewhere.

A foreign file is read as a whole before any of it is taken, and becomes sessions like our own. Its
messages have no token ids: they are text, so that whatever they spell is rendered as text.
"""

from engine.conversation.exchange.formats import (
    EXPORTERS,
    IMPORTERS,
    Exporter,
    Imported,
    Importer,
    detect,
    exporter_for,
    read,
    read_file,
)
from engine.conversation.exchange.keeping import keep
from engine.conversation.exchange.reading import ExchangeError, Source, decode, read_source
from engine.conversation.exchange.writing import write_file

__all__ = [
    "EXPORTERS",
    "IMPORTERS",
    "ExchangeError",
    "Exporter",
    "Imported",
    "Importer",
    "Source",
    "decode",
    "detect",
    "exporter_for",
    "keep",
    "read",
    "read_file",
    "read_source",
    "write_file",
]
