"""Which letters no person wrote: by the marks of machines, reports, calendars and lists, and by how they begin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from enum import StrEnum

from cases.spoken.mailboxes import mailbox

Headers = Mapping[str, str]
"""Of a letter, by their names in small letters."""

_LONGEST = 500


def _decoded(written: str) -> str:
    """Of letters that were sent, the headers are as they stand in them."""
    try:
        return str(make_header(decode_header(written)))
    except (LookupError, ValueError, HeaderParseError):
        return written


def _plain(written: str) -> str:
    """The beginning, in small letters without accents."""
    apart = unicodedata.normalize("NFKD", written[:_LONGEST].casefold().replace("’", "'"))
    return "".join(char for char in apart if not unicodedata.combining(char)).strip()


_BY_PROGRAM = ("mailer-daemon@", "postmaster@")
_TO_MANY = ("list-id", "list-unsubscribe")
_MARKS = ("x-autoreply", "x-autorespond", "x-autoresponse")
BY_RULE = "x-ms-exchange-inbox-rules-loop"  # a rule of somebody's mailbox, which wants no answer either
_BY_HAND = ("", "no", "auto-forwarded")
# How programs begin the subject of an answer that nobody wrote: that is often the only mark it bears.
_ANSWERED_BY_ITSELF = """
    automatic reply, automated reply, automatic response, automated response, auto reply, auto response, autoreply, autoresponse, autoresponder
    out of office, out of the office, out of office reply, out of office autoreply, vacation reply
    automatische antwort, automatische rückmeldung, autoantwort, abwesenheitsnotiz, abwesenheitsmeldung, abwesenheitsnachricht, abwesenheitsbenachrichtigung
    réponse automatique, message d'absence, absence du bureau, notification d'absence
    respuesta automática, fuera de la oficina, fuera de oficina, risposta automatica, fuori sede, fuori ufficio
    resposta automática, fora do escritório, răspuns automat, automatisch antwoord, afwezigheidsbericht, afwezigheidsmelding
    automatiskt svar, automatisk svar, autosvar, frånvaromeddelande, fraværsbesked, fraværsmelding, automaattinen vastaus, poissaoloilmoitus
    automatyczna odpowiedź, odpowiedź automatyczna, autoodpowiedź, automatická odpověď, automatická odpoveď, automatikus válasz
    otomatik yanıt, otomatik cevap, samodejni odgovor, automatski odgovor, αυτόματη απάντηση
    автоматический ответ, автоответ, автоматична відповідь, автоматичен отговор
    自动回复, 自动答复, 自動回覆, 自動応答, 自動返信, 不在通知, 자동 회신, 자동 응답, 자동응답, 부재중
    رد تلقائي, תשובה אוטומטית, מענה אוטומטי, balasan otomatis, trả lời tự động, ตอบกลับอัตโนมัติ
"""
# With a colon such words stand before the subject that is answered; alone they may be a person's.
_AWAY = """
    ooo, away, absent, on leave, on vacation, on holiday, afwezig, met vakantie, op vakantie, abwesend, abwesenheit, im urlaub, urlaub, en vacances, en congé, absente
    ausente, de vacaciones, de férias, in ferie, in vacanza, assente, frånvarande, fraværende, bortrest, på ferie, poissa, lomalla, nieobecny, nieobecna, urlop, dovolená, szabadságon, izinde
"""


def _either(phrases: str) -> str:
    """Any of these, with hyphens or without."""
    told = [_plain(each) for each in re.split(r"[,\n]", phrases) if each.strip()]
    return "|".join(re.escape(each).replace(r"\ ", "[ -]") for each in told)


_SUBJECT = re.compile(rf"\W*(?:(?:{_either(_ANSWERED_BY_ITSELF)})\s*(?:$|[^\w\s'?!]|re\b)|(?:{_either(_AWAY)})\s*:)")
# What such an answer says first, as a whole sentence.
_OPENING = re.compile(
    r"\W*(?:this (?:is an auto(?:mated|matic|matically generated) (?:reply|response|message|answer|e-?mail)"
    r"|(?:message|e-?mail) (?:was|is) (?:automatically (?:generated|sent)|(?:generated|sent) automatically)(?: by [\w ]{1,30})?)"
    r"|(?:dies|das) ist eine automatisch(?: generierte| erstellte| erzeugte|e) (?:antwort|nachricht|e-?mail|mail)"
    r"|ceci est un(?:e reponse| message| e-?mail) automatique|est[ae] es un(?: mensaje| correo|a respuesta) automatic[oa]"
    r"|questo e un messaggio automatico|questa e una risposta automatica|esta e uma (?:resposta|mensagem) automatica"
    r"|dit is een automatisch(?: gegenereerd)? (?:antwoord|bericht))\s*(?:$|[.,;:!\n(-])"
)
# RFC 7489, section 7.2.1.1
_REPORT = re.compile(r"report domain: ?\S+.{0,300}submitter: ?\S+.{0,300}report-id:", re.DOTALL)
_PROGRAMS = re.compile(r"php|mailchimp|newsletter|campaign|nodemailer|sendgrid")
_OF_PROGRAMS = ("feedback-id", "x-campaign", "x-campaignid", "x-php-originating-script", "x-php-script")
_OF_PEOPLE = (
    "user-agent"  # in which web mails and mail programs name themselves, beside marks of the host that they run on
)
_DRAFT = "x-unsent"
_NO_REPLY = re.compile(r"(?:do[-_.]?)?not?[-_.]?reply\b")


class Mark(StrEnum):
    """As what a letter is known that no person wrote, or that nobody wrote to us."""

    ANSWER = "answer"  # of a machine (RFC 3834)
    REPORT = "report"  # RFC 3464, RFC 7489
    CALENDAR = "calendar"
    RULE = "rule"  # of somebody's mailbox
    LIST = "list"
    BULK = "bulk"


BY_CARRIERS = frozenset({Mark.RULE, Mark.LIST, Mark.BULK})
"""What whoever carries a letter writes on it: the team's own group or rule does so on every customer's."""


def mark_of(headers: Headers, sender: str, text: str = "") -> Mark | None:
    """By what it is known that no person wrote this letter, or to many; None where nothing says so. What writers leave goes before what carriers do.

    Precedence: list is none, for shared mailboxes put it on every customer's letter; nor is X-Auto-Response-Suppress alone, by
    which a person's mail program only asks for silence, and a distribution list of Exchange for its members'; nor is it to be
    auto-forwarded: it is a person's letter that was.
    """
    subject, kind = _plain(_decoded(headers.get("subject", "")[:_LONGEST])), headers.get("content-type", "").lower()
    precedence = headers.get("precedence", "").strip().lower()
    marks = {
        Mark.CALENDAR: kind.startswith("text/calendar"),
        Mark.REPORT: kind.startswith("multipart/report")
        or headers.get("return-path", "").strip() == "<>"
        or mailbox(sender)[1].lower().startswith(_BY_PROGRAM)
        or _REPORT.match(subject),
        Mark.ANSWER: headers.get("auto-submitted", "no").split(";")[0].strip().lower() not in _BY_HAND
        or precedence == "auto_reply"
        or any(mark in headers for mark in _MARKS)
        or _SUBJECT.match(subject)
        or _OPENING.match(_plain(text)),
        Mark.RULE: BY_RULE in headers and "all" in headers.get("x-auto-response-suppress", "").lower(),
        Mark.LIST: any(mark in headers for mark in _TO_MANY),
        Mark.BULK: precedence in ("bulk", "junk"),
    }
    return next((mark for mark, stands in marks.items() if stands), None)


def is_automatic(headers: Headers, sender: str, text: str = "") -> bool:
    """Whether it bears any such mark."""
    return mark_of(headers, sender, text) is not None


def is_a_persons(headers: Headers, sender: str) -> bool:
    """Whether a letter in the team's own name is a colleague's, and was sent: shops and campaigns write in it, too, and drafts lie about.

    Stricter than of letters that come in, where a program may well carry a customer's words: a form, or a newsletter's reply.
    """
    program = f"{headers.get('x-mailer', '')} {headers.get(_OF_PEOPLE, '')}".lower()
    is_marked = _OF_PEOPLE not in headers and any(mark in headers for mark in _OF_PROGRAMS)
    is_a_programs = is_marked or _PROGRAMS.search(program) or _NO_REPLY.match(mailbox(sender)[1].lower())
    return not (is_automatic(headers, sender) or is_a_programs or _DRAFT in headers)
