"""The search index, empty: the program fills it when it opens the archive to write."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from press.errors import SettingError

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
FTS5 = """
CREATE VIRTUAL TABLE search_index USING fts5(
    body, headline, kicker, deck, byline, caption, "column", page_name, author_note, page_credits,
    content='', tokenize='ascii'
)
"""
GRAMS = """
CREATE FUNCTION search_grams(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100000 AS $$
    SELECT array_agg(one || coalesce(next, '')) || string_to_array(folded, NULL)
    FROM unnest(string_to_array(folded, NULL), string_to_array(substr(folded, 2), NULL))
        AS pairs(one, next)
$$
"""
"""Each character of a text and each pair, some more than once: GIN keeps each once."""


def upgrade() -> None:
    """Makes the tables, and what the database of this archive searches with."""
    op.create_table(
        "search_docs",
        sa.Column("doc", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("paper", KEY, nullable=False),
        sa.Column("page_order", sa.Integer(), nullable=False),
        sa.Column("page_no", KEY, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("folded", KEY),
        sa.PrimaryKeyConstraint("doc", name="pk_search_docs"),
        sa.UniqueConstraint("article_id", name="uq_search_docs_article_id"),
    )
    op.create_table(
        "search_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_search_version"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS5)
    else:
        _prepare_postgresql()


def downgrade() -> None:
    """Takes them away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("search_index")
    op.drop_table("search_version")
    op.drop_table("search_docs")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION search_grams(text)")


def _prepare_postgresql() -> None:
    database = op.get_bind()
    encoding = database.scalar(sa.text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise SettingError(
            f"the database has the encoding {encoding}: make one with ENCODING 'UTF8'"
        )
    has_lz4 = sa.text(
        "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
    )
    if database.scalar(has_lz4):  # unpacks four times as fast, and each text looked at is unpacked
        op.execute("ALTER TABLE search_docs ALTER COLUMN folded SET COMPRESSION lz4")
    op.execute(GRAMS)
