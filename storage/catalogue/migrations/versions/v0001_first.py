"""The first tables. models.py says what each column is for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes every table, those that others cite first."""
    _make_captures()
    _make_pages()
    _make_articles()
    _make_entries()
    _make_states()


def downgrade() -> None:
    """Drops every table."""
    for table in ("host_gates", "ledger", "entries", "accounts", "revisions", "articles", "pages"):
        op.drop_table(table)
    for table in ("issues", "papers", "captures"):
        op.drop_table(table)


def _make_captures() -> None:
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", KEY, nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("captured_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("file", "offset", name="uq_captures_file_offset"),
    )
    op.create_index("ix_captures_sha256", "captures", ["sha256"])
    op.create_index("ix_captures_url", "captures", ["url"])


def _make_pages() -> None:
    op.create_table(
        "papers",
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_papers"),
    )
    op.create_table(
        "issues",
        sa.Column("paper", KEY, nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["paper"], ["papers.slug"], name="fk_issues_paper"),
        sa.PrimaryKeyConstraint("paper", "issue_date", name="pk_issues"),
    )
    op.create_table(
        "pages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("paper", KEY, nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("page_no", KEY, nullable=False),
        sa.Column("page_order", sa.Integer(), nullable=False),
        sa.Column("page_label", sa.Text(), nullable=False),
        sa.Column("page_name", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("facsimile_url", sa.Text()),
        sa.Column("pdf_url", sa.Text()),
        sa.Column("previous_url", sa.Text()),
        sa.Column("next_url", sa.Text()),
        sa.Column("printed_date", sa.Date()),
        sa.Column("page_links", sa.JSON(), nullable=False),
        sa.Column("capture_id", sa.Integer()),
        sa.Column("read_at", MOMENT),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_pages_capture_id"),
        sa.ForeignKeyConstraint(
            ["paper", "issue_date"],
            ["issues.paper", "issues.issue_date"],
            name="fk_pages_paper_issue_date",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint(
            "paper", "issue_date", "page_no", name="uq_pages_paper_issue_date_page_no"
        ),
    )
    op.create_index("ix_pages_capture_id", "pages", ["capture_id"])


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("native_id", sa.Text()),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_articles_page_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("page_id", "native_id", name="uq_articles_page_id_native_id"),
    )
    op.create_index("ix_articles_page_id_order_id", "articles", ["page_id", "order", "id"])
    op.create_index("ix_articles_status", "articles", ["status"])
    op.create_table(
        "revisions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("page_label", sa.Text(), nullable=False),
        *[
            sa.Column(name, sa.Text())
            for name in ("page_name", "kicker", "headline", "deck", "column", "byline")
        ],
        sa.Column("contributors", sa.JSON(), nullable=False),
        sa.Column("dateline", sa.Text()),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("char_count", sa.Integer(), nullable=False),
        sa.Column("author_note", sa.Text()),
        sa.Column("page_credits", sa.Text()),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("continues_to", sa.Text()),
        sa.Column("continued_from", sa.Text()),
        sa.Column("residue", sa.JSON()),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_revisions_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_revisions_capture_id"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revisions"),
    )
    op.create_index("ix_revisions_capture_id", "revisions", ["capture_id"])
    op.create_table(
        "accounts",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "number"],
            ["revisions.article_id", "revisions.number"],
            name="fk_accounts_article_id_number",
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_accounts"),
    )


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("order", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("native_id", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("mapped", sa.Boolean(), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("article_id", KEY),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_entries_article_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_entries_page_id"),
        sa.PrimaryKeyConstraint("page_id", "order", name="pk_entries"),
    )
    op.create_index("ix_entries_article_id", "entries", ["article_id"])


def _make_states() -> None:
    op.create_table(
        "ledger",
        sa.Column("paper", KEY, nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("page_no", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT),
        sa.Column("evidence", sa.Text()),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("paper", "issue_date", "page_no", name="pk_ledger"),
    )
    op.create_index("ix_ledger_state", "ledger", ["state"])
    op.create_table(
        "host_gates",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_host_gates"),
    )
