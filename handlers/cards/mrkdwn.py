"""Text as Slack's mrkdwn reads it: escaped unless it is known to be safe, cut without breaking a token."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from string import Formatter
from typing import Any
from urllib.parse import quote as percent_encoded
from urllib.parse import urlencode, urlsplit

from cases.text import clean

TEXT_LIMIT = 3000  # of a text object, and what a message's own text keeps to
_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_GROUP = re.compile(r"S[A-Z0-9]{2,}")
_LONGEST_QUERY = 2000  # characters; a text object holds 3,000 [types]
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_UNFINISHED = re.compile(r"(?:<[^<>]*|&[a-z]{0,4})\Z")


class Mrkdwn(str):
    """Text that is safe to send: everything a customer or a colleague typed in it has been escaped."""

    __slots__ = ()


def escape(text: str) -> Mrkdwn:
    """Text as itself: without control characters, and with the three characters escaped that mean something to Slack."""
    if isinstance(text, Mrkdwn):
        return text
    return Mrkdwn(clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def fill(sentence: str, /, **facts: Any) -> Mrkdwn:
    """A sentence of the catalogue with its blanks filled.

    Strings are escaped, instants become date tokens: `{due:by}` reads "by today at 10:15" in the reader's own zone,
    `{due:ago}` reads "in 15 minutes" or "2 hours ago". A blank without a fact raises KeyError.
    """
    return Mrkdwn(_SENTENCES.vformat(sentence, (), facts))


class _Sentences(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, datetime):
            return ago(value) if format_spec == "ago" else when(value, format_spec)
        if isinstance(value, date):
            return day(value)
        return escape(value if isinstance(value, str) else format(value, format_spec))


_SENTENCES = _Sentences()


def join(separator: str, parts: Iterable[str | None]) -> Mrkdwn:
    """The parts that say something, escaped where they need it, with `separator` between them."""
    return Mrkdwn(separator.join(escape(part) for part in parts if part))


def when(at: datetime, lead: str = "") -> Mrkdwn:
    """An instant in the reader's own zone, after a leading word: "by today at 10:15".

    With the weekday, since that is how people keep an appointment in mind. The word goes into the token, because Slack writes "Today" at a token's start and "today" within it.
    """
    lead = f"{lead} " if lead else ""  # after a comma too: ", today at 10:15"
    fallback = f"{day(at.astimezone(UTC))}, {at.astimezone(UTC):%H:%M} UTC"
    return Mrkdwn(f"<!date^{_seconds(at)}^{lead}{{date_long_pretty}} at {{time}}|{lead}{fallback}>")


def ago(at: datetime) -> Mrkdwn:
    """How far an instant is from the moment of reading: "in 15 minutes", "2 hours ago"."""
    return Mrkdwn(f"<!date^{_seconds(at)}^{{ago}}|{at.astimezone(UTC):%H:%M} UTC>")


def _seconds(at: datetime) -> int:
    return max(int(at.timestamp()), 1)


def day(on: date) -> Mrkdwn:
    """A date without a time, the same in every zone, as Slack writes one: "Wednesday, January 7th, 2026"."""
    return Mrkdwn(f"{on:%A, %B} {ordinal(on.day)}, {on:%Y}")


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `13th`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def unstyled(text: str) -> str:
    """Text whose signs cannot begin or end a style of the sentence it stands in: Slack knows no escape for them."""
    return text.translate(_LOOK_ALIKES)


_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})


def mention(person: str) -> Mrkdwn:
    """A person or group by Slack id; anything else ("@lead") stays the name it is, and so does what is safe already."""
    if isinstance(person, Mrkdwn):
        return person
    if _USER.fullmatch(person):
        return Mrkdwn(f"<@{person}>")
    if _GROUP.fullmatch(person):
        return Mrkdwn(f"<!subteam^{person}>")
    return escape(person)


def link(address: str | None, label: str) -> Mrkdwn:
    """A link where there is a web address, else its label alone. For addresses of our own, such as a card's permalink."""
    if not address:
        return escape(label)
    return Mrkdwn(f"<{_inert(address)}|{escape(label)}>")


def link_naming_host(address: str, sentence: str) -> Mrkdwn | None:
    """A link to a stranger's address whose label names the host it really leads to; None unless it is http or https."""
    try:
        host = urlsplit(address).hostname or ""
        # The ASCII form shows letters of another alphabet that pass for Latin ones.
        host = host.encode("idna").decode()
    except ValueError:
        return None
    if not host or not re.match(r"https?://", address, re.IGNORECASE):
        return None
    return link(address, fill(sentence, host=host))


def mail_link(address: str) -> Mrkdwn:
    """An e-mail address one can click, as long as it is a plain one."""
    return Mrkdwn(f"<mailto:{address}|{address}>") if _MAIL.fullmatch(address) else escape(address)


def mail_draft_link(address: str, label: str, subject: str, body: str) -> Mrkdwn:
    """A link that opens a mail with these words; without the body where it would be longer than a link may be."""
    if not _MAIL.fullmatch(address):
        return Mrkdwn()
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")  # "%0D%0A" [RFC 6068, section 5]
    filled = [
        urlencode({"subject": subject, "body": lines}, quote_via=percent_encoded),
        urlencode({"subject": subject}, quote_via=percent_encoded),
    ]
    query = next((query for query in filled if len(query) <= _LONGEST_QUERY), "")
    return Mrkdwn(f"<mailto:{address}?{query.replace('&', '&amp;')}|{escape(label)}>")


def telephone_link(number: str) -> Mrkdwn:
    """A telephone number one can call by a click, as long as it is one."""
    digits = re.sub(r"[^\d+]", "", number)
    is_one = 5 <= len(digits) <= 16 and digits.isascii() and digits.rfind("+") <= 0
    return link(f"tel:{digits}", number) if is_one else escape(number)


def _inert(address: str) -> str:
    return percent_encoded(clean(address), safe="/:?#[]@!$'()*+,;=%~&").replace("&", "&amp;")


def fit(text: str, limit: int = TEXT_LIMIT) -> Mrkdwn:
    """Text of at most `limit` characters; where it is cut, no entity and no token is left half."""
    safe = escape(text)
    if len(safe) <= limit:
        return safe
    return Mrkdwn(_UNFINISHED.sub("", safe[: limit - 1]).rstrip() + "…")


def unmarked(text: str) -> str:
    """The inverse of `escape`, for the places where Slack reads no marks (plain_text, rich text)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
