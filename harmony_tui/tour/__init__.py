"""The tour: a guide beside the work that has a newcomer try the program, step by step."""
