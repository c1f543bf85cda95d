"""Lessons: from what cause a case came, the four lines of what is learned, and the change that somebody makes by a date"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXTS = {"cause": sa.String(100), "expected": sa.Text(), "happened": sa.Text(), "change_by": sa.String(50)}
_INSTANTS = ("lesson_at", "lesson_due_at", "lesson_asked_at", "change_due_at")


def upgrade() -> None:
    """What was learned until now was told as the case was closed; nobody is asked for more of it."""
    for name, kind in _TEXTS.items():
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    for name in _INSTANTS:
        op.add_column("cases", sa.Column(name, sa.BigInteger(), nullable=True))
    op.execute("UPDATE cases SET lesson_at = closed_at WHERE went_wrong IS NOT NULL OR learned IS NOT NULL")
    for name, columns in {"lesson_at": ["lesson_at", "number"], "change_due_at": ["change_due_at"]}.items():
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_cases_{name}", "cases", columns, sqlite_where=there, postgresql_where=there)
