"""Run by alembic: applies migrations to the connection that schema.py puts into the settings."""

from alembic import context

from storage.catalogue.models import Base
from storage.search.index import is_of_index

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_name=lambda name, _kind, _parents: not is_of_index(name),
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite cannot alter a column in place
)
with context.begin_transaction():
    context.run_migrations()
