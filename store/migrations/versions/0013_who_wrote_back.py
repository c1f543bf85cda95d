"""That a customer has answered a contact of ours, however often they wait again"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("wrote_back", sa.Boolean(), nullable=False, server_default="0"))
    op.execute("UPDATE cases SET wrote_back = true WHERE evidence IN ('answered', 'confirmed')")
