"""What came with letters and may be shown, until Slack has it; and how many files went with what was erased"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "attached",
        sa.Column("id", _ID, nullable=False),
        sa.Column("feedback", _ID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("message", _ID, nullable=True),
        sa.Column("file", sa.String(50), nullable=True),
        sa.Column("why", sa.String(100), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attached"),
        sa.ForeignKeyConstraint(["feedback"], ["feedback.id"], name="fk_attached_feedback_feedback"),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_attached_message_messages"),
    )
    op.create_index("ix_attached_feedback", "attached", ["feedback"])
    op.create_index("ix_attached_message", "attached", ["message"])
    owed = sa.text("next_attempt_at IS NOT NULL")
    op.create_index("ix_attached_owed", "attached", ["next_attempt_at"], sqlite_where=owed, postgresql_where=owed)
    op.add_column("erasures", sa.Column("files", sa.Integer(), nullable=False, server_default="0"))
