"""Bytes to model; pure. No socket, no file, no clock."""

PARSER = "baoku-parse/4"
"""Kept with every revision; the number is raised when the same bytes may give other fields."""
