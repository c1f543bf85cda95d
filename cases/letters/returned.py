"""A letter that came back: which it was, and whom it did not reach, as the server says that gave it up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cases.letters.attached import Attached
from cases.spoken.seen import unaccented
from cases.text import one_line

MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_STATUS = ("message/delivery-status", "message/global-delivery-status")
_ORIGIN = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
_FAILED = re.compile(r"(?im)^action:\s*failed")
_RECIPIENT = re.compile(r"(?im)^(?:final|original)-recipient:\s*(?:rfc822|utf-8);\s*<?([^<>\s;]+@[^<>\s;]+)>?")
_WHY = re.compile(r"(?im)^diagnostic-code:\s*(?:smtp;)?\s*(.+(?:\n[ \t].+)*)")
_NAME = re.compile(r"(?im)^message-id:\s*(\S+)")
_BY_QMAIL = "Hi. This is the"  # as its format begins (draft-bernstein-qsbmf)
_GIVEN_UP = re.compile(r"(?m)^<([^<>\s]+@[^<>\s]+)>:")
# What the others say in their own words; one that goes on trying says that, too.
_FAILED_IN_WORDS = re.compile(
    r"\b55[0-4]\b|\b5\.\d{1,3}\.\d{1,3}\b|\bundeliver|\bdelivery (?:has )?fail|(?:could|can|was|were)(?: ?n[o']t| not) (?:be )?delivered"
    r"|(?:permanently|message was|been) rejected|\bunzustellbar|\bnicht (?:\w+ )?zu(?:gestellt|stellbar)|pas pu etre (?:remis|distribue|livre|delivre)"
    r"|no se (?:ha podido|pudo|puede) entregar|no (?:ha )?(?:sido|fue) entregad|non (?:e stato|e stata|puo essere|ha potuto) (?:possibile )?(?:consegn|recapit)"
    r"|nao (?:foi|pode|pude|ser|conseguiu)[\w ]{0,20} entreg|niet (?:\w+ )?(?:bezorgd|afgeleverd)|nie (?:\w+ ){0,2}dostarcz|(?:inte|ikke|ikkje) (?:\w+ )?lever"
)
_DELAYED = re.compile(
    r"\b4\.\d{1,3}\.\d{1,3}\b|\bdelay|\bwill (?:be )?(?:re-?tr|try|keep|continue)|still trying|noch nicht|verzoger|weiter(?:e|hin) versuch|retras|retard|ritard|atras|vertraag|opozn|forsink|forsena"
)
# As long as a mailbox can be (RFC 5321, section 4.5.3.1), and with one sign: else a row of signs is tried from each of its places.
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{1,255}(?<=\w)")
_LISTED = re.compile(r"[^\s,<>@]{1,64}@[^\s,<>@]{1,255}")
_COPY = re.compile(r"(?m)^-.*$")  # both programs put it above the letter that comes back
_LONGEST, _LONGEST_LINE = 50_000, 500


@dataclass(frozen=True, slots=True)
class Bounce:
    """The news that a letter did not arrive: which, whom it did not reach, and why. `name` is its own Message-ID."""

    of: tuple[str, ...]
    to: tuple[str, ...]
    why: str
    name: str

    def is_for(self, addresses: Collection[str]) -> bool:
        """Whether one of these (in small letters) was not reached; a colleague in copy may be the one who was not. Named is nobody by some."""
        return not self.to or any(address in addresses for address in self.to)


def bounce_of(headers: Mapping[str, str], text: str, came: Sequence[Attached]) -> Bounce | None:
    """What a machine's letter says of one that did not arrive; None where it says no such thing, or tells of a delay, or that somebody has read it."""
    status, origin, told = _parts(came, _STATUS), _parts(came, _ORIGIN), text.replace("\r\n", "\n")[:_LONGEST]
    found = _by_report(status, origin) if status else _in_old_words(headers, told) or _in_words(headers, told, origin)
    if found is None:
        return None
    of, to, why = found
    return Bounce(
        tuple(dict.fromkeys(of)),
        tuple(dict.fromkeys(map(str.lower, to))),
        one_line(why or "the letter came back", 200),
        next(iter(MESSAGE_ID.findall(headers.get("message-id", ""))), ""),
    )


def _by_report(status: str, origin: str) -> tuple[list[str], list[str], str] | None:
    """RFC 3464: a paragraph for each recipient, of whom some may have been reached."""
    failed = [each for each in re.split(r"\n[ \t]*\n", status) if _FAILED.search(each)]
    if not failed:
        return None
    why = next((found[1] for each in failed if (found := _WHY.search(each))), "")
    return _named(origin), [to for each in failed for to in _RECIPIENT.findall(each)], why


def _in_old_words(headers: Mapping[str, str], text: str) -> tuple[list[str], list[str], str] | None:
    """Exim's header and qmail's format are as old as mail, and read by programs ever since."""
    above, _, copy = _cut(text)
    failed = _LISTED.findall(headers.get("x-failed-recipients", ""))
    if text.lstrip().startswith(_BY_QMAIL):
        failed = _GIVEN_UP.findall(above)
    if not failed:
        return None
    of = _head_of(copy) or MESSAGE_ID.findall(headers.get("references", ""))[-1:]
    return of, failed, _why_in(above)


def _in_words(headers: Mapping[str, str], text: str, origin: str) -> tuple[list[str], list[str], str] | None:
    """What filters, gateways and groupware say for people alone; the letter that came back stands below or beside it, with its name."""
    above, _, copy = _cut(text)
    said = f"{headers.get('subject', '')[:_LONGEST_LINE]}\n{above}"
    of, plain = _named(origin) or _head_of(copy), unaccented(said).lower()
    to = _ADDRESS.findall(said)
    if not of or not to or _DELAYED.search(plain) or not (failed := _FAILED_IN_WORDS.search(plain)):
        return None
    return of, to, _why_in(above) or next(line for line in plain.split("\n") if failed[0] in line)


def _head_of(copy: str) -> list[str]:
    return _named(copy.lstrip().partition("\n\n")[0])


def _why_in(text: str) -> str:
    found = re.search(r"\b5\d\d[ -].+", text)
    return found[0] if found else ""


def _cut(text: str) -> tuple[str, str, str]:
    rule = _COPY.search(text)
    return (text[: rule.start()], rule[0], text[rule.end() :]) if rule else (text, "", "")


def _named(heads: str) -> list[str]:
    return MESSAGE_ID.findall(" ".join(_NAME.findall(heads)))


def _parts(came: Sequence[Attached], kinds: Sequence[str]) -> str:
    """The text of the pieces of these kinds."""
    return "\n".join(_texts(came, kinds)).replace("\r\n", "\n")


def _texts(came: Sequence[Attached], kinds: Sequence[str]) -> Iterator[str]:
    return (each.content[:_LONGEST].decode("utf-8", "replace") for each in came if each.kind.lower() in kinds)
