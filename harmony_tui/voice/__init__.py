"""Speech in the terminal: the key that is held to speak, what is shown of it, and its screens."""
