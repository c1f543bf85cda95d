"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(length=50), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("unclaimed_since", sa.BigInteger(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=False),
        sa.Column("claim_due_at", sa.BigInteger(), nullable=False),
        sa.Column("contact_due_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("contacted_at", sa.BigInteger(), nullable=True),
        sa.Column("contacted_by", sa.String(length=50), nullable=True),
        sa.Column("contacted_how", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.String(length=50), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("went_wrong", sa.Text(), nullable=True),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("snooze_reason", sa.Text(), nullable=True),
        sa.Column("promise", sa.Text(), nullable=True),
        sa.Column("promise_due_at", sa.BigInteger(), nullable=True),
        sa.Column("promised_at", sa.BigInteger(), nullable=True),
        sa.Column("asks_no_contact", sa.Boolean(), nullable=False),
        sa.Column("contact_decision", sa.Text(), nullable=True),
        sa.Column("by_reaction", sa.String(length=100), nullable=True),
        sa.Column("nudge_seq", sa.Integer(), nullable=False),
        sa.Column("nudged_until", sa.BigInteger(), nullable=True),
        sa.Column("next_nudge_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_cases"),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_closed_at", ["closed_at"], unique=False)
        batch_op.create_index("ix_cases_contacted_at", ["contacted_at"], unique=False)
        batch_op.create_index(
            "ix_cases_next_nudge_at",
            ["next_nudge_at"],
            unique=False,
            sqlite_where=sa.text("next_nudge_at IS NOT NULL"),
            postgresql_where=sa.text("next_nudge_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_cases_open",
            ["waiting_since", "number"],
            unique=False,
            sqlite_where=sa.text("status != 'closed'"),
            postgresql_where=sa.text("status != 'closed'"),
        )
        batch_op.create_index(
            "ix_cases_open_owner",
            ["owner"],
            unique=False,
            sqlite_where=sa.text("status != 'closed'"),
            postgresql_where=sa.text("status != 'closed'"),
        )
        batch_op.create_index("ix_cases_opened_at", ["opened_at"], unique=False)

    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "pauses",
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("method", "channel", name="pk_pauses"),
    )
    op.create_table(
        "seen_events",
        sa.Column("event_id", sa.String(length=100), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_seen_events"),
    )
    with op.batch_alter_table("seen_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_events_at"), ["at"], unique=False)

    op.create_table(
        "customer_keys",
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_customer_keys_case_number_cases"),
        sa.PrimaryKeyConstraint("key", "case_number", name="pk_customer_keys"),
    )
    op.create_table(
        "draft_versions",
        sa.Column(
            "case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=50), nullable=True),
        sa.Column("prompt_hash", sa.String(length=64), nullable=True),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_draft_versions_case_number_cases"),
        sa.PrimaryKeyConstraint("case_number", "version", name="pk_draft_versions"),
    )
    op.create_table(
        "drafts",
        sa.Column(
            "case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=True),
        sa.Column("author", sa.String(length=50), nullable=True),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=50), nullable=True),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("override", sa.Text(), nullable=True),
        sa.Column("overruled_by", sa.String(length=50), nullable=True),
        sa.Column("prompt_hash", sa.String(length=64), nullable=True),
        sa.Column("instruction", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_drafts_case_number_cases"),
        sa.PrimaryKeyConstraint("case_number", name="pk_drafts"),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_drafts_wanted",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=sa.text("state = 'wanted'"),
            postgresql_where=sa.text("state = 'wanted'"),
        )

    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("assessment", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_feedback_case_number_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("source", "external_id", name="uq_feedback_source_external_id"),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_case_number"), ["case_number"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("intent", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("thread_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("thread_ts", sa.String(length=40), nullable=True),
        sa.Column("only_for", sa.String(length=50), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("owed_since", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("posted_in", sa.String(length=100), nullable=True),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("posting_since", sa.BigInteger(), nullable=True),
        sa.Column("dead", sa.String(length=200), nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_messages_case_number_cases"),
        sa.ForeignKeyConstraint(["thread_of"], ["messages.id"], name="fk_messages_thread_of_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("intent", name="uq_messages_intent"),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_case_number"), ["case_number"], unique=False)
        batch_op.create_index(
            "ix_messages_dead",
            ["dead"],
            unique=False,
            sqlite_where=sa.text("dead IS NOT NULL"),
            postgresql_where=sa.text("dead IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_messages_owed",
            ["priority", "id"],
            unique=False,
            sqlite_where=sa.text("shown < wanted AND dead IS NULL"),
            postgresql_where=sa.text("shown < wanted AND dead IS NULL"),
        )
        batch_op.create_index("ix_messages_posted_in_ts", ["posted_in", "ts"], unique=False)

    op.create_table(
        "model_calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("prompt", sa.String(length=60), nullable=False),
        sa.Column("prompt_hash", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("latency_ms", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_model_calls_case_number_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_model_calls"),
    )
    with op.batch_alter_table("model_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model_calls_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_model_calls_case_number"), ["case_number"], unique=False)

    op.create_table(
        "opinions",
        sa.Column(
            "case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_opinions_case_number_cases"),
        sa.PrimaryKeyConstraint("case_number", name="pk_opinions"),
    )
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_opinions_awaited",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=sa.text("done IS NOT TRUE"),
            postgresql_where=sa.text("done IS NOT TRUE"),
        )

    op.create_table(
        "replies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.String(length=50), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("promises", sa.JSON(), nullable=False),
        sa.Column("prompt_hash", sa.String(length=64), nullable=True),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_replies_case_number_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.UniqueConstraint("case_number", "version", name="uq_replies_case_number_version"),
    )
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replies_case_number"), ["case_number"], unique=False)

    op.create_table(
        "timeline",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=50), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("via", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_timeline_case_number_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_timeline"),
    )
    with op.batch_alter_table("timeline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timeline_case_number"), ["case_number"], unique=False)

    op.create_table(
        "nudges",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=100), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_nudges_case_number_cases"),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_nudges_message_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sa.UniqueConstraint("case_number", "seq", "told", name="uq_nudges_case_number_seq_told"),
    )
    op.create_table(
        "reply_bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reply", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reply"], ["replies.id"], name="fk_reply_bands_reply_replies"),
        sa.PrimaryKeyConstraint("band", "reply", name="pk_reply_bands"),
    )
