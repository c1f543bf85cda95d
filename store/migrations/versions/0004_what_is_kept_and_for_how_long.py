"""Rows of old lose what PostgreSQL's JSON cannot be read with; erased feedback keeps the day; the timeline only grows"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("cases", "feedback", "timeline", "messages", "drafts", "draft_versions", "replies", "opinions", "facts")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# How JSON writes controls and half characters: what is found so is looked at, and much of it will turn out to be neither.
_SUSPECTS = ("u00", *(f"u{half}" for half in ("d8", "d9", "da", "db", "dc", "dd", "de", "df")))


def upgrade() -> None:
    connection = op.get_bind()
    there = sa.MetaData()
    there.reflect(connection, only=_TABLES)
    for table in there.sorted_tables:
        _clean(connection, table)
    op.add_column("feedback", sa.Column("erased_at", sa.BigInteger(), nullable=True))
    for name, which in (("kept", "erased_at IS NULL"), ("harmless", "erased_at IS NULL AND case_number IS NULL")):
        where = sa.text(which)
        op.create_index(f"ix_feedback_{name}", "feedback", ["received_at"], sqlite_where=where, postgresql_where=where)
    private = sa.text("kind IN ('answer', 'contact', 'ask_how', 'notice')")
    op.create_index("ix_messages_private", "messages", ["created_at"], sqlite_where=private, postgresql_where=private)
    for statement in _GUARDS[connection.dialect.name]:
        op.execute(statement)


def _clean(connection: sa.Connection, table: sa.Table) -> None:
    key = list(table.primary_key.columns)
    for column in table.columns:
        if isinstance(column.type, sa.JSON):
            text = sa.cast(column, sa.Text)
            suspect = sa.or_(*(text.like(f"%{each}%") for each in _SUSPECTS))
        elif isinstance(column.type, sa.String) and connection.dialect.name == "sqlite" and not column.primary_key:
            suspect = sa.func.instr(column, sa.func.char(0)) > 0  # PostgreSQL has never taken one
        else:
            continue
        for *identity, found in connection.execute(sa.select(*key, column).where(suspect)).all():
            if (cleaned := _cleaned(found)) != found:
                this = sa.and_(*(name == value for name, value in zip(key, identity, strict=True)))
                connection.execute(sa.update(table).where(this).values({column.name: cleaned}))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", _CONTROL.sub("", re.sub("\r\n?", "\n", value)))
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(part) for name, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else value


# Who is allowed to says so in a row that no other transaction ever sees: store/timeline.py, `rewriting`.
_UNSAID = "NOT EXISTS (SELECT 1 FROM facts WHERE name = 'rewriting')"
_GUARDS = {
    "sqlite": [
        f"""CREATE TRIGGER timeline_only_grows_{change.lower()} BEFORE {change} ON timeline WHEN {_UNSAID}
            BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END"""
        for change in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""CREATE FUNCTION timeline_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {_UNSAID} THEN
                    RAISE EXCEPTION 'the timeline only grows' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END $$""",
        """CREATE TRIGGER timeline_only_grows BEFORE UPDATE OR DELETE ON timeline
            FOR EACH ROW EXECUTE FUNCTION timeline_only_grows()""",
        """CREATE TRIGGER timeline_is_not_emptied BEFORE TRUNCATE ON timeline
            FOR EACH STATEMENT EXECUTE FUNCTION timeline_only_grows()""",
    ],
}
