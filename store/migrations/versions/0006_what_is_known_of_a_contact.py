"""What is known of a contact, attempts, several promises, looking back, and when we heard of what a customer waits for"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("heard_at", sa.BigInteger(), nullable=False, server_default="0"))
    for name in ("evidence_at", "rests_until", "look_back_at", "promise_broken_at"):
        op.add_column("cases", sa.Column(name, sa.BigInteger(), nullable=True))
    for name, length in (("evidence", 20), ("evidence_by", 200), ("evidence_how", 20), ("evidence_from", 200)):
        op.add_column("cases", sa.Column(name, sa.String(length=length), nullable=True))
    for name in ("tries", "promises"):
        op.add_column("cases", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE cases SET heard_at = waiting_since"))
    # Until now a click counted: what was told of how makes the difference.
    connection.execute(
        sa.text(
            "UPDATE cases SET evidence = CASE WHEN contacted_how IS NULL THEN 'clicked' ELSE 'told' END,"
            " evidence_at = contacted_at, evidence_by = contacted_by, evidence_how = contacted_how"
            " WHERE contacted_at IS NOT NULL"
        )
    )
    _promises_listed(connection)
    # Until now a promise ended with its case: what was closed long ago does not become overdue today.
    connection.execute(sa.text("UPDATE cases SET promise_due_at = NULL WHERE status = 'closed'"))
    op.drop_column("cases", "promise")
    op.drop_column("cases", "promised_at")
    if connection.dialect.name == "postgresql":
        op.alter_column("cases", "heard_at", server_default=None)


def _promises_listed(connection: sa.Connection) -> None:
    """One promise of a case becomes the first of several; one without a date or words was none."""
    query = "SELECT number, promise, promise_due_at, promised_at, opened_at FROM cases WHERE promise_due_at IS NOT NULL AND status <> 'closed'"
    listed = [
        {"the_number": number, "listed": [[what or "", due, made or opened, None]]}
        for number, what, due, made, opened in connection.execute(sa.text(query))
    ]
    if listed:
        cases = sa.table("cases", sa.column("number", sa.BigInteger()), sa.column("promises", sa.JSON()))
        written = cases.update().values(promises=sa.bindparam("listed", type_=sa.JSON()))
        connection.execute(written.where(cases.c.number == sa.bindparam("the_number")), listed)
