"""The ledger knows when it last looked; tombstones, findings and runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the columns and tables; what was looked at before counts as looked at then."""
    with op.batch_alter_table("articles") as articles:
        articles.add_column(sa.Column("withdrawn_at", MOMENT))
        articles.add_column(sa.Column("withdrawn_evidence", sa.Text()))
    with op.batch_alter_table("ledger") as ledger:
        ledger.add_column(sa.Column("checked_at", MOMENT))
    op.execute("UPDATE ledger SET checked_at = updated_at")
    with op.batch_alter_table("ledger") as ledger:
        ledger.alter_column("checked_at", existing_type=MOMENT, nullable=False)
    op.create_table(
        "findings",
        sa.Column("paper", KEY, nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("page_no", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("told_at", MOMENT),
        sa.PrimaryKeyConstraint("paper", "issue_date", "page_no", "kind", name="pk_findings"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("exit_code", sa.Integer()),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_asked", "runs", ["asked"])


def downgrade() -> None:
    """Takes them away again."""
    op.drop_table("runs")
    op.drop_table("findings")
    with op.batch_alter_table("ledger") as ledger:
        ledger.drop_column("checked_at")
    for column in ("withdrawn_evidence", "withdrawn_at"):
        op.drop_column("articles", column)  # in place: a new table would leave revisions orphaned
