"""A letter as somebody else has taken it apart: where the writer's own words end, and whose they are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase

from cases.arrivals.answers import Answer, Nature, answer
from cases.arrivals.told import Means
from cases.spoken.mailboxes import mailbox

_UNSEEN = ("style", "script", "head", "title")
_NEW_LINE = re.compile(r"<br\s*/?>|</(?:p|div|tr|li|h\d)\s*>", re.IGNORECASE)
_NEW_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_TO_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)

_QUOTED = re.compile(r"[ \t]*>")
# The head of the letter that is answered, as Outlook and some others write it.
_HEAD = re.compile(
    r"(?m)^(?:-{2,} ?(?:original|ursprünglich|message d'origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk)[^\n]*"
    r"|_{10,}|\*?(?:from|von|de|da|van): ?\*?[^\n@]*@[^\n]*\n\*?(?:sent|gesendet|envoyé|enviado|inviato|verzonden|date|datum|fecha|data)[^\n]*)$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(r"\n[ \t]*(?:sent from|get outlook|gesendet von|von meinem|envoyé (?:de|depuis)|enviado desde|inviato da|enviado do|verzonden vanaf)[^\n]*\n?\Z", re.IGNORECASE)  # fmt: skip
_IS_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|doorst?)\s*:", re.IGNORECASE)
_FORWARDED = re.compile(r"(?m)^[^\n]*(?:forwarded|weitergeleitet|transféré|reenviad|inoltrat|encaminhad|doorgestuurd)[^\n]*$", re.IGNORECASE)  # fmt: skip
_WROTE_IT = re.compile(r"(?m)^[>* \t]*(?:from|von|de|da|van)\*?[ \t]*:([^\n@]*@[^\n]*)$", re.IGNORECASE)


def of_html(written_: object) -> str:
    """HTML as text, without what is quoted in it unless nothing else is there."""
    seen = written_ if isinstance(written_, str) else ""
    for tag in _UNSEEN:
        seen = _without(seen, tag)
    low = _small(seen)
    begins, ends = low.find("<blockquote"), low.rfind("</blockquote")
    return (_around(seen[:begins], seen[ends:]) if 0 <= begins < ends else "") or _plain(seen)


def _around(before: str, after: str) -> str:
    """What stands above and below a quotation, without the line that leads to it."""
    own = _plain(before).split("\n")
    _drop_lead_in(own)
    return "\n".join(filter(None, ["\n".join(own).strip(), _plain(after)]))


def _plain(marked_up: str) -> str:
    text = html.unescape(_TAG.sub("", _NEW_CELL.sub(" ", _NEW_LINE.sub("\n", " ".join(marked_up.split())))))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _without(text: str, tag: str) -> str:
    """Text without each element of that name, found from left to right: regular expressions take too long where no end is."""
    low, kept, place = _small(text), [], 0
    while (begins := low.find(f"<{tag}", place)) >= 0 and (ends := low.find(f"</{tag}", begins)) >= 0:
        kept.append(text[place:begins])
        place = ends + len(tag) + 3
    return "".join([*kept, text[place:]])


def _small(text: str) -> str:
    """In small letters, as long as before."""
    return text.translate(_TO_SMALL)


def own_words(text: str) -> str:
    """A letter without what it answers, which may stand below, above or between; where nothing is left, the whole of it."""
    text = text.replace("\r\n", "\n")
    head = _HEAD.search(text)
    own: list[str] = []
    quoting = False
    for line in (text[: head.start()] if head else text).split("\n"):
        if not _QUOTED.match(line):
            own.append(line)
        elif not quoting:
            _drop_lead_in(own)
        quoting = bool(_QUOTED.match(line))
    return _SENT_FROM.sub("", "\n".join(own).rstrip() + "\n").strip() or text.strip()


def _drop_lead_in(own: list[str]) -> None:
    """What programs put above a quotation: "On 5 Jan, Hearth <care@shop.example> wrote:", over two lines at most."""
    while own and not own[-1].strip():
        own.pop()
    if own and own[-1].rstrip().endswith(":"):
        last = own.pop()
        if "@" in last and not re.search(r"\d", last) and own and own[-1].rstrip()[-1:] not in ("", ".", "!", "?"):
            own.pop()


def forwarded(subject: str, text: str) -> tuple[str, str] | None:
    """Of a letter that a colleague passed on, who wrote it and what; None where it is nobody else's."""
    text = text.replace("\r\n", "\n")
    wrote = _WROTE_IT.search(text)
    if wrote is None or not (_IS_FORWARD.match(subject) or _FORWARDED.search(text[: wrote.start()])):
        return None
    words = text[wrote.start() :].partition("\n\n")[2]
    return (wrote[1].strip(" \t*"), own_words(words)) if words.strip() else None


def written(
    *,
    sender: str,
    subject: object,
    text: object,
    stripped: object,
    about: str,
    message_id: object,
    date: object,
    is_an_answer: bool = False,
) -> Iterator[Answer]:
    """What a letter tells. `stripped` is its text without what it answers, where somebody else has seen to that.

    The customer of a letter that a colleague passed on is who wrote it; who answers us speaks for themselves, whatever they enclose. `about` is the tag of the address that it came to: care+8812@….
    """
    whole = text if isinstance(text, str) else ""
    passed_on = None if is_an_answer else forwarded(str(subject or ""), whole)
    author, words = passed_on or (sender, stripped or own_words(whole))
    name, address = mailbox(author)
    yield from answer("Message-ID", "Message-ID", message_id, Means.EXTERNAL_ID)
    yield from answer("Date", "Date", date, Means.OCCURRED_AT)
    yield from answer("From", "From", address, Means.EMAIL)
    yield from answer("From name", "Name", name, Means.NAME)
    yield from answer("Subject", "Subject", subject, Means.SUBJECT)
    yield from answer("text", "Text", words, Means.COMMENT, Nature.ESSAY)
    yield from answer("passed_on", "Passed on by", sender if passed_on else None)
    yield from answer("about", "Order", about)
