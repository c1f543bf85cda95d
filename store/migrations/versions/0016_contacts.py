"""A customer who writes back waits anew: the first contact of the time before is kept, and counts on"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_number", _ID, nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.Column("contact_due_at", sa.BigInteger(), nullable=False),
        sa.Column("contacted_at", sa.BigInteger(), nullable=False),
        sa.Column("contacted_by", sa.String(50), nullable=True),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name=op.f("fk_contacts_case_number_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_contacted_at", "contacts", ["contacted_at"])
    op.create_index("ix_contacts_case_number", "contacts", ["case_number"])
