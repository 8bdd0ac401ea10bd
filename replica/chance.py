"""Chance that repeats: one generator for each thing that is drawn, named by what it is for."""

from random import Random


def generator(*parts: object) -> Random:
    """A generator that depends on the parts' printed forms only, the same in every process."""
    return Random(":".join(map(str, parts)))  # noqa: S311  # invention, not secrecy
