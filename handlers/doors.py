"""Doors: each address under /intake, with the kind of body it takes, how a request proves itself there, and its secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, quote_plus

from cases.arrivals.bodies import as_whole
from cases.arrivals.deliveries import Outcome
from cases.arrivals.feedback import Arriving, BadFeedback, Fault
from cases.arrivals.told import Told
from cases.letters.incoming import Automatic, Incoming, cut_short
from cases.letters.returned import Bounce
from cases.policy.faults import Path
from cases.policy.page import Policy
from cases.policy.sources import Source as Settings
from handlers.sources import SOURCES, Foreign, NotSigned, generic, json_body, signs_so, whose
from handlers.sources.contract import Source
from handlers.sources.signatures import BEARER, STANDARD, Signature, look, shows_one

INTAKE_TOKEN = "INTAKE_TOKEN"  # noqa: S105  the name of the variable
_OTHERS = ("EVIDENCE_SECRET", "SLACK_SIGNING_SECRET")  # of doors at which no feedback is taken
_NO_WORD = 8  # letters of a secret; a shorter one may be a word that somebody wrote
_UNSAID = b"***"
FILES = "table"  # a kind that is imported, and has no door
WAYS: dict[str, Signature] = {
    "token": BEARER,
    "standard": STANDARD,
    **{name: source.signature for name, source in SOURCES.items()},
}


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `told` is what policy says of its source, `signed` how a request proves itself, where not by its kind's way."""

    name: str
    source: Source
    told: Told
    signed: str
    env: str

    @property
    def is_standard(self) -> bool:
        """Whether its secret is one of Standard Webhooks."""
        return self.signature is STANDARD

    @property
    def signature(self) -> Signature:
        """How a request proves itself here."""
        return WAYS.get(self.signed, self.source.signature)

    def verify(self, headers: Mapping[str, str], body: bytes, secret: str, token: str | None = None) -> None:
        """Raises BadSignature, and NotSigned where no body could be right. `token` opens it beside the signature, where it is set."""
        if token and shows_one(headers, self.signature):
            BEARER.verify(headers, body, token)
            return
        try:
            self.signature.verify(headers, body, secret)
        except NotSigned as bad:
            raise self._sent_astray(headers, bad) from None

    def look(self, headers: Mapping[str, str], secret: str, token: str | None = None) -> None:
        """As `verify` while there is no body yet: raises NotSigned where none could be right."""
        if token and shows_one(headers, self.signature):
            BEARER.verify(headers, b"", token)
            return
        try:
            look(self.signature, headers, secret)
        except NotSigned as bad:
            raise self._sent_astray(headers, bad) from None

    def _sent_astray(self, headers: Mapping[str, str], bad: NotSigned) -> NotSigned:
        """The same, and where it belongs if it is signed as another vendor signs."""
        theirs = signs_so(headers)
        if bad.outcome is not Outcome.UNSIGNED or theirs is None or theirs.name == self.source.name:
            return bad
        return NotSigned(f"{bad}; it is signed as {theirs.vendor} signs: have it sent to /intake/{theirs.name}")

    def read(
        self, headers: Mapping[str, str], body: bytes, unreadable: Callable[[BadFeedback], None] = lambda _: None
    ) -> list[Arriving]:
        """All feedback in a request that has proved itself, as `Source.read` does. Raises BadFeedback."""
        try:
            return self.source.read(body, headers, self.told, unreadable)
        except Foreign as wrong:
            if self.source.free and whose(wrong.value) is None:
                return SOURCES[json_body.NAME].read(body, headers, self.told, unreadable)
            raise BadFeedback(Fault("body", self._foreign(wrong))) from None

    def letter(self, headers: Mapping[str, str], body: bytes, left_out: int = 0) -> Incoming | Bounce | Automatic:
        """The letter in a request of a source that posts letters; of the body so many bytes are left out. Raises BadFeedback."""
        assert self.source.letter is not None
        try:
            letter = self.source.letter(as_whole(body) if left_out else body, headers)
            return cut_short(letter, len(body) + left_out) if left_out else letter
        except Foreign as wrong:
            raise BadFeedback(Fault("body", self._foreign(wrong))) from None

    def _foreign(self, wrong: Foreign) -> str:
        """That a body is another vendor's, and where that one's belong, if it can be told."""
        theirs = whose(wrong.value)
        if theirs is None:
            return f'is not what {wrong.vendor} sends; if it is right, write kind = "json" under [sources.{self.name}] in policy.toml'
        return (
            f"is not what {wrong.vendor} sends; it looks like {theirs.vendor}: have it sent to /intake/{theirs.name}, or write "
            f'kind = "{theirs.name}" under [sources.{self.name}] in policy.toml'
        )


def unsaid(body: bytes, *secrets: str | None) -> bytes:
    """A body without the secrets that opened it: people put them among the answers too, and those stand in Slack."""
    for secret in secrets:
        if secret:
            for written in _as_written(secret):
                body = body.replace(written, _UNSAID)
    return body


@lru_cache(maxsize=64)
def _as_written(secret: str) -> frozenset[bytes]:
    """How a secret stands in a body; one that may be a word is looked for nowhere."""
    as_fields = (quote(secret, safe=""), quote_plus(secret))
    return frozenset(each.encode() for each in (secret, *as_fields)) if len(secret) >= _NO_WORD else frozenset()


def door(name: str, policy: Policy) -> Door | None:
    """The door of that name: one of policy's, or one of the kinds that are served without a word in it; None for no such door."""
    settings = policy.sources.get(name)
    if settings is None and name not in SOURCES:
        return None
    source = SOURCES.get(kind_of(name, settings))
    if source is None:
        return None
    return Door(name, source, policy.told_of(name), settings.signed if settings else "", secret_env(name))


def is_open(name: str, secrets: Mapping[str, str]) -> bool:
    """Whether what opens the door of that name is set; our own intake has a token beside its secret."""
    return name in secrets or (name == generic.NAME and INTAKE_TOKEN in secrets)


def kind_of(name: str, settings: Settings | None) -> str:
    """The kind of body; left out, it is the source's own name where there is a kind of that name, else any object."""
    return (settings.kind if settings else "") or (name if name in SOURCES else json_body.NAME)


def secret_env(name: str) -> str:
    """The variable that holds a source's secret."""
    return SOURCES[name].secret_env if name in SOURCES else f"{name.upper().replace('-', '_')}_SECRET"


def names(policy: Policy) -> list[str]:
    """Every source there can be: policy's own first."""
    return [*policy.sources, *(name for name in sorted(SOURCES) if name not in policy.sources)]


def faults(policy: Policy) -> Iterator[tuple[Path, str]]:
    """What policy says of a source and cannot be so: each setting, and what is wrong with it."""
    for name, settings in policy.sources.items():
        kinds, ways = [*sorted(SOURCES), FILES], sorted(WAYS)
        if secret_env(name) in _OTHERS:
            yield (
                ("sources", name),
                f"its secret would be {secret_env(name)}, which is another's; give the source another name",
            )
        if kind_of(name, settings) not in kinds:
            yield ("sources", name, "kind"), f'"{settings.kind}" is unknown; write one of {", ".join(kinds)}'
        if settings.signed and settings.signed not in ways:
            yield ("sources", name, "signed"), f'"{settings.signed}" is unknown; write one of {", ".join(ways)}'
