"""A nudge that was given keeps what it was about"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("nudges", sa.Column("when", sa.String(length=20), nullable=True))
    nudges = sa.table("nudges", sa.column("rule", sa.String()), sa.column("when", sa.String()))
    rule = nudges.c.rule
    # Until now the rung's own words told it: those of the policy begin with it, those beside it are nothing else.
    for known in ("unclaimed", "not_contacted", "promised"):
        begins = f'when = "{known}",'
        op.execute(nudges.update().where(sa.func.substr(rule, 1, len(begins)) == begins).values(when=known))
    op.execute(nudges.update().where(rule.in_(("held", "offered", "passed_on"))).values(when=rule))
