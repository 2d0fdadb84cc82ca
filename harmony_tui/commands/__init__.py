"""What the person can make the program do: one table, and everything that is derived from it."""
