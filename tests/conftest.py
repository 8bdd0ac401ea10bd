"""What holds for every test."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.storage.postgresql import VARIABLE, Databases, databases, missing

settings.register_profile("house", deadline=None)  # tests do not time: that is for bench/
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Takes away the tests' own variable, which was read: to the program it is no setting."""
    os.environ.pop(VARIABLE, None)


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
