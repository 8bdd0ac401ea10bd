"""Which index belongs to which database."""

from sqlalchemy.orm import Session

from storage.search.index import Index
from storage.search.postgresql import PostgresIndex
from storage.search.sqlite import SqliteIndex


def index_of(session: Session) -> Index:
    """The search index of the session's database, within its transaction."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return SqliteIndex(session) if is_sqlite else PostgresIndex(session)
