"""The HTTP edge: what each address does with a request, checked signatures and plain answers; it knows no web framework."""

from __future__ import annotations

import hmac
import logging
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace

from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

from cases.arrivals.deliveries import Outcome
from cases.arrivals.feedback import Arriving, BadFeedback
from cases.model import Severity
from cases.text import one_line
from handlers.doors import INTAKE_TOKEN, Door, door, names, unsaid
from handlers.feedback.batch import arrived_together
from handlers.feedback.deliveries import Witness
from handlers.feedback.intake import Arrival
from handlers.feedback.letters import came_in, server_believed
from handlers.feedback.scales import with_scales
from handlers.feedback.unread import keep_unread
from handlers.http import metrics
from handlers.http.answer import RETRY_AFTER, Answer, json_answer
from handlers.http.evidence import NAME, EvidenceDoor
from handlers.overdue import overdue
from handlers.slack.payloads import BadPayload, read_payload
from handlers.sources import BadSignature, NotSigned, generic
from handlers.sources.contract import LARGEST, delivery
from handlers.world import World
from store.engine import AWAY, what_is_away

log = logging.getLogger(__name__)
_LONGEST_LINE = 500  # characters of the log


@dataclass(frozen=True, slots=True)
class Posted:
    """A webhook as it came in: which source's, by its name in the address. So many bytes at its end are left out."""

    source: str
    headers: Mapping[str, str]
    body: bytes
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A webhook that is taken in, and whose answer hangs on verdicts that come in a moment."""

    posted: Posted
    arrivals: list[Arrival]

    @property
    def verdicts(self) -> list[Future[Arrival]]:
        """What is worth waiting for."""
        return [arrival.verdict for arrival in self.arrivals if arrival.verdict is not None]

    def answer(self) -> Answer:
        """The answer as of now; to be asked for once."""
        answer = _arrival_answer([_settled(arrival) for arrival in self.arrivals])
        _count([self.posted], [answer])
        return answer


def _settled(arrival: Arrival) -> Arrival:
    if arrival.verdict is None or not arrival.verdict.done() or arrival.verdict.cancelled():
        return arrival
    return replace(arrival.verdict.result(), ignored=arrival.ignored)


# Seconds that a sender is kept waiting for the verdict on their own feedback: some fifty times what it takes, and less than
# the five after which the most impatient vendors give up. Later the answer is that it is not judged yet.
PATIENCE = 2.0
_NOTHING = {"feedback": None, "case": None, "assessment": None}
_NOT_SLACK = json_answer(401, {"error": "The signature is not Slack's. Check SLACK_SIGNING_SECRET."})
_SIGNED = ("x-slack-request-timestamp", "x-slack-signature")


class Edge:
    """What each route does with a request. `secrets` are the sources' by name; a source without one is not served.

    `metrics_token` opens /metrics and what /readyz has to say; without one, /metrics is open and /readyz only says yes or no.
    """

    def __init__(
        self,
        world: World,
        app: App,
        secrets: Mapping[str, str],
        signing_secret: str | None,
        metrics_token: str | None = None,
    ) -> None:
        self.world, self.app, self.secrets = world, app, secrets
        self.witness = Witness(world)
        self.evidence = EvidenceDoor(world, lambda: self.secrets.get(NAME), self.witness)
        self._token = metrics_token
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None
        self._doors: dict[str, Door] = {}

    def slack_unread(self, headers: Mapping[str, str]) -> Answer | None:
        """The answer to a request for which its body need not be read, as it is not signed."""
        return None if self._verifier and all(headers.get(name) for name in _SIGNED) else _NOT_SLACK

    def slack(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Every payload of Slack's: 401 unless signed with our secret, 500 where Slack should deliver it again."""
        if not self._is_slack(headers, body):
            return _NOT_SLACK
        try:
            request = _bolt_request(headers, body)
        except BadPayload as bad:
            log.warning("a payload of Slack's cannot be read: %s", bad)
            return json_answer(400, {"error": f"The payload cannot be read: {bad}."})
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
        (answer,) = self.intakes([Posted(name, headers, body)])
        if isinstance(answer, Answer):
            return answer
        wait(answer.verdicts, PATIENCE)
        return answer.answer()

    def intakes(self, posted: Sequence[Posted]) -> list[Answer | Unsettled]:
        """As `intake` for several webhooks that wait at the same time: what they bring is committed together.

        Nobody waits here for a verdict: what hangs on one is answered by whoever asked, when it is there.
        """
        read = [self._read(one) for one in posted]
        taken = iter(self._taken([feedback for found in read if isinstance(found, list) for feedback in found]))
        answers = [
            self._answer(one, [next(taken) for _ in found]) if isinstance(found, list) else found
            for one, found in zip(posted, read, strict=True)
        ]
        at_once = [(one, answer) for one, answer in zip(posted, answers, strict=True) if isinstance(answer, Answer)]
        _count([one for one, _ in at_once], [answer for _, answer in at_once])
        return answers

    def intake_unread(self, name: str, headers: Mapping[str, str]) -> Answer | None:
        """The answer to a webhook for which its body need not be read: nobody takes it here, or nobody has signed it."""
        served = self._served(name)
        answer = served if isinstance(served, Answer) else self._unsigned(*served, headers)
        if answer is not None:
            _count([Posted(name, headers, b"")], [answer])
        return answer

    def largest(self, name: str) -> int:
        """How many bytes a body of that source may have."""
        found = self._door(name)
        return found.source.largest if found else LARGEST

    def is_vouched(self, name: str, headers: Mapping[str, str], beginning: bytes) -> bool:
        """Whether the beginning of a body shows already whose it is: by a token, or where what is signed stands in front."""
        served = self._served(name)
        if isinstance(served, Answer):
            return False
        try:
            served[0].verify(headers, beginning, served[1], self._token_beside(name))
        except BadSignature:
            return False
        return True

    def _door(self, name: str) -> Door | None:
        """The door of that name. Each is made once; of names that strangers think of nothing is kept."""
        if (found := self._doors.get(name)) is None and (found := door(name, self.world.policy)) is not None:
            self._doors[name] = found
        return found

    def _served(self, name: str) -> tuple[Door, str] | Answer:
        """The door of that name with its secret, or why there is none."""
        found = self._door(name)
        if found is None:
            known = ", ".join(names(self.world.policy))
            return json_answer(404, {"error": f'There is no source "{name}". Known are: {known}.'})
        secret = self.secrets.get(name) or (self._token_beside(name) or "")
        if not secret:  # 404 would make some vendors switch their webhook off for good
            missing = {"error": f'The source "{name}" is not set up: {found.env} is missing.'}
            return json_answer(503, missing, **RETRY_AFTER)
        return found, secret

    def _unsigned(self, found: Door, secret: str, headers: Mapping[str, str]) -> Answer | None:
        try:
            found.look(headers, secret, self._token_beside(found.name))
        except NotSigned as bad:
            return self._forged(found, bad)
        return None

    def _forged(self, found: Door, bad: BadSignature) -> Answer:
        self.witness.saw(found.name, bad.outcome)
        return json_answer(401, {"error": str(bad)})

    def _token_beside(self, name: str) -> str | None:
        """What opens our own intake for programs that cannot sign, if it is set."""
        return self.secrets.get(INTAKE_TOKEN) if name == generic.NAME else None

    def intake_here(self, name: str) -> Answer | None:
        """Why nothing is taken at this address, None where it is."""
        served = self._served(name)
        return served if isinstance(served, Answer) else None

    def _read(self, posted: Posted) -> list[Arriving] | Answer:
        """The feedback in a webhook, or the answer to one that is not taken."""
        served = self._served(posted.source)
        if isinstance(served, Answer):
            return served
        found, secret = served
        token = self._token_beside(posted.source)
        try:
            found.verify(posted.headers, posted.body, secret, token)
            self.witness.saw(found.name, Outcome.RECEIVED)
            if (body := unsaid(posted.body, secret, token)) != posted.body:
                posted = replace(posted, body=body)
            read = self._feedback(found, posted)
            return with_scales(self.world, posted.source, read)
        except BadSignature as bad:
            return self._forged(found, bad)
        except BadFeedback as bad:
            fields = ", ".join(fault.field for fault in bad.faults)  # what is wrong with them may quote the customer
            log.warning("feedback from %s cannot be read: %s", posted.source, one_line(fields, limit=_LONGEST_LINE))
            return self._kept(posted, bad)
        except AWAY as away:
            return _away(away)
        except Exception as wrong:  # noqa: BLE001  it is logged, and told to this sender alone
            return _broken(posted.source, wrong)

    def _feedback(self, found: Door, posted: Posted) -> list[Arriving]:
        if found.source.letter is None:
            return found.read(posted.headers, posted.body, lambda bad: self._keep(posted, bad))
        letter = found.letter(posted.headers, posted.body, posted.left_out)
        event = delivery(posted.body)
        return came_in(self.world, letter, found.told, server_believed(self.world), event)

    def _kept(self, posted: Posted, bad: BadFeedback) -> Answer:
        """What is authentic and cannot be read is nobody's to refuse: a vendor would only send it again, or give up."""
        try:
            self._keep(posted, bad)
        except AWAY as away:
            return _away(away)
        except Exception as wrong:  # noqa: BLE001  it is logged, and told to this sender alone
            return _broken(posted.source, wrong)
        return json_answer(202, {**_NOTHING, "ignored": [str(fault) for fault in bad.faults]})

    def _keep(self, posted: Posted, bad: BadFeedback) -> None:
        keep_unread(self.world, posted.source, posted.body[:LARGEST], delivery(posted.body), bad)

    def _taken(self, arriving: Sequence[Arriving]) -> list[Arrival | Exception]:
        """What became of each; where all failed together, why for each."""
        try:
            return arrived_together(self.world, arriving)
        except Exception as wrong:  # noqa: BLE001  each sender hears of it, in `_answer`
            return [wrong] * len(arriving)

    def _answer(self, posted: Posted, taken: list[Arrival | Exception]) -> Answer | Unsettled:
        wrong = next((result for result in taken if isinstance(result, Exception)), None)
        if isinstance(wrong, AWAY):
            return _away(wrong)
        if wrong is not None:
            return _broken(posted.source, wrong)
        arrivals = [result for result in taken if isinstance(result, Arrival)]
        if not arrivals:  # a vendor's ping, or a kind of event that is no feedback, or a letter that no person wrote
            found = self._door(posted.source)
            return json_answer(found.source.passed_over if found else 202, _NOTHING)
        unsettled = any(arrival.verdict is not None for arrival in arrivals)
        return Unsettled(posted, arrivals) if unsettled else _arrival_answer(arrivals)

    def problems(self) -> list[str]:
        """What is overdue or wrong, one sentence each. For everybody: whether there is anything."""
        return overdue(self.world)

    def ready(self, problems: Sequence[str], headers: Mapping[str, str]) -> Answer:
        """200 while work is done in time, 503 otherwise; with what is wrong for whoever shows the token."""
        told = {"problems": list(problems)} if self._token and self._shows_token(headers) else {}
        return json_answer(503 if problems else 200, {"ready": not problems, **told})

    def measures(self) -> Answer:
        """Prometheus' text format; 503 when the database does not answer."""
        try:
            return Answer(200, metrics.page(self.world), {"content-type": metrics.CONTENT_TYPE})
        except AWAY:
            return json_answer(503, {"error": "The database does not answer."})

    def measures_unread(self, headers: Mapping[str, str]) -> Answer | None:
        """The answer to who may not see the measures."""
        if self._token is None or self._shows_token(headers):
            return None
        return json_answer(401, {"error": "Show METRICS_TOKEN as a bearer token."}, **{"www-authenticate": "Bearer"})

    def _shows_token(self, headers: Mapping[str, str]) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        shown = token.strip().encode("latin-1")
        return scheme.lower() == "bearer" and hmac.compare_digest(shown, (self._token or "").encode())


def _bolt_request(headers: Mapping[str, str], body: bytes) -> BoltRequest:
    """The payload as Bolt wants it, read already: which it takes only under this mode, and that changes nothing else.

    Raises BadPayload. Bolt looks for whose it is in a dozen places, and takes for granted that they are as they should be.
    """
    payload = read_payload(body, headers.get("content-type", ""))
    try:
        return BoltRequest(body=payload, headers=dict(headers), mode="socket_mode")
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadPayload("whose it is cannot be told") from None


def _count(posted: Sequence[Posted], answers: Sequence[Answer]) -> None:
    """A name that no source has is not counted as one: strangers may think of any number of them."""
    outcomes = Counter((one.source, answer.status) for one, answer in zip(posted, answers, strict=True))
    for (source, status), count in outcomes.items():
        metrics.INTAKE.labels(source="unknown" if status == 404 else source, status=str(status)).inc(count)


def _away(wrong: Exception) -> Answer:
    log.error("feedback refused for now, %s", what_is_away(wrong))
    return json_answer(503, {"error": "The database does not answer. Try again."}, **RETRY_AFTER)


def _broken(source: str, wrong: Exception) -> Answer:
    reference = uuid.uuid4().hex[:8]
    log.error("feedback from %s could not be taken in, reference %s", source, reference, exc_info=wrong)
    return json_answer(500, {"error": "Something broke on our side.", "reference": reference})


def _arrival_answer(arrivals: list[Arrival]) -> Answer:
    if len(arrivals) == 1:
        return json_answer(arrivals[0].status, arrivals[0].as_json())
    gravest = min(arrivals, key=_less_telling)
    return json_answer(gravest.status, gravest.as_json() | {"feedback": [arrival.as_json() for arrival in arrivals]})


def _less_telling(arrival: Arrival) -> tuple[int, int]:
    """A new case tells more than an update, which tells more than a mere record; among those alike, the graver one."""
    severity = arrival.assessment.severity
    return (201, 200, 202).index(arrival.status), -[None, *Severity].index(severity)
