"""POST /intake/evidence: who may tell of a contact, and what is answered; it knows no web framework.

Signed as Standard Webhooks, or with the whole secret as a bearer token or at the end of the address.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping

from cases.arrivals.deliveries import Outcome
from cases.arrivals.evidence import read_report
from cases.arrivals.json_fields import BadFeedback
from handlers.doors import unsaid
from handlers.feedback.deliveries import Witness
from handlers.feedback.evidence import reported
from handlers.http import metrics
from handlers.http.answer import RETRY_AFTER, Answer, json_answer
from handlers.sources.signatures import BEARER, STANDARD, BadSignature, NotSigned, Signature, look, shows_one
from handlers.world import World
from store.engine import AWAY, what_is_away

log = logging.getLogger(__name__)
NAME = "evidence"
SECRET_ENV = "EVIDENCE_SECRET"  # noqa: S105  the name of the variable
Headers = Mapping[str, str]


class EvidenceDoor:
    """What the address does with a request. `secret` gives None where it is closed."""

    def __init__(self, world: World, secret: Callable[[], str | None], witness: Witness) -> None:
        self._world, self._secret, self._witness = world, secret, witness

    @property
    def is_open(self) -> bool:
        """Whether a secret is set."""
        return bool(self._secret())

    @property
    def closed(self) -> Answer:
        """The answer where no secret is set."""
        return json_answer(503, {"error": f"Not set up: {SECRET_ENV} is missing."}, **RETRY_AFTER)

    def unread(self, headers: Headers, shown: str = "") -> Answer | None:
        """The answer to a request for which its body need not be read; `shown` is what stands behind the address."""
        if not self.is_open:
            return self._counted(self.closed)
        way, headers = self._way(headers, shown)
        try:
            look(way, headers, self._secret() or "")
        except NotSigned as bad:
            return self._counted(self._refused(bad))
        return None

    def take(self, headers: Headers, body: bytes, shown: str = "") -> Answer:
        """200 taken, 202 where no open case fits; 400, 401, 500, 503 with why."""
        return self.unread(headers, shown) or self._counted(self._taken(headers, body, shown))

    def _taken(self, headers: Headers, body: bytes, shown: str) -> Answer:
        try:
            way, headers = self._way(headers, shown)
            way.verify(headers, body, self._secret() or "")
            self._witness.saw(NAME, Outcome.RECEIVED)
            taken = reported(self._world, read_report(unsaid(body, self._secret()), self._world.now()))
            return json_answer(taken.status, taken.as_json())
        except BadSignature as bad:
            return self._refused(bad)
        except BadFeedback as bad:
            faults = [{"field": fault.field, "message": fault.message} for fault in bad.faults]
            return json_answer(400, {"error": "The evidence cannot be read.", "faults": faults})
        except AWAY as away:
            log.error("evidence refused for now, %s", what_is_away(away))
            return json_answer(503, {"error": "The database does not answer. Try again."}, **RETRY_AFTER)
        except Exception as wrong:
            reference = uuid.uuid4().hex[:8]
            log.error("evidence could not be taken in, reference %s", reference, exc_info=wrong)
            return json_answer(500, {"error": "Something broke on our side.", "reference": reference})

    def _refused(self, bad: BadSignature) -> Answer:
        self._witness.saw(NAME, bad.outcome)
        return json_answer(401, {"error": str(bad)})

    @staticmethod
    def _way(headers: Headers, shown: str) -> tuple[Signature, Headers]:
        """How a request proves itself, and the headers that show it."""
        headers = headers if not shown else {**headers, "authorization": f"Bearer {shown}"}
        return BEARER if shows_one(headers, STANDARD) else STANDARD, headers

    @staticmethod
    def _counted(answer: Answer) -> Answer:
        metrics.INTAKE.labels(source=NAME, status=str(answer.status)).inc()
        return answer
