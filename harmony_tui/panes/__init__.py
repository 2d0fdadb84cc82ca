"""The parts of the chat screen that show what the engine says."""
