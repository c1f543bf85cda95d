"""The score of what was said, since when it is owed, and what the last decision stood on while it is"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was taken in before owes no score: it has been decided, and people have seen to it."""
    for owed in ("unscored", "pending"):
        since = f"{owed}_since"
        op.add_column("feedback", sa.Column(since, sa.BigInteger(), nullable=True))
        where = sa.text(f"{since} IS NOT NULL")
        op.create_index(f"ix_feedback_{owed}", "feedback", [since], sqlite_where=where, postgresql_where=where)
    op.add_column("feedback", sa.Column("score", sa.JSON(), nullable=True))
    op.add_column("feedback", sa.Column("decided", sa.JSON(), nullable=True))
