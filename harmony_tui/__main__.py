"""Starts harmony-tui. Old Pythons must be able to read this file, to be told that they are old."""

import sys

OLDEST_PYTHON = (3, 11)


def main() -> int:
    """Run the program and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        version = ".".join(str(part) for part in sys.version_info[:2])
        sys.stderr.write(
            f"harmony-tui needs Python 3.11 or newer, and {sys.executable} is Python {version}. "
            "Start it with a newer one, or with: uv run harmony-tui\n"
        )
        return 1
    from harmony_tui import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
