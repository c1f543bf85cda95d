"""What there is to see at the end: from outside what Slack shows, from inside what the database says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from sandbox.lines.requests import EVENT, Answer, Parcel
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from store import tables as t
from store.engine import Store, Tx


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that invariants are about. `standing` are the bot's messages that all can see, by their number in the outbox."""

    accepted: Mapping[str, list[Answer]]
    noted: Mapping[str, bool]
    parcels: list[tuple[Parcel, Answer]]
    standing: Mapping[int, list[Message]]
    reactions: set[tuple[str, str, str]]  # (message ts, emoji, person)
    messages: Mapping[int, Row[Any]]
    cases: Mapping[int, Row[Any]]
    feedback: list[Row[Any]]
    timeline: Mapping[int, list[Row[Any]]]
    nudges: list[Row[Any]]
    drafts: Mapping[int, Row[Any]]
    seen_events: set[str]
    together: Mapping[int, int]  # cases that share a card: number → the flood
    letters: Mapping[str, Row[Any]]  # by their Message-IDs
    received: Mapping[str, int]  # how often the mail server took each
    answered: Collection[str]  # a word of each answer that a customer wrote to one

    def of_kind(self, kind: str) -> list[Row[Any]]:
        """The rows of all messages of a kind, dead or not."""
        return [row for row in self.messages.values() if row.kind == kind]

    def acted(self, kind: str) -> list[dict[str, Any]]:
        """The events of this type that the bot has taken, each once however often it was told."""
        taken = {
            parcel.payload["event_id"]: parcel.payload
            for parcel, answer in self.parcels
            if parcel.kind == EVENT and parcel.payload.get("event", {}).get("type") == kind and answer.ok
        }
        return list(taken.values())


def about(message: Message) -> dict[str, Any]:
    """What the bot's metadata says of a message."""
    return dict((message.metadata or {}).get("event_payload") or {})


def gathered(
    store: Store,
    practice: PracticeWorkspace,
    accepted: Mapping[str, list[Answer]],
    noted: Mapping[str, bool],
    answered: Collection[str] = (),
) -> Evidence:
    """Everything, once nothing moves any more."""
    standing: defaultdict[int, list[Message]] = defaultdict(list)
    for message in practice.messages():
        if message.kind:
            standing[about(message)["message"]].append(message)
    reactions = {
        (message.ts, emoji, person)
        for message in practice.messages()
        for emoji, people in message.reactions.items()
        for person in people
    }

    received = Counter(each.written.name for box in practice.post.mailboxes() for each in box.letters if each.ours)

    def read(tx: Tx) -> Evidence:
        timeline: defaultdict[int, list[Row[Any]]] = defaultdict(list)
        for row in tx.execute(select(t.timeline).order_by(t.timeline.c.id)):
            timeline[row.case_number].append(row)
        return Evidence(
            accepted=accepted,
            noted=noted,
            parcels=list(practice.delivery.sent),
            standing=standing,
            reactions=reactions,
            messages={row.id: row for row in tx.execute(select(t.messages))},
            cases={row.number: row for row in tx.execute(select(t.cases))},
            feedback=list(tx.execute(select(t.feedback))),
            timeline=timeline,
            nudges=list(tx.execute(select(t.nudges))),
            drafts={row.case_number: row for row in tx.execute(select(t.drafts))},
            seen_events=set(tx.scalars(select(t.seen_events.c.event_id))),
            together={r.case_number: r.flood for r in tx.execute(select(t.gathered).where(t.stands_together))},
            letters={row.message_id: row for row in tx.execute(select(t.letters))},
            received=received,
            answered=answered,
        )

    return store.read(read)


def unfinished(tx: Tx, soon: datetime, answered: Collection[str] = ()) -> list[str]:
    """What the bot still has to do: messages not shown as they should be, drafts not written, nudges that come soon, letters, answers unheard."""
    m, d, c = t.messages.c, t.drafts.c, t.cases.c
    owed = [f"message {intent}" for intent in tx.scalars(select(m.intent).where(t.is_owed))]
    unwritten = [f"draft of case {number}" for number in tx.scalars(select(d.case_number).where(t.is_wanted))]
    to_come = [f"nudge of case {number}" for number in tx.scalars(select(c.number).where(c.next_nudge_at <= soon))]
    letters = select(t.letters.c.message_id, t.letters.c.state).where(t.letters.c.state.in_(("waiting", "sought")))
    on_the_way = [f"letter {row.message_id}, {row.state}" for row in tx.execute(letters)]
    said = "\n".join(map(str, tx.scalars(select(t.feedback.c.content)))) if answered else ""
    unheard = [f"answer {word}" for word in answered if word not in said]
    return [*owed, *unwritten, *to_come, *on_the_way, *unheard]


def dump(store: Store, folder: Path) -> None:
    """Writes every table as JSON Lines, for whoever looks for what went wrong once the database is gone."""

    def write(tx: Tx) -> None:
        for table in t.metadata.sorted_tables:
            rows = [json.dumps(dict(row._mapping), default=str) for row in tx.execute(select(table))]
            (folder / f"{table.name}.jsonl").write_text("\n".join(rows))

    store.read(write)
