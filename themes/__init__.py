"""Colour themes: the files beside this one, those of the person, and what reads them."""
