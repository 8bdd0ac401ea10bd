"""Searching, with short names."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from storage.search.index import Index
from storage.search.postgresql import PostgresIndex
from storage.search.sqlite import SqliteIndex

Way = Callable[[Session], Index]

WAYS: dict[str, Way] = {
    "sqlite": SqliteIndex,
    "postgresql, looked through": PostgresIndex,
    "postgresql, looked up": lambda session: PostgresIndex(session, probed=1, walked=0),
    "postgresql, dense": lambda session: PostgresIndex(session, probed=1, walked=1_000),
}
"""Each way in which hits are found; to meet them all an archive would have to be large."""


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[str, Way]:
    """The name of a database, and an index of it."""
    return request.param.partition(",")[0], WAYS[request.param]
