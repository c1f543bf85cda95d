"""Whoever is refused at a door has a witness: counted, shown, and told to the lead where a secret may have changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from cases.policy.page import Policy
from handlers.feedback.deliveries import deliveries
from handlers.http.edge import Edge
from handlers.sources import SOURCES
from handlers.terminal.sources_desk import listed
from handlers.world import World
from sandbox.server import PracticeWorkspace
from store import tables as t
from store.engine import Unready

TYPEFORM = SOURCES["typeform"].example
PRIVATE = b'{"comment": "my private words"}'


@pytest.fixture
def edge(world: World) -> Edge:
    secrets = {"typeform": TYPEFORM.secret, "trustpilot": TYPEFORM.secret}
    return Edge(world, None, secrets, None)  # type: ignore[arg-type]  nobody clicks here


def refuse(edge: Edge, times: int = 1) -> None:
    """As often a signature that is of something else."""
    headers = TYPEFORM.sign(b"something else", TYPEFORM.secret, datetime.now(UTC))
    for _ in range(times):
        assert edge.intake("typeform", headers, PRIVATE).status == 401


def lines(edge: Edge) -> str:
    seen = edge.world.store.read(deliveries)
    return "\n".join(listed(Policy(), edge.secrets, {}, seen, edge.world.now()))


def told(world: World) -> list[str]:
    with world.store.engine.connect() as tx:
        rows = tx.execute(t.messages.select().where(t.messages.c.kind == "notice")).all()
    return [str(row.facts) for row in rows]


@pytest.mark.long
def test_thousands_of_refusals_are_one_small_write(edge: Edge) -> None:
    written: list[str] = []
    engine = edge.world.store.engine
    listen = lambda *said: written.append(said[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    refuse(edge, 2_000)
    assert written == []
    edge.witness.write()
    edge.witness.write()
    event.remove(engine, "before_cursor_execute", listen)
    assert len([said for said in written if said.startswith(("INSERT", "UPDATE"))]) <= 2
    with engine.connect() as tx:
        (kept,) = [row.content for row in tx.execute(t.facts.select()) if row.name == "deliveries"]
    assert (list(kept), kept["typeform"]["forged"][0], "private" in json.dumps(kept)) == (["typeform"], 2_000, False)


def test_each_refusal_is_shown_with_what_may_be_behind_it(edge: Edge) -> None:
    refuse(edge, 4)
    edge.intake_unread("typeform", {})
    edge.intake_unread("trustpilot", {"authorization": "Bearer nothing-of-ours"})
    edge.intake("typeform", TYPEFORM.sign(TYPEFORM.body, TYPEFORM.secret, datetime.now(UTC)), TYPEFORM.body)
    edge.witness.write()
    shown = lines(edge)
    assert "refused 4 times since " in shown
    assert "the signature did not fit (is TYPEFORM_SECRET the secret that stands there?)" in shown
    assert "neither a signature nor a token" in shown
    assert "the token was not TRUSTPILOT_SECRET" in shown
    assert "last received " in shown
    assert "nothing-of-ours" not in shown


def test_strangers_names_of_sources_are_not_kept(edge: Edge) -> None:
    edge.intake_unread("pigeon", {})
    edge.witness.write()
    assert edge.world.store.read(deliveries) == {}


def test_lead_hears_once_a_week_that_a_source_is_shut_out(edge: Edge, practice: PracticeWorkspace) -> None:
    heard = []
    for passes in (0, 3, 3, 300, 7 * 24 * 60, 3):
        practice.clock.jump(timedelta(minutes=passes))
        refuse(edge)
        edge.witness.write()
        heard.append(len(told(edge.world)))
    assert heard == [0, 1, 1, 1, 2, 2]
    said, _ = told(edge.world)
    assert "*typeform*" in said
    assert "TYPEFORM_SECRET" in said
    assert "Nothing was ever received there." in said


def test_counts_wait_while_the_database_is_away(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(edge, 2)

    def away(_: object) -> None:
        raise Unready("away")

    with monkeypatch.context() as broken:
        broken.setattr(edge.world.store, "write", away)
        edge.witness.write()
    refuse(edge)
    edge.witness.write()
    assert [seen.count for seen in edge.world.store.read(deliveries)["typeform"].values()] == [3]
