"""What Prometheus may ask: counters of this process, and gauges read from the database when asked."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest

from cases.model import Status
from handlers import retention
from handlers.world import World
from store import cases, feedback, messages
from store.retention import Over

CONTENT_TYPE = CONTENT_TYPE_LATEST
_REGISTRY = CollectorRegistry()
INTAKE = Counter("amends_intake", "Intake requests by source and answer.", ["source", "status"], registry=_REGISTRY)
_CASES = Gauge("amends_cases", "Open cases by what they wait for.", ["status"], registry=_REGISTRY)
_MESSAGES = Gauge("amends_messages", "Messages owed to Slack, and messages given up.", ["state"], registry=_REGISTRY)
_UNSCORED = Gauge("amends_feedback_unscored", "Feedback whose words await their score.", registry=_REGISTRY)
_RETENTION = Gauge(
    "amends_retention_erased", "What the latest night's work has erased so far.", ["what"], registry=_REGISTRY
)
_RETENTION_AT = Gauge(
    "amends_retention_at_seconds", "When the latest night's work was last at it, since the epoch.", registry=_REGISTRY
)


def page(world: World) -> bytes:
    """The page, with gauges as of now."""
    by_status = world.store.read(cases.count_by_status)
    for status in Status:
        if status is not Status.CLOSED:
            _CASES.labels(status=status.value).set(by_status.get(status, 0))
    for state, count in world.store.read(messages.counts).items():
        _MESSAGES.labels(state=state).set(count)
    _UNSCORED.set(world.store.read(feedback.how_many_unscored))
    if (last := world.store.read(retention.last)) is not None:
        for what in fields(Over):
            _RETENTION.labels(what=what.name).set(last["gone"].get(what.name, 0))
        _RETENTION_AT.set(datetime.fromisoformat(last["at"]).timestamp())
    return generate_latest(_REGISTRY)
