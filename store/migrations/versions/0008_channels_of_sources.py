"""Where a case of a piece of feedback belongs, where policy or a colleague said so"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was taken in before belongs where its source's cases do."""
    op.add_column("feedback", sa.Column("channel", sa.String(100), nullable=True))
