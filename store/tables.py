"""The tables of Amends as SQLAlchemy Core sees them; instants are UTC epoch milliseconds on every database."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    and_,
    literal_column,
    select,
)

from cases.model import PRACTICE
from store.columns import Id as Id
from store.columns import Instant as Instant
from store.columns import Line as Line
from store.columns import Prose as Prose
from store.columns import Until as Until
from store.columns import partial

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

cases = Table(
    "cases",
    metadata,
    Column("number", Id, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("channel", Line(100), nullable=False),
    Column("status", Line(20), nullable=False),
    Column("severity", Line(20), nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("title", Prose, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("earlier", JSON, nullable=False),
    Column("perhaps", JSON, nullable=False, server_default="[]"),
    Column("owner", Line(50)),
    Column("opened_at", Instant, nullable=False),
    Column("unclaimed_since", Instant, nullable=False),
    Column("waiting_since", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
    Column("claim_due_at", Instant, nullable=False),
    Column("contact_due_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("held_since", Instant),
    Column("asked_at", Instant),
    Column("contacted_at", Instant),
    Column("contacted_by", Line(50)),
    Column("contacted_how", Line(20)),
    Column("evidence", Line(20)),
    Column("evidence_at", Instant),
    Column("evidence_by", Line(200)),
    Column("evidence_how", Line(20)),
    Column("evidence_from", Line(200)),
    Column("wrote_back", Boolean, nullable=False, server_default="0"),
    Column("tries", JSON, nullable=False, server_default="[]"),
    Column("rests_until", Instant),
    Column("look_back_at", Instant),
    Column("closed_at", Instant),
    Column("closed_by", Line(50)),
    Column("outcome", Line(20)),
    Column("cause", Line(100)),
    Column("expected", Prose),
    Column("happened", Prose),
    Column("went_wrong", Prose),
    Column("learned", Prose),
    Column("lesson_at", Instant),
    Column("lesson_due_at", Instant),
    Column("lesson_asked_at", Instant),
    Column("change_by", Line(50)),
    Column("change_due_at", Instant),
    Column("snoozed_until", Instant),
    Column("snooze_reason", Prose),
    Column("snoozes", Integer, nullable=False, server_default="0"),
    Column("promises", JSON, nullable=False, server_default="[]"),  # not kept yet: what, due, since when, whose
    Column("promise_due_at", Instant),  # of the nearest of them
    Column("promise_broken_at", Instant),
    Column("remedy_asked_at", Instant),
    Column("remedy_wanted", Prose),
    Column("remedy_granted", Prose),
    Column("remedy_by", Line(50)),
    Column("remedy_cost", Prose),
    Column("ordered_at", Instant),
    Column("sign", Line(20)),
    Column("asks_no_contact", Boolean, nullable=False),
    Column("contact_decision", Prose),
    Column("by_reaction", Line(100)),
    Column("nudge_seq", Integer, nullable=False),
    Column("nudged_until", Instant),
    Column("next_nudge_at", Instant),
    Column("joined_into", Id),  # the case that goes on with this one
)
# Conditions of partial indexes are also used, as they stand, in queries: a bound value would hide the index from the planner.
is_open = cases.c.status != literal_column("'closed'")
is_planned = cases.c.next_nudge_at.is_not(None)  # a closed case is, for as long as it owes something
partial("ix_cases_next_nudge_at", cases.c.next_nudge_at, where=is_planned)
partial("ix_cases_open", cases.c.waiting_since, cases.c.number, where=is_open)
partial("ix_cases_open_owner", cases.c.owner, where=is_open)
has_lesson = cases.c.lesson_at.is_not(None)
partial("ix_cases_lesson_at", cases.c.lesson_at, cases.c.number, where=has_lesson)
has_change = cases.c.change_due_at.is_not(None)
partial("ix_cases_change_due_at", cases.c.change_due_at, where=has_change)
# Medians of the time to contact are read from the index alone.
Index("ix_cases_contacted_at", cases.c.contacted_at, cases.c.waiting_since)
Index("ix_cases_closed_at", cases.c.closed_at)
Index("ix_cases_opened_at", cases.c.opened_at)

# Of a case whose customer waits anew: the first contact of each time before. The latest stands in the case itself.
contacts = Table(
    "contacts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("severity", Line(20), nullable=False),
    Column("waiting_since", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
    Column("contact_due_at", Instant, nullable=False),
    Column("contacted_at", Instant, nullable=False),
    Column("contacted_by", Line(50)),
    Column("evidence", Line(20), nullable=False),
    Index("ix_contacts_contacted_at", "contacted_at"),
    Index("ix_contacts_case_number", "case_number"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Line(200), nullable=False),
    Column("external_id", Line(200), nullable=False),
    Column("case_number", Id, ForeignKey("cases.number"), index=True),
    Column("received_at", Instant, nullable=False),
    Column("content", JSON, nullable=False),  # the data object of the generic intake, whole
    Column("assessment", JSON, nullable=False),
    Column("said_at", Instant),  # when the latest of it was said, as far as anybody told
    Column("events", JSON),  # the vendor's ids of the deliveries it came with, the last few
    Column("erased_at", Instant),  # since when neither words nor names are in it
    Column("once_in", JSON),  # numbers of the cases it was in before, as it was moved
    Column("erased_words", Line(64)),  # a keyed digest: whether somebody sends the same words again
    Column("score", JSON),  # of its words
    Column("unscored_since", Instant),  # since when that is owed: when we heard them
    Column("pending_since", Instant),  # the same, as long as nothing is decided without it
    Column("decided", JSON),  # of an update that is pending: what the last decision was made of, and when that was said
    Column("channel", Line(100)),  # where a case of it belongs, where that is not by its source
    UniqueConstraint("source", "external_id"),
)
is_kept = feedback.c.erased_at.is_(None)
is_harmless = and_(is_kept, feedback.c.case_number.is_(None))
is_unscored = feedback.c.unscored_since.is_not(None)
partial("ix_feedback_unscored", feedback.c.unscored_since, where=is_unscored)
is_pending = feedback.c.pending_since.is_not(None)
partial("ix_feedback_pending", feedback.c.pending_since, where=is_pending)
partial("ix_feedback_kept", feedback.c.received_at, where=is_kept)
partial("ix_feedback_harmless", feedback.c.received_at, where=is_harmless)

# Invented cases, for practice: whatever counts, lists or exports cases leaves them out.
is_real = cases.c.number.not_in(
    select(feedback.c.case_number).where(
        feedback.c.source == literal_column(f"'{PRACTICE}'"), feedback.c.case_number.is_not(None)
    )
)

# What tells that two pieces of feedback are one customer's, and ("word:…") by what one is found; each key belongs to the
# feedback it came with.
customer_keys = Table(
    "customer_keys",
    metadata,
    Column("key", Line(600), primary_key=True),
    Column("feedback", Id, ForeignKey("feedback.id"), primary_key=True, index=True),
)

# Receipts: that somebody was forgotten, and how much went; not who it was.
erasures = Table(
    "erasures",
    metadata,
    Column("number", Line(40), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("of", Line(64), nullable=False),  # a keyed digest of the words by which they were meant
    Column("feedback", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("files", Integer, nullable=False, server_default="0"),
)

timeline = Table(
    "timeline",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_number", Id, ForeignKey("cases.number"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("actor", Line(50)),
    Column("action", Line(40), nullable=False),
    Column("via", Line(20), nullable=False),
    Column("facts", JSON, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("intent", Line(200), nullable=False, unique=True),
    Column("kind", Line(20), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("case_number", Id, ForeignKey("cases.number"), index=True),
    Column("channel", Line(100), nullable=False),  # a channel id, or a person's id: a direct message
    Column("thread_of", Id, ForeignKey("messages.id")),
    Column("thread_ts", Line(40)),
    Column("only_for", Line(50)),  # a person's id: an ephemeral message
    Column("facts", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("owed_since", Instant, nullable=False),  # when it was last up to date, or was first owed
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("posted_in", Line(100)),
    Column("ts", Line(40)),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Until, nullable=False),
    Column("lease_until", Until),
    Column("fence", Integer, nullable=False),
    Column("posting_since", Instant),  # a post was begun and its fate is not known
    Column("dead", Line(200)),  # why Slack will never show it
    Column("settled", Boolean, nullable=False),  # it has said its last word
)
is_owed = and_(messages.c.shown < messages.c.wanted, messages.c.dead.is_(None))
stands_nowhere = and_(is_owed, messages.c.ts.is_(None), messages.c.posting_since.is_(None))
# What one person alone is told, and what is soon of no use to anybody.
is_private = messages.c.kind.in_([literal_column(f"'{kind}'") for kind in ("answer", "contact", "ask_how", "notice")])
partial("ix_messages_private", messages.c.created_at, where=is_private)
partial("ix_messages_owed", messages.c.priority, messages.c.id, where=is_owed)
partial("ix_messages_dead", messages.c.dead, where=messages.c.dead.is_not(None))
Index("ix_messages_posted_in_ts", messages.c.posted_in, messages.c.ts)

# Cases that came with so many others that they share a card; a flood goes by the number of its first case.
gathered = Table(
    "gathered",
    metadata,
    Column("case_number", Id, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("flood", Id, ForeignKey("cases.number"), nullable=False, index=True),
    Column("own_card_at", Instant),  # since when it has a card of its own
)
stands_together = gathered.c.own_card_at.is_(None)

pauses = Table(
    "pauses",
    metadata,
    Column("method", Line(60), primary_key=True),
    Column("channel", Line(100), primary_key=True),
    Column("until", Until, nullable=False),
)

seen_events = Table(
    "seen_events",
    metadata,
    Column("event_id", Line(100), primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)

drafts = Table(
    "drafts",
    metadata,
    Column("case_number", Id, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("state", Line(20), nullable=False),
    Column("origin", Line(20), nullable=False),
    Column("reply", JSON),
    Column("author", Line(50)),
    Column("failure", Line(60)),
    Column("approved_by", Line(50)),
    Column("approved_at", Instant),
    Column("override", Prose),  # why findings that block were overruled
    Column("overruled_by", Line(50)),
    Column("prompt_hash", Line(64)),
    Column("instruction", Prose),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Until, nullable=False),
    Column("lease_until", Until),
)
is_wanted = drafts.c.state == literal_column("'wanted'")
partial("ix_drafts_wanted", drafts.c.next_attempt_at, where=is_wanted)

draft_versions = Table(
    "draft_versions",
    metadata,
    Column("case_number", Id, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("origin", Line(20), nullable=False),
    Column("author", Line(50)),
    Column("prompt_hash", Line(64)),
    Column("reply", JSON, nullable=False),
)

replies = Table(
    "replies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_number", Id, ForeignKey("cases.number"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("approved_by", Line(50), nullable=False),
    Column("subject", Prose, nullable=False),
    Column("body", Prose, nullable=False),
    Column("promises", JSON, nullable=False),  # dated promises: words and instant
    Column("prompt_hash", Line(64)),
    Column("use", Line(20), nullable=False),  # how much of the proposal is in it
    UniqueConstraint("case_number", "version"),
)

# Near-copies of a reply share a band with it almost surely, so that looking for them reads a few rows, not all replies.
reply_bands = Table(
    "reply_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("reply", Id, ForeignKey("replies.id"), primary_key=True, autoincrement=False),
)

# Approved replies that were sent: one row for each version, so that none goes out twice.
letters = Table(
    "letters",
    metadata,
    Column("case_number", Id, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("address", Line(320), nullable=False),
    Column("sent_by", Line(50), nullable=False),
    Column("message_id", Line(200), nullable=False, unique=True),
    Column("token", Line(40), nullable=False, unique=True),
    Column("state", Line(20), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Until, nullable=False),
    Column("lease_until", Until),
    Column("begun_at", Instant),  # its first word was about to leave
    Column("ended_at", Instant),
    Column("why", Line(300)),  # what the server, or the line, had to say when it did not go out
)
is_to_go = letters.c.state == literal_column("'waiting'")
partial("ix_letters_to_go", letters.c.next_attempt_at, where=is_to_go)
is_in_doubt = letters.c.state.in_([literal_column("'sought'"), literal_column("'unknown'")])
Index("ix_letters_address", letters.c.address, letters.c.asked_at)

opinions = Table(
    "opinions",
    metadata,
    Column("case_number", Id, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("done", Boolean, nullable=False),
    Column("opinion", JSON),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Until, nullable=False),
    Column("lease_until", Until),
)

is_awaited = opinions.c.done.is_not(literal_column("TRUE"))
partial("ix_opinions_awaited", opinions.c.next_attempt_at, where=is_awaited)

nudges = Table(
    "nudges",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_number", Id, ForeignKey("cases.number"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("told", Line(100), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("message", Id, ForeignKey("messages.id"), nullable=False),
    Column("rule", Line(200)),  # the rung in words, as the policy had it
    Column("when", Line(20)),  # what it was about
    UniqueConstraint("case_number", "seq", "told"),
)
Index("ix_nudges_told_at", nudges.c.told, nudges.c.at)

people = Table(
    "people",
    metadata,
    Column("person", Line(50), primary_key=True),
    Column("away_until", Instant),
    Column("quiet_until", Instant),
    Column("in_thread", Boolean, nullable=False),  # reminders go to the case's thread rather than to a direct message
    Column("early", Boolean, nullable=False),  # reminders ahead of a deadline are wanted
    Column("home_filter", Line(20), nullable=False),
    Column("home_page", Integer, nullable=False),
)

# What our messages show: files that came with letters, with their bytes until Slack has them and Slack's id until Slack has them no more,
# and the pictures of digests, which belong to no feedback and are drawn when they are sent.
attached = Table(
    "attached",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feedback", Id, ForeignKey("feedback.id"), index=True),
    Column("name", Line(100), nullable=False),
    Column("alt", Line(1000)),  # what a picture of ours shows, in words
    Column("size", Integer, nullable=False),  # bytes
    Column("content", LargeBinary),
    Column("state", Line(20), nullable=False),
    Column("message", Id, ForeignKey("messages.id"), index=True),  # that shows it
    Column("file", Line(50)),  # Slack's id, since before the bytes go there
    Column("why", Line(100)),  # Slack's word, where it will not show it
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Until),
    Column("lease_until", Until),
)
is_on_its_way = attached.c.next_attempt_at.is_not(None)
partial("ix_attached_owed", attached.c.next_attempt_at, where=is_on_its_way)

model_calls = Table(
    "model_calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_number", Id, ForeignKey("cases.number"), index=True),
    Column("at", Instant, nullable=False, index=True),
    Column("prompt", Line(60), nullable=False),
    Column("prompt_hash", Line(64), nullable=False),
    Column("model", Line(100), nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("latency_ms", Integer, nullable=False),
    Column("failure", Line(60)),
)

facts = Table(
    "facts",
    metadata,
    Column("name", Line(60), primary_key=True),
    Column("content", JSON, nullable=False),
)
