"""Holding a case becomes a lease; people are away or quiet; digests show a chart"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OWED = sa.text("state IN ('wanted', 'uploaded')")


def upgrade() -> None:
    op.add_column("cases", sa.Column("held_since", sa.BigInteger(), nullable=True))
    op.add_column("cases", sa.Column("asked_at", sa.BigInteger(), nullable=True))
    op.add_column("cases", sa.Column("snoozes", sa.Integer(), nullable=False, server_default="0"))
    # Whoever holds a case has held it since the claim.
    op.execute("UPDATE cases SET held_since = claimed_at WHERE owner IS NOT NULL AND status <> 'closed'")
    op.drop_index("ix_cases_contacted_at", table_name="cases")
    op.create_index("ix_cases_contacted_at", "cases", ["contacted_at", "waiting_since"])
    op.add_column("nudges", sa.Column("rule", sa.String(length=200), nullable=True))
    op.create_index("ix_nudges_told_at", "nudges", ["told", "at"])
    op.create_table(
        "people",
        sa.Column("person", sa.String(length=50), nullable=False),
        sa.Column("away_until", sa.BigInteger(), nullable=True),
        sa.Column("quiet_until", sa.BigInteger(), nullable=True),
        sa.Column("in_thread", sa.Boolean(), nullable=False),
        sa.Column("early", sa.Boolean(), nullable=False),
        sa.Column("home_filter", sa.String(length=20), nullable=False),
        sa.Column("home_page", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_people"),
    )
    op.create_table(
        "charts",
        sa.Column("message", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column("file", sa.String(length=50), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_charts_message_messages"),
        sa.PrimaryKeyConstraint("message", name="pk_charts"),
    )
    op.create_index("ix_charts_owed", "charts", ["next_attempt_at"], sqlite_where=_OWED, postgresql_where=_OWED)
