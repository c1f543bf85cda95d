"""Cases that share a card, because too many came at once"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every case there is has a card of its own."""
    op.create_table(
        "gathered",
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False),
        sa.Column("flood", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("own_card_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("case_number", name="pk_gathered"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_gathered_case_number_cases"),
        sa.ForeignKeyConstraint(["flood"], ["cases.number"], name="fk_gathered_flood_cases"),
    )
    op.create_index("ix_gathered_flood", "gathered", ["flood"])
