"""A command is imported when it is called."""

import gc

import click

from cli.main import baoku


def test_after_the_import_garbage_is_collected_as_before() -> None:
    assert baoku.get_command(click.Context(baoku), "paper") is not None
    assert gc.isenabled()
