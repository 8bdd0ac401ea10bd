"""What holds for every test."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.storage.postgresql import VARIABLE, Databases, databases, missing

settings.register_profile("house", deadline=None)  # tests do not time: that is for bench/
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Takes away the tests' own variable, which was read: to the program it is no setting."""
    os.environ.pop(VARIABLE, None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says in red what was left out, so that a green end hides nothing."""
    skipped = terminalreporter.stats.get("skipped", [])
    if why := missing():
        number = sum(why in str(one.longrepr) for one in skipped)
        if number:
            terminalreporter.section("NOT TESTED: the catalogue in PostgreSQL", red=True)
            terminalreporter.line(f"{number} tests were skipped. {why}")


@pytest.fixture(scope="session")
def server_databases() -> Iterator[Databases]:
    """PostgreSQL's databases.

    Where no server can be had the tests are skipped, and say why; under CI they fail.
    """
    why = missing()
    if why and os.environ.get("CI"):
        pytest.fail(why)
    if why:
        pytest.skip(why)
    with databases() as made:
        yield made
