"""Every kind of message, and every note, has what it takes to be owed and shown; the words say what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

from cases.messages.kinds import KINDS, Kind, Treated
from cases.messages.notes import NOTES, Acted, Note, Say
from handlers.outbox import notes, render


def missing_of_kinds(
    kinds: Iterable[str], table: Mapping[Any, Treated], renderers: Mapping[Any, object]
) -> Iterator[str]:
    """What the tables lack of these kinds, in words."""
    for kind in kinds:
        treated = table.get(kind)
        if treated is None:
            yield f"the kind {kind} has no row in cases.messages.kinds.KINDS: no priority, no payload"
        elif not treated.carries:
            yield f"the kind {kind} carries no payload"
        if kind not in renderers:
            yield f"the kind {kind} has no renderer in handlers.outbox.render"


def missing_of_notes(
    says: Iterable[str], payloads: Mapping[Any, type[Note]], shown: Mapping[Any, Any]
) -> Iterator[str]:
    """What the tables lack of these notes, in words."""
    for say in says:
        if say not in payloads:
            yield f"the note {say} is in no payload of cases.messages.notes"
        if say not in shown:
            yield f"the note {say} has no renderer in handlers.outbox.notes"
        elif say in payloads and get_type_hints(shown[say])["note"] is not payloads[say]:
            yield f"the renderer of the note {say} takes another payload than {payloads[say].__name__}"


def test_every_kind_has_priority_payload_and_renderer() -> None:
    assert list(missing_of_kinds(Kind, KINDS, render.RENDERERS)) == []


def test_every_note_has_its_payload_and_renderer() -> None:
    assert list(missing_of_notes(Say, NOTES, notes.NOTE_RENDERERS)) == []


def test_kind_without_anything_is_told_of_in_words() -> None:
    assert list(missing_of_kinds(["probe"], KINDS, render.RENDERERS)) == [
        "the kind probe has no row in cases.messages.kinds.KINDS: no priority, no payload",
        "the kind probe has no renderer in handlers.outbox.render",
    ]
    empty = {"probe": Treated(priority=0, carries=())}
    assert list(missing_of_kinds(["probe"], empty, {"probe": None})) == ["the kind probe carries no payload"]


def test_note_without_anything_is_told_of_in_words() -> None:
    assert list(missing_of_notes(["probe"], NOTES, notes.NOTE_RENDERERS)) == [
        "the note probe is in no payload of cases.messages.notes",
        "the note probe has no renderer in handlers.outbox.notes",
    ]
    wrong = notes.NOTE_RENDERERS[Say.LET_GO]
    assert list(missing_of_notes([Say.JOINED], NOTES, {Say.JOINED: wrong})) == [
        "the renderer of the note joined takes another payload than Heard"
    ]


def test_no_payload_belongs_to_two_kinds() -> None:
    payloads = [payload for treated in KINDS.values() for payload in treated.carries]
    assert len(payloads) == len(set(payloads))
    assert {Acted, *NOTES.values()} == set(KINDS[Kind.NOTE].carries)
