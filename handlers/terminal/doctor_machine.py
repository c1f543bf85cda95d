"""What the doctor finds on this machine: settings, the database, the intake's secret, letters, metrics, the model; each with its fix."""

from __future__ import annotations

import base64
import secrets
import shlex
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cases.arrivals.decision import Opens
from cases.arrivals.hearing import new_case
from cases.model import Assessment, Feedback, Rating, Severity
from cases.policy.page import Policy
from cases.policy.values import LANGUAGES
from cases.replies.drafts import Reply
from handlers import doors
from handlers.cards.stats_card import threshold
from handlers.feedback.deliveries import deliveries
from handlers.feedback.tally import in_words as letters_in_words
from handlers.feedback.tally import letters_taken
from handlers.judging import engine
from handlers.judging.likeness import learnt
from handlers.judging.threshold import team_threshold
from handlers.letters.imap import INBOX, Away, Imap, folders, missing_folders, room_taken
from handlers.letters.look import NEARLY_FULL
from handlers.letters.smtp import Smtp
from handlers.retention import in_words
from handlers.retention import since as retention_since
from handlers.sources import SOURCES
from handlers.sources.signatures import standard_key
from handlers.terminal.settings import Settings
from handlers.terminal.sources_desk import refusals
from prompts.writer import Brief, Writer, WriterFailed
from store import retention
from store.condition import Condition, Unusable, condition, files_of, is_open_to_others
from store.engine import Store, connect

SECRET_BYTES = 24
_LETTERS = 32  # as many random letters and digits hold as much as 24 random bytes


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's. `ok` is None where nothing is wrong and something is worth knowing."""

    ok: bool | None
    found: str
    fix: str = ""

    def lines(self) -> Iterator[str]:
        """What was found after its mark, and what to do about it below."""
        yield f"{_MARKS[self.ok]} {self.found}"
        if self.fix:
            yield f"    → {self.fix}"


_MARKS = {True: "✓", False: "✗", None: "–"}


def settings_checks(faults: list[str]) -> list[Check]:
    """Every setting that is missing or wrong; each fault brings its fix along."""
    return [Check(False, fault) for fault in faults] or [Check(True, "settings: complete")]


def database_check(url: str) -> Check:
    """Whether the database answers, fits this code and takes writes."""
    try:
        found = condition(url)
    except Unusable as why:
        return Check(
            False, f"database: {why}", "correct DATABASE_URL, start the database, or give the bot the right to write"
        )
    return _fitting(found)


def _fitting(found: Condition) -> Check:
    if found.is_new:
        return Check(True, "database: empty, and made at the first start")
    if found.revision == found.needed:
        return Check(True, f"database: reachable, writable, at revision {found.revision}")
    if found.revision is not None and found.revision > found.needed:
        newer = f"database: at revision {found.revision}, newer than this Amends ({found.needed})"
        return Check(False, newer, "install the newer Amends again, or restore the backup made before the upgrade")
    behind = f"database: at revision {found.revision or 'none'}, this Amends needs {found.needed}"
    return Check(False, behind, "run: python bot.py migrate")


def stored_checks(url: str, policy: Policy, now: datetime) -> Iterator[Check]:
    """What would be erased tonight, a rehearsal that changes nothing, and what the team taught: where there is a database."""
    try:
        found = condition(url)
    except Unusable:
        return
    if found.revision == found.needed:
        store = Store(connect(url))
        tonight = store.read(lambda tx: retention.over(tx, retention_since(policy, now), now))
        learnt = store.read(lambda tx: team_threshold(tx, policy, now))
        seen, taken = store.read(lambda tx: (deliveries(tx), letters_taken(tx)))
        store.close()
        for door in seen:
            yield from (
                Check(None, f"intake: /intake/{door} {line}") for line in refusals(door, seen[door], policy, now)
            )
        for door, tally in taken.items():
            yield from (Check(None, f"letters: {door}: {line}") for line in letters_in_words(tally, policy, now))
        yield Check(True, f"retention: to be erased tonight: {in_words(tonight)}")
        yield Check(True if learnt.learns else None, f"triage: {threshold(learnt)}")


def file_checks(url: str, policy: str) -> Iterator[Check]:
    """Files that other accounts of this machine can read. The bot runs all the same; whose machine it is decides."""
    if opened := shlex.join(str(file) for file in files_of(url) if is_open_to_others(file)):
        yield Check(None, f"files: others on this machine may read {opened}", f"run: chmod 600 {opened}")
    if is_open_to_others(Path(".env")):
        yield Check(None, ".env: others on this machine may read the secrets in it", "run: chmod 600 .env")
    if is_open_to_others(Path(policy)):
        found = f"{policy}: others on this machine may read who is who in the team"
        yield Check(None, found, f"run: chmod 600 {shlex.quote(policy)}")


def judge_check(policy: Policy) -> Check:
    """What judges customers' words here, and what it cannot read."""
    if not policy.triage.learned:
        found = "triage: by the small judge that stands in, as [triage] learned is false"
        return Check(None, found, "it finds less than the learned one: docs/evaluation.md")
    if not engine.is_installed():
        found = f"triage: by the small judge that stands in, as {engine.NAME} is not installed here"
        return Check(None, found, "it finds less; on Linux or macOS, run: pip install -r requirements.txt")
    if (trouble := engine.trouble()) is not None:
        found = f"triage: by the small judge that stands in, as {engine.NAME} cannot be used here ({trouble})"
        return Check(False, found, "mend that; or set learned = false in [triage], if it is to stay so")
    if (known := learnt().engine) != engine.NAME:
        return Check(False, f"triage: what was learnt is for {known}, and {engine.NAME} is here", _ANOTHER)
    found = (
        f"triage: by what was learnt from examples, on {engine.NAME}; of a text its first {engine.LONGEST} characters"
    )
    return Check(True, found)


_ANOTHER = "run: pip install -r requirements.txt"
_TRY_IT = "to try it while the bot runs: python bot.py doctor --send-test"


def intake_checks(given: Mapping[str, str], policy: Policy) -> Iterator[Check]:
    """Which sources have a secret, by source name; a fresh one for our own intake where it has none, and for those that policy names."""
    for name in sorted(given):
        if name == doors.INTAKE_TOKEN:
            yield Check(True, f"intake: POST /intake/generic takes {name}, too, from programs that cannot sign")
        else:
            yield Check(True, f"intake: POST /intake/{name} is open", _TRY_IT if name == "generic" else "")
    for name in policy.sources:
        found = doors.door(name, policy)
        if found is not None and name not in given:
            closed = f"intake: POST /intake/{name} is closed, as {found.env} is not set"
            yield Check(None, closed, f"set {found.env}, for instance to this fresh one: {fresh_secret()}")
    env = SOURCES["generic"].secret_env
    if "generic" not in given and "generic" not in policy.sources:
        closed = f"intake: POST /intake/generic is closed, as {env} is not set"
        yield Check(None, closed, f"to open it, here is a fresh secret: {env}={fresh_secret()}")
    elif "generic" in given and 0 < len(standard_key(given["generic"])) < SECRET_BYTES:
        short = f"intake: {env} is shorter than {SECRET_BYTES} bytes, so it can be guessed sooner"
        yield Check(None, short, f"here is a fresh one: {env}={fresh_secret()}")


_PATIENCE = 10.0  # seconds


def letters_checks(settings: Settings, patience: float = _PATIENCE) -> Iterator[Check]:
    """Whether the mail server lets us in, and from whom letters are; what is said there is the server's own word."""
    if settings.smtp_url is None:
        return
    if settings.mailbox is None:
        fix = "set MAIL_FROM, for instance to Hearth & Ribbon <care@shop.example>"
        yield Check(False, "letters: none can be sent, as nobody says from whom they are", fix)
        return
    sender = settings.mailbox.address
    if not settings.policy.mail.send:
        yield Check(None, "letters: none are sent, as [mail] send is false in policy.toml")
        return
    trouble = Smtp(settings.smtp_url, patience, 3 * patience).trouble()
    if trouble is None:
        yield Check(True, f"letters: our mail server lets us in; they are from {sender}")
    else:
        fix = (
            "mend SMTP_URL, or what stands behind it; until then approved letters wait and are tried again. "
            "A port that is encrypted from the first byte, mostly 465, wants smtps://, any other smtp://"
        )
        yield Check(False, f"letters: our mail server does not let us in ({trouble})", fix)


def mailbox_checks(settings: Settings, patience: float = _PATIENCE) -> Iterator[Check]:
    """Whether the mailbox lets us in, and has the folders that are looked into."""
    if settings.imap_url is None:
        return
    named = ", ".join(settings.policy.mail.sent)
    try:
        with Imap(settings.imap_url, patience, 3 * patience).opened() as box:
            there = folders(box, settings.policy.mail.sent)
            read = folders(box, settings.policy.mail.inbox, INBOX)
            unread = missing_folders(box, settings.policy.mail.inbox, INBOX)
            share = max((room_taken(box, folder) or 0 for folder in read), default=0)
    except Away as away:
        fix = (
            "mend IMAP_URL, or what stands behind it; until then no letter that comes in is read, and none from a mail program counts "
            "by itself. A port that is encrypted from the first byte, mostly 993, wants imaps://, any other imap://"
        )
        yield Check(False, f"mailbox: it cannot be read ({away})", fix)
        return
    if there:
        yield Check(True, f"mailbox: letters to customers who wait are looked for in {', '.join(there)}; headers only")
    else:
        fix = 'name the folder of sent letters under [mail] in policy.toml, for instance sent = ["Gesendet"]'
        yield Check(False, f"mailbox: there is no folder {named}", fix)
    if read:
        yield Check(True, f"inbox: letters that come into {', '.join(read)} are read")
    if unread:
        fix = 'name the folder that letters come into under [mail] in policy.toml, for instance inbox = ["INBOX"]'
        yield Check(False, f"inbox: there is no folder {', '.join(unread)}", fix)
    if share >= NEARLY_FULL:
        found = f"mailbox: {share:.0%} full; once it is quite full, customers' letters come back to them"
        yield Check(None, found, "have it enlarged, or empty it")


def metrics_checks(token: str | None, host: str) -> Iterator[Check]:
    """Who may read the measures, where that is not only this machine."""
    if token is not None:
        yield Check(True, "metrics: GET /metrics wants METRICS_TOKEN as a bearer token")
    elif host not in _LOOPBACK:
        open_to_all = "metrics: whoever reaches this machine can read how many customers wait"
        yield Check(None, open_to_all, f"to close it, here is a fresh token: METRICS_TOKEN={secrets.token_urlsafe(24)}")


_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def fresh_secret() -> str:
    """A new secret in the shape of Standard Webhooks. Its bytes are plain letters: some tools sign with a text alone."""
    letters = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(_LETTERS))
    return "whsec_" + base64.b64encode(letters.encode()).decode()


def model_check(settings: Settings, environment: Mapping[str, str], now: datetime, *, call: bool) -> Check:
    """Whether there is a model; with `call`, whether it answers a small question of each kind, which costs a fraction of a cent."""
    if settings.model is None:
        none = "model: none, so drafts are outlines to fill in, made by rules"
        return Check(None, none, "to have one, set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that needs no key")
    if not call:
        return Check(None, f"model: {settings.openai_model}, not tried", "to try it, run: python bot.py doctor")
    writer, policy = Writer(settings.model), settings.policy
    try:
        answered = writer.second_opinion(_PRACTICE, _JUDGED, policy.language).call
        reading = writer.judge_reply(_brief(policy, now), _LETTER).call if policy.drafts.second_reader else None
    except WriterFailed as failed:
        fix = _surroundings(environment) if failed.reason == "surroundings" else _MODEL_FIXES[failed.reason]
        if failed.reason == "bad_request" and (names := writer.models()):
            fix = f"correct OPENAI_MODEL: the server has {', '.join(names)}"
        return Check(False, f"model: {settings.openai_model} gave no answer: {failed}", fix)
    spoken = f"{_ROADS[writer.dialect.road]}, {_FORMS[writer.dialect.shape]}"
    read = f"; it read a reply in {reading.latency_ms / 1000:.1f} s" if reading else ""
    return Check(True, f"model: {answered.model} answered in {answered.latency_ms / 1000:.1f} s, {spoken}{read}")


_ROADS = {"responses": "by the Responses API", "chat": "by chat completions"}
_FORMS = {
    "schema": "in the form of a JSON schema",
    "object": "as a JSON object (it takes no schema)",
    "words": "as JSON that the prompt asks for (it takes no other form)",
}
# What keeps a client from being made at all [httpx: Environment Variables].
_NEARBY = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


def _surroundings(environment: Mapping[str, str]) -> str:
    near = [name for name in environment if name.upper() in _NEARBY and environment[name]]
    named = " and ".join(sorted(near)) or "OPENAI_BASE_URL"
    return f"correct or unset {named}: with it no connection can even be tried"


_PRACTICE = Feedback(
    external_id="doctor",
    source="doctor",
    rating=Rating(2, 5),
    comment="This is a test by the bot's own doctor: the soup was cold.",
)
_JUDGED = Assessment(negative=True, severity=Severity.NORMAL)
_LETTER = Reply(subject="The cold soup", body="I am sorry: the soup was cold. I have refunded it.\n\nThe doctor")


def _brief(policy: Policy, now: datetime) -> Brief:
    case = new_case(Opens(feedback=_PRACTICE, assessment=_JUDGED), 0, "", now)
    local = now.astimezone(policy.zone)
    return Brief(case=case, now=local, team=policy.team, language=LANGUAGES[policy.language], signed_by="")


_MODEL_FIXES = {
    "wrong_key": "correct OPENAI_API_KEY: the server does not take this one",
    "bad_request": (
        "correct OPENAI_MODEL, as the server most likely has no such model; or OPENAI_BASE_URL, which on most servers "
        "ends in /v1 and leads to no other address"
    ),
    "rate_limited": "wait, or look at the limits and the credit of your account",
    "timeout": "correct OPENAI_BASE_URL, choose a quicker model, or give it longer: model_within in policy.toml",
    "down": "correct OPENAI_BASE_URL, or try again later: the server cannot be reached",
    "refused": "choose another OPENAI_MODEL: this one declines an ordinary complaint",
    "malformed": (
        "correct OPENAI_BASE_URL, if that is no model server (most end in /v1), or choose a larger OPENAI_MODEL: this "
        "one does not keep to the form of an answer"
    ),
}
