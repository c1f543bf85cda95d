"""The score of what was said, since when it is owed, and what the last decision stood on while it is"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was taken in before owes no score: it has been decided, and people have seen to it."""
    op.add_column("feedback", sa.Column("unscored_since", sa.BigInteger(), nullable=True))
    op.add_column("feedback", sa.Column("score", sa.JSON(), nullable=True))
    op.add_column("feedback", sa.Column("decided", sa.JSON(), nullable=True))
    where = sa.text("unscored_since IS NOT NULL")
    op.create_index("ix_feedback_unscored", "feedback", ["unscored_since"], sqlite_where=where, postgresql_where=where)
