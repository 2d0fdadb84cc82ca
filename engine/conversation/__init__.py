"""What was said, kept on disk as it is said."""
