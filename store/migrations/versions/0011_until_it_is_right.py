"""What would make it right, that the customer ordered again, and by what a good end is known"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("remedy_asked_at", "ordered_at"):
        op.add_column("cases", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("remedy_wanted", "remedy_granted", "remedy_cost"):
        op.add_column("cases", sa.Column(name, sa.Text(), nullable=True))
    for name, length in (("remedy_by", 50), ("sign", 20)):
        op.add_column("cases", sa.Column(name, sa.String(length=length), nullable=True))
