"""Keys of customers belong to the feedback they came with; deliveries, erasures and joined cases are remembered"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # The keys are made anew from the feedback at the next start, by the rules of that version.
    op.drop_table("customer_keys")
    op.create_table(
        "customer_keys",
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("feedback", _ID, nullable=False),
        sa.ForeignKeyConstraint(["feedback"], ["feedback.id"], name="fk_customer_keys_feedback_feedback"),
        sa.PrimaryKeyConstraint("key", "feedback", name="pk_customer_keys"),
    )
    op.create_index("ix_customer_keys_feedback", "customer_keys", ["feedback"])
    op.add_column("feedback", sa.Column("said_at", sa.BigInteger(), nullable=True))
    op.add_column("feedback", sa.Column("events", sa.JSON(), nullable=True))
    op.add_column("feedback", sa.Column("once_in", sa.JSON(), nullable=True))
    op.add_column("feedback", sa.Column("erased_words", sa.String(length=64), nullable=True))
    op.add_column("cases", sa.Column("perhaps", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("cases", sa.Column("joined_into", _ID, nullable=True))
    op.create_table(
        "erasures",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("feedback", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_erasures"),
    )
