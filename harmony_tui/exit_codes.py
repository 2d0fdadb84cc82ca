"""What the program says to the shell when it ends."""

ANSWERED = 0
FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
"""Stopped by Ctrl+C: 128 and the signal's number, as shells count."""
PIPE_CLOSED = 141
"""Nobody reads the output any more: 128 and the number of SIGPIPE."""
