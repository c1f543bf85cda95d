"""The pictures of digests go into Slack as what came with letters does, and are kept in the same table"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attached") as attached:
        attached.alter_column(
            "feedback", existing_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        )
        attached.add_column(sa.Column("alt", sa.String(1000), nullable=True))
    op.execute(
        "INSERT INTO attached (name, size, state, message, file, alt, attempts, next_attempt_at)"
        " SELECT 'four-weeks.png', 0, CASE state WHEN 'given_up' THEN 'refused' ELSE state END, message, file,"
        " 'The last four weeks', attempts, CASE WHEN state IN ('wanted', 'uploaded') THEN next_attempt_at END FROM charts"
    )
    op.drop_table("charts")
