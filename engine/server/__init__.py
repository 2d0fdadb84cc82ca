"""The same engine over HTTP, as OpenAI's clients expect it.

Nothing of this is imported by the terminal application's start; it needs the extra ``server``.
``app`` makes the application, ``schemas`` says what requests may hold, ``translation`` turns one
into a turn, ``answer`` gathers what comes of it, and ``line`` lets one turn run at a time.
"""
