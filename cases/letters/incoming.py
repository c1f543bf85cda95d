"""A letter that has come in: what kind of thing it is, whose it is, and what its words are as feedback."""

from __future__ import annotations

import email
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime

from cases.arrivals.answers import Answer, answer
from cases.arrivals.mail import forwarded, own_words, written
from cases.arrivals.told import Means
from cases.letters.attached import Attached, listed
from cases.letters.case_address import looks_like_ours
from cases.letters.machine import BY_CARRIERS, BY_RULE, Mark, mark_of
from cases.letters.returned import MESSAGE_ID, Bounce, bounce_of
from cases.letters.seen import written_at
from cases.letters.torn import READING, head_of, headers_in, text_of, with_whole_head, words_within
from cases.spoken.mailboxes import are_several, mailbox, mailboxes

LARGEST = 20_000_000  # bytes of a letter that are read; of a larger one its head
_DELIVERED = ("x-original-to", "delivered-to", "x-delivered-to", "envelope-to")
_ADDRESSED = ("to", "cc", "bcc", "resent-to", *_DELIVERED)
_LISTS = (
    "list-post",
    "x-beenthere",
    "mailing-list",
    "sender",
    BY_RULE,
)  # in which whoever carried a letter names itself
_LIST_ID = re.compile(r"([\w.-]+)>?\s*$")
_VIA = re.compile(r"""[\s'"]*(.*?)[\s'"]+via\s+.*""", re.IGNORECASE)  # what mailing lists make of a sender
_MANY = frozenset((*_ADDRESSED, "from", "received"))  # of these all that there are
_TAG = re.compile(r"\+([\w-]{1,60})@[\w.-]")  # of an address that the letter came to (RFC 5233)
_FOR = re.compile(r"\bfor <?([^\s<>;]+@[^\s<>;]+)")  # whom a server took it for
_MOST_TAGS = 20
_JOURNAL = "x-ms-journal-report"  # Exchange puts the letter that came, unaltered, into one of its own
_ASKED = re.compile(rb"(?im)^method:(?!publish)")  # RFC 5546: by a click, with no words of one's own
_LONGEST = 300
_LONGEST_LIST = 20_000
_SEALED = ("application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/ms-tnef")
_UNSEEN = "The words of this letter cannot be shown here; it stands in the mailbox."
_EARLIEST = datetime(2001, 1, 1, tzinfo=UTC)  # clocks that were never set show 1970, 1980 or 2000
_ON_THE_WAY, _AHEAD = timedelta(days=14), timedelta(days=1)  # servers give a letter up after five days


@dataclass(frozen=True, slots=True)
class Team:
    """Who writes for the team: its own address, and those of colleagues, or "@" and a domain for everybody there."""

    own: str = ""
    colleagues: tuple[str, ...] = ()

    @property
    def is_guess(self) -> bool:
        """Whether nobody says who the colleagues are: at a domain that is open to all, customers write from it, too."""
        return not self.colleagues

    @property
    def is_known(self) -> bool:
        """Whether anything at all says who writes for the team."""
        return bool(self.own or self.colleagues)

    def has(self, address: str) -> bool:
        """Whether a colleague writes from it; where none are named, everybody at the team's own domain is one."""
        host = address.rpartition("@")[2]
        named = [each.lower() for each in self.colleagues] or [f"@{self.own.lower().rpartition('@')[2]}"]
        return bool(host) and (address in named or f"@{host}" in named or self.is_own(address))

    def is_own(self, address: str) -> bool:
        """Whether it is the team's own, with a tag or without."""
        return bool(self.own) and _without_tag(address) == _without_tag(self.own.lower())


@dataclass(frozen=True, slots=True)
class Incoming:
    """A letter that a person wrote. `follows` are the Message-IDs that it answers, the nearest first; `tags` those of the addresses it came to.

    `results` is the topmost Authentication-Results; `is_sealed`: its words cannot be read here; `stripped` the text without what it answers, where somebody else has seen to that.
    """

    headers: Mapping[str, str]
    sender: str
    subject: str
    text: str
    name: str
    date: str
    follows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    results: str | None = None
    stripped: str | None = None
    came: tuple[Attached, ...] = ()
    is_sealed: bool = False

    @property
    def said_at(self) -> datetime | None:
        """When it was written, as its Date says; when it came, by the topmost Received, where nobody would believe that. None: nobody knows."""
        written, came = (
            written_at(self.date),
            written_at(self.headers.get("received", "").partition(",\n")[0].rpartition(";")[2]),
        )
        if came and not (written and came - _ON_THE_WAY <= written <= came + _AHEAD):
            return came
        return written if written and written >= _EARLIEST else None

    @property
    def address(self) -> str:
        """Whose letter it says that it is, in small letters; nobody's where it names several (RFC 5322): our server vouches for one at most."""
        return "" if are_several(self.sender) else mailbox(self.sender)[1].lower()

    @property
    def about(self) -> str:
        """The tag of the address it was delivered to, where that is none of ours: an order, perhaps."""
        return next((tag for tag in _tags(self.headers, _DELIVERED) if not looks_like_ours(tag.lower())), "")

    def is_copy_for(self, team: Team) -> bool:
        """Whether it is from the team's own address, or the copy of what a colleague writes to others; what is sent to us alone is not."""
        if not team.has(self.address):
            return False
        to, cc = (
            [address.lower() for _, address in mailboxes([self.headers.get(name, "")]) if "@" in address]
            for name in ("to", "cc")
        )
        return team.is_own(self.address) or not any(map(team.is_own, to)) or not all(map(team.has, to + cc))

    def is_carried_by(self, team: Team) -> bool:
        """Whether a group, list or mailbox rule of the team's own carried it: those put their marks on every customer's letter.

        Google Groups, Mailman and Microsoft's write List-Id, List-Post, List-Unsubscribe, Precedence and others of the group's own.
        """
        named = [address for _, address in mailboxes([self.headers.get(each, "")[:_LONGEST_LIST] for each in _LISTS])]
        theirs = [each.removeprefix("mailto:").strip("<> ").lower() for each in named]
        host = team.own.lower().rpartition("@")[2]
        listed = _LIST_ID.search(self.headers.get("list-id", "").lower())
        return any(map(team.has, theirs)) or bool(listed and host and f".{listed[1]}".endswith(f".{host}"))

    def of_writer(self, team: Team) -> Incoming:
        """As its writer sent it, where what carried it wrote in the team's name: a form on the team's own pages, or the team's own group.

        After DMARC groups write "'Ana' via Care <care@shop.example>" in place of Ana's address, and hers elsewhere, of which
        anybody could have written as much: that it is hers is a claim.
        """
        if not team.has(self.address):
            return self
        names: tuple[str, ...] = ("reply-to",)
        if self.is_carried_by(team):
            names = ("x-original-from", "reply-to", "x-original-sender")
        elif not team.is_own(mailbox(self.headers.get("to", ""))[1].lower()):
            return self
        written_by = (self.headers.get(name, "")[:_LONGEST] for name in names)
        theirs = next((each for each in written_by if "@" in each and not team.has(mailbox(each)[1].lower())), "")
        if not theirs:
            return self
        name, address = mailbox(theirs)
        via = _VIA.fullmatch(mailbox(self.sender)[0])
        return replace(self, sender=f"{via[1]} <{address}>" if via and not name else theirs, results=None)

    def passed_on(self, team: Team) -> Incoming | None:
        """The customer's letter that a colleague passes on to us, in this one's words or enclosed; None where there is none, or a colleague's."""
        if told := forwarded(self.subject, self.text):
            return None if _is_within(team, mailbox(told[0])[1]) else self
        enclosed = [read_letter(each.content) for each in self.came if each.kind.lower() == "message/rfc822"]
        theirs = [each for each in enclosed if isinstance(each, Incoming) and not _is_within(team, each.address)]
        return theirs[0] if len(theirs) == len(enclosed) == 1 else None

    def answers(
        self,
        theirs: Sequence[str] = (),
        *,
        is_known: bool = False,
        proven: bool | None = None,
        by: str = "",
        now: datetime | None = None,
    ) -> Iterator[Answer]:
        """As answers of feedback. `theirs` are the addresses of whoever's case it answers; another sender is shown, and nobody's name.

        `is_known`: somebody of this address is a customer with a case; that it is they is then no more than a claim, unless it is
        `proven` (None: our server says nothing of it). `by`: the colleague who passed it on. Nothing is said later than `now`.
        """
        of_other = bool(theirs) and self.address not in theirs
        yield from written(
            sender=theirs[0] if of_other else self.sender if self.address else "",
            subject=self.subject,
            text=own_words(self.text) if theirs else self.text,
            stripped=self.stripped,
            about=self.about,
            message_id=self.name,
            date=format_datetime(min(self.said_at, now or self.said_at)) if self.said_at else None,
            is_an_answer=bool(theirs),
        )
        if of_other or are_several(self.sender):
            yield from answer("from", "Sent from", self.sender)
        elif by:
            yield from answer("passed_on", "Passed on by", None if forwarded(self.subject, self.text) else by)
        claims = is_known and not theirs and not proven
        if doubt := self._doubt(of_other=of_other, passed_on=bool(by), is_disowned=proven is False, claims=claims):
            yield from answer("sender", "Sender", doubt)
            yield from answer("doubted", "", True, Means.DOUBTED)
        if files := listed(self.came):
            yield from answer("files", "Attached", files)

    def _doubt(self, *, of_other: bool, passed_on: bool, is_disowned: bool, claims: bool) -> str:
        """Why it is not sure that the letter is whose it says that it is; nothing where nobody doubts it."""
        why = {
            "another address than the one we wrote to; not verified": of_other,
            "not verified: the letter names several senders": are_several(self.sender),
            "not verified: passed on by a colleague": passed_on,
            "not verified: our mail server doubts the address": is_disowned,
            "not verified: known by the address alone": claims,
        }
        return next((said for said, holds in why.items() if holds), "")


@dataclass(frozen=True, slots=True)
class Automatic:
    """A letter that bears the mark of no person's; whose the mark is, who knows the team can tell."""

    letter: Incoming
    mark: Mark

    def of_person(self, team: Team) -> Incoming | None:
        """The letter, where nothing but the team's own group or rule marked it, and it is of somebody else."""
        mine = self.mark in BY_CARRIERS and self.letter.is_carried_by(team)
        return self.letter if mine and not team.has(self.letter.of_writer(team).address) else None


def read_letter(content: bytes, left_out: int = 0) -> Incoming | Bounce | Automatic:
    """The letter as it came over the line, and what is known of it where no person wrote it. Never raises.

    A part that cannot be read is left out. `left_out`: so many bytes at its end could not be fetched, or are too many.
    """
    content = with_whole_head(content)
    try:
        letter = email.message_from_bytes(content, policy=READING)
        assert isinstance(letter, EmailMessage)
        return _read(letter, content, left_out)
    except Exception:  # noqa: BLE001  parsers of mail meet what nobody thought of, nesting without end among it
        return _read_plainly(content)


def _read(letter: EmailMessage, content: bytes, left_out: int) -> Incoming | Bounce | Automatic:
    headers = headers_of(headers_in(letter))
    body = letter.get_body(("plain", "html"))
    came = tuple(_attached(letter, body))
    if _JOURNAL in headers and len(told := [each for each in came if each.kind.lower() == "message/rfc822"]) == 1:
        return _unproven(read_letter(told[0].content))
    is_torn = body is None and not letter.is_multipart() and letter.get_content_maintype() == "multipart"
    text = words_within(content) if is_torn else text_of(body) if body else ""
    read = understood(headers, text, came, is_sealed=body is None and (left_out > 0 or _is_sealed(came)))
    return cut_short(read, len(content) + left_out) if left_out else read


def cut_short(letter: Incoming | Bounce | Automatic, size: int) -> Incoming | Bounce | Automatic:
    """The letter, where only its beginning was read: what is attached last may be torn, and more may be. `size` is the whole one's."""
    if isinstance(letter, Bounce):
        return letter
    if isinstance(letter, Automatic):
        whole = cut_short(letter.letter, size)
        return replace(letter, letter=whole) if isinstance(whole, Incoming) else letter
    torn = [replace(each, content=b"") for each in letter.came[-1:]]
    return replace(letter, came=(*letter.came[:-1], *torn, Attached.rest(size)))


def _is_sealed(came: Iterable[Attached]) -> bool:
    """Whether there are words within, which only the mail program of whoever it is for can read."""
    return any(each.kind.lower() in _SEALED for each in came)


def _unproven(letter: Incoming | Bounce | Automatic) -> Incoming | Bounce | Automatic:
    """Of what stands within another letter no server of ours has said whose it is."""
    if isinstance(letter, Automatic):
        return replace(letter, letter=replace(letter.letter, results=None))
    return replace(letter, results=None) if isinstance(letter, Incoming) else letter


def _is_within(team: Team, address: str) -> bool:
    return team.has(address.lower()) and not team.is_guess


def headers_of(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By their names in small letters. Servers write theirs on top: of a name that comes twice the lower one may be the sender's own."""
    headers: dict[str, list[str]] = {}
    for written_as, value in lines:
        name, said = written_as.strip().lower(), " ".join(value.split())
        if name in _MANY or name not in headers:
            headers.setdefault(name, []).append(said)
    return {name: ",\n".join(said) for name, said in headers.items()}


def _without_tag(address: str) -> str:
    local, _, host = address.rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def understood(
    headers: Mapping[str, str],
    text: str,
    came: tuple[Attached, ...],
    stripped: str | None = None,
    *,
    is_sealed: bool = False,
) -> Incoming | Bounce | Automatic:
    """A letter in its pieces, whoever took it apart."""
    mark = mark_of(headers, headers.get("from", ""), text)
    if mark and (bounce := bounce_of(headers, text, came)):
        return bounce
    if any(each.kind.lower() == "text/calendar" and _ASKED.search(each.content) for each in came):
        mark = Mark.CALENDAR
    letter = _put_together(headers, _UNSEEN if is_sealed else text, came, stripped)
    letter = replace(letter, is_sealed=is_sealed)
    return Automatic(letter, mark) if mark else letter


def _put_together(headers: Mapping[str, str], text: str, came: tuple[Attached, ...], stripped: str | None) -> Incoming:
    answered = MESSAGE_ID.findall(headers.get("in-reply-to", "")[:_LONGEST_LIST])
    before = MESSAGE_ID.findall(headers.get("references", "")[-_LONGEST_LIST:])  # the nearest stand at its end
    return Incoming(
        headers=headers,
        sender=headers.get("from", "")[:_LONGEST],
        subject=headers.get("subject", "")[:_LONGEST],
        text=text,
        name=next(iter(MESSAGE_ID.findall(headers.get("message-id", "")[:_LONGEST])), ""),
        date=headers.get("date", "")[:_LONGEST],
        follows=tuple(dict.fromkeys(answered[:1] + before[::-1] + answered[1:])),
        tags=tuple(dict.fromkeys(tag.lower() for tag in _tags(headers, _ADDRESSED)))[:_MOST_TAGS],
        results=headers.get("authentication-results"),
        stripped=stripped,
        came=came,
    )


def _tags(headers: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    """The tags of the addresses in these headers: of the addresses themselves, whatever their names say."""
    written = [headers.get(name, "")[:_LONGEST_LIST] for name in names]
    traced = _FOR.findall(headers.get("received", "")[:_LONGEST_LIST]) if names is _ADDRESSED else []
    for address in (*(address for _, address in mailboxes(written)), *traced):
        if (tag := _TAG.search(address)) is not None:
            yield tag[1]


def _attached(part: MIMEPart, body: MIMEPart | None, is_within: bool = False) -> Iterator[Attached]:
    """All pieces but the words themselves; a letter within the letter is one piece."""
    if part.get_content_maintype() == "multipart":
        for each in part.iter_parts():
            yield from _attached(each, body, part.get_content_subtype() == "related")
        return
    kind, name = part.get_content_type(), part.get_filename()
    if part is body or (name is None and kind in ("text/plain", "text/html")):
        return
    if part.is_multipart():
        content = _undone(part, "\n".join(each.as_string() for each in part.iter_parts()))
    else:
        raw = part.get_payload(decode=True)
        content = raw if isinstance(raw, bytes) else b""
    yield Attached(name or "", kind, content, len(content), is_within or _is_shown_within(part))


def _undone(part: MIMEPart, text: str) -> bytes:
    """A report or a letter within in base64, as no standard allows and some programs write it: Python leaves that as it is."""
    content = text.encode("utf-8", "replace")
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return content
    try:
        return b64decode(b"".join(content.split()), validate=True)
    except ValueError:
        return content


def _is_shown_within(part: MIMEPart) -> bool:
    """Some programs put what the words show beside them, with its Content-ID; who attaches a file says so (RFC 2183)."""
    return part["Content-ID"] is not None and part.get_content_disposition() != "attachment"


def _read_plainly(content: bytes) -> Incoming | Bounce | Automatic:
    """What can be told of a letter that breaks its parser: its head, and the first of its parts that looks like words."""
    return understood(headers_of(head_of(content)), words_within(content), ())
