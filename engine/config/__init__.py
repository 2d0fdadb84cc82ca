"""What a user can set, and where it is kept."""
