"""The themes that come with the program, each read when it is first asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from themes.loader import BUNDLED, DescribedTheme, read_theme, theme_files

logger = logging.getLogger(__name__)


class BundledThemes(Mapping[str, DescribedTheme]):
    """All of them by name. One is shown, and to read the others is a good part of a start."""

    def __init__(self) -> None:
        """Find their files, and read none."""
        self._files = {path.stem: path for path in theme_files([BUNDLED])}
        self._read: dict[str, DescribedTheme] = {}

    def __getitem__(self, name: str) -> DescribedTheme:
        """Return a theme; one whose file has come to harm is there no more, and the log says why.

        Raises:
            KeyError: there is no such theme.
        """
        if name not in self._read:
            try:
                self._read[name] = read_theme(self._files[name])
            except ValueError as error:
                logger.warning("%s is not a usable theme: %s", self._files.pop(name), error)
                raise KeyError(name) from error
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Give their names, in order."""
        return iter(tuple(self._files))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._files)
