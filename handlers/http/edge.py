"""The HTTP edge: what each address does with a request, checked signatures and plain answers; it knows no web framework."""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

from cases.arrivals.feedback import BadFeedback
from cases.arrivals.json_fields import write_json
from cases.model import Feedback
from handlers.feedback.batch import arrived_together
from handlers.feedback.intake import Arrival
from handlers.http import metrics
from handlers.overdue import overdue
from handlers.sources import SOURCES, BadSignature
from handlers.world import World
from store.engine import AWAY, what_is_away

log = logging.getLogger(__name__)
_RETRY_AFTER = "5"  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer before any server: what tests and the edge share. Header names are in small letters."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posted:
    """A webhook as it came in: which source's, by its name in the address."""

    source: str
    headers: Mapping[str, str]
    body: bytes


def _json(status: int, content: Any, **headers: str) -> Answer:
    return Answer(status, write_json(content), {"content-type": "application/json", **headers})


class Edge:
    """What each route does with a request. `secrets` are the sources' by name; a source without one is not served."""

    def __init__(self, world: World, app: App, secrets: Mapping[str, str], signing_secret: str | None) -> None:
        self.world, self.app, self.secrets = world, app, secrets
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None

    def slack(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Every payload of Slack's: 401 unless signed with our secret, 500 where Slack should deliver it again."""
        if not self._is_slack(headers, body):
            return _json(401, {"error": "The signature is not Slack's. Check SLACK_SIGNING_SECRET."})
        try:
            request = BoltRequest(body=body.decode(), headers=dict(headers))
        except (ValueError, KeyError, AttributeError) as wrong:  # no JSON, or JSON that is no object
            return _json(400, {"error": f"The payload cannot be read: {wrong}"})
        answer = self.app.dispatch(request)
        return Answer(answer.status, answer.body.encode(), {k: v[0] for k, v in answer.headers.items()})

    def _is_slack(self, headers: Mapping[str, str], body: bytes) -> bool:
        if self._verifier is None:
            return False
        try:
            return self._verifier.is_valid_request(body, dict(headers))
        except (ValueError, TypeError):  # a timestamp that is no number, a body or signature in no known letters
            return False

    def intake(self, name: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One source's webhook: 201 new case, 200 known, updated or joined, 202 recorded; 400, 401, 404, 500, 503 with why."""
        return self.intakes([Posted(name, headers, body)])[0]

    def intakes(self, posted: Sequence[Posted]) -> list[Answer]:
        """As `intake` for several webhooks that wait at the same time: what they bring is committed together."""
        read = [self._read(one) for one in posted]
        taken = iter(self._taken([feedback for found in read if isinstance(found, list) for feedback in found]))
        answers = [
            self._answer(one, [next(taken) for _ in found]) if isinstance(found, list) else found
            for one, found in zip(posted, read, strict=True)
        ]
        outcomes = Counter((one.source, answer.status) for one, answer in zip(posted, answers, strict=True))
        for (source, status), count in outcomes.items():
            name = source if source in SOURCES else "unknown"
            metrics.INTAKE.labels(source=name, status=str(status)).inc(count)
        return answers

    def _read(self, posted: Posted) -> list[Feedback] | Answer:
        """The feedback in a webhook, or the answer to one that is not taken."""
        source, secret = SOURCES.get(posted.source), self.secrets.get(posted.source)
        if source is None:
            return _json(
                404, {"error": f'There is no source "{posted.source}". Known are: {", ".join(sorted(SOURCES))}.'}
            )
        if not secret:
            return _json(404, {"error": f'The source "{posted.source}" is not set up: {source.secret_env} is missing.'})
        try:
            source.verify(posted.headers, posted.body, secret)
            return source.read(posted.body, posted.headers)
        except BadSignature as bad:
            return _json(401, {"error": str(bad)})
        except BadFeedback as bad:
            faults = [{"field": fault.field, "message": fault.message} for fault in bad.faults]
            return _json(400, {"error": "The feedback cannot be read.", "faults": faults})
        except Exception as wrong:  # noqa: BLE001  it is logged, and told to this sender alone
            return _broken(posted.source, wrong)

    def _taken(self, arriving: Sequence[Feedback]) -> list[Arrival | Exception]:
        """What became of each; where all failed together, why for each."""
        try:
            return arrived_together(self.world, arriving)
        except Exception as wrong:  # noqa: BLE001  each sender hears of it, in `_answer`
            return [wrong] * len(arriving)

    def _answer(self, posted: Posted, taken: list[Arrival | Exception]) -> Answer:
        wrong = next((result for result in taken if isinstance(result, Exception)), None)
        if isinstance(wrong, AWAY):
            log.error("feedback refused for now, %s", what_is_away(wrong))
            return _json(503, {"error": "The database does not answer. Try again."}, **{"retry-after": _RETRY_AFTER})
        if wrong is not None:
            return _broken(posted.source, wrong)
        return _arrival_answer([result for result in taken if isinstance(result, Arrival)])

    def ready(self) -> Answer:
        """200 while work is done in time, 503 with what is overdue otherwise."""
        problems = overdue(self.world)
        return _json(503 if problems else 200, {"ready": not problems, "problems": problems})

    def measures(self) -> Answer:
        """Prometheus' text format; 503 when the database does not answer."""
        try:
            return Answer(200, metrics.page(self.world), {"content-type": metrics.CONTENT_TYPE})
        except AWAY:
            return _json(503, {"error": "The database does not answer."})


def _broken(source: str, wrong: Exception) -> Answer:
    reference = uuid.uuid4().hex[:8]
    log.error("feedback from %s could not be taken in, reference %s", source, reference, exc_info=wrong)
    return _json(500, {"error": "Something broke on our side.", "reference": reference})


def _arrival_answer(arrivals: list[Arrival]) -> Answer:
    if len(arrivals) == 1:
        return _json(arrivals[0].status, arrivals[0].as_json())
    if not arrivals:  # a vendor's ping, or a kind of event that is no feedback
        return _json(202, {"feedback": None, "case": None, "assessment": None})
    # A batch answers with its most telling status: a new case before an update before a mere record.
    status = next(s for s in (201, 200, 202) if any(a.status == s for a in arrivals))
    return _json(status, {"feedback": [arrival.as_json() for arrival in arrivals]})
