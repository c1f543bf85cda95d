"""Web addresses, e-mail addresses and numbers in a text, however they are disguised, and whether a list allows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

import phonenumbers

# Invisible characters that break a word for us and not for the reader.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_WIDE_DOT = re.compile("(?<=[a-z0-9])\u3002(?=[a-z0-9])", re.IGNORECASE)
_BRACKETED_DOT = re.compile(r" ?(?:[\[({<] ?(?:\.|dot) ?[\])}>]) ?", re.IGNORECASE)
_BRACKETED_AT = re.compile(r" ?[\[({<] ?(?:@|at) ?[\])}>] ?", re.IGNORECASE)
# Every country's domain, and the common others. A full list changes weekly; an unknown one is caught by its scheme.
_GENERIC = (
    "com net org info biz edu gov mil int name pro mobi shop store online site website app dev page web cloud tech io ai co"
    " xyz top club live link click blog space fun win bid loan men date stream download review trade vip work world today"
    " email support help bank money cash credit finance pay gift global group agency company digital media news network"
    " one zip mov icu rest cyou monster buzz cfd sbs bond lol ink wiki life plus art bio eu uk ac su test example invalid"
    " рф укр бел срб 中国 公司 みんな"
)
_DOMAINS = "|".join(
    sorted({*_GENERIC.split(), *(region.lower() for region in phonenumbers.SUPPORTED_REGIONS)}, key=len, reverse=True)
)
_LABEL = r"[^\W_](?:[\w-]{0,62})"
_HOST = rf"(?:{_LABEL}\.){{1,6}}(?:xn--[\w-]{{2,}}|{_DOMAINS})(?![\w@-]|\.\w)"
_TARGET = r"[^\s<>\"'|`\[\]{}()]*"
_LINK = re.compile(
    rf"(?<![a-z])(?:h(?:tt|xx)ps?|ftp|file|data|javascript|sms):/{{0,2}}\S+?(?=[\s<>\"'|`\[\]{{}}()]|$)"
    rf"|(?<![a-z])[a-z][a-z0-9+.-]{{1,20}}://{_TARGET}"
    rf"|(?<![\w@.-])www\d?\.{_TARGET}"
    rf"|(?<![\w@.-]){_HOST}(?::\d+)?(?:[/?#]{_TARGET})?"
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+|/)[^\s<>]*",
    re.IGNORECASE,
)
_SPOKEN_LINK = re.compile(rf"(?<![\w@.-]){_LABEL}(?: dot {_LABEL}){{0,3}} dot (?:com|net|org|info|io|co|shop|de|uk|eu|ru|xyz|top)\b", re.IGNORECASE)  # fmt: skip
_EMAIL = re.compile(
    rf"[\w.+'%-]{{1,64}}@(?:{_LABEL}\.){{1,8}}\w{{2,}}(?:-\w+)*"
    rf"|[\w.+'%-]{{1,64}} at {_LABEL}(?: dot {_LABEL}){{0,3}} dot \w{{2,10}}\b",
    re.IGNORECASE,
)
_MISSING_SPACE = re.compile(r"\w+\.[A-Z][a-z]")  # "Sorry.It was cold": a full stop, and the space forgotten
_ENDS = ".,;:!?…*_~'\"”’»"
_UNSAFE_PATH = re.compile(r"(?:^|/)\.\.(?:/|$)|[\\\x00-\x20]")

_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01])"
_DATE = re.compile(
    rf"(?<![\d./-])(?:(?:19|20)\d\d-\d\d-\d\d|(?:{_DAY_MONTH})[./-](?:(?:19|20)\d\d|\d\d))(?!\d|[./-]\d)"
)
_DIGITS = re.compile(r"(?<![\w+])[+(]{0,2}\d(?:[ ./()\u00a0\u2011–-]{0,3}\d){6,24}(?!\w)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_CALLS_FOR = re.compile(
    r"(?:call|phone|telephone|tel|mobile|cell|ring|text|sms|whatsapp|fax|dial|line|reach me|number)\b[^\n\d]{0,40}$",
    re.IGNORECASE,
)
_SAME_PHONE = 8  # the digits at the end that two spellings of one number share, with or without country code
_FEWEST_PHONE, _MOST_PHONE = 7, 15  # E.164 allows at most 15


@dataclass(frozen=True, slots=True)
class Link:
    """A web address as browsers see it. `host` is in ASCII, empty where there is none; `scheme` empty where none is written."""

    scheme: str
    host: str
    port: int | None
    path: str
    plain: bool = True

    def under(self, allowed: Link) -> bool:
        """Whether it is `allowed` itself or a page below it: same host, same port, path by whole segments."""
        if not (self.plain and self.host and (self.host, self.port) == (allowed.host, allowed.port)):
            return False
        if self.scheme not in ("http", "https", "") or (allowed.scheme and self.scheme not in (allowed.scheme, "")):
            return False
        base = allowed.path.rstrip("/")
        return self.path == base or self.path.startswith((f"{base}/", f"{base}?", f"{base}#"))


def visible(text: str) -> str:
    """`text` as a reader takes it in: no invisible characters, one form of every letter, "[.]" and "(at)" resolved."""
    plain = _WIDE_DOT.sub(".", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    return _BRACKETED_AT.sub("@", _BRACKETED_DOT.sub(".", plain))


def links(text: str) -> Iterator[str]:
    """Everything in a `visible` text that leads to a web page, with or without a scheme, in words as well."""
    for pattern in (_LINK, _SPOKEN_LINK):
        found = (match[0].rstrip(_ENDS) for match in pattern.finditer(text))
        yield from (link for link in found if not _MISSING_SPACE.fullmatch(link))


def emails(text: str) -> Iterator[str]:
    """Every e-mail address in a `visible` text, spelt as usual, in lower case."""
    for match in _EMAIL.finditer(text):
        yield match[0].rstrip(_ENDS).casefold().replace(" dot ", ".").replace(" at ", "@")


def accounts(text: str) -> Iterator[str]:
    """Card numbers (13 to 19 digits that pass Luhn's check) and IBANs (that pass ISO 7064's) in a `visible` text."""
    for match in _DIGITS.finditer(text):
        if 13 <= len(_only_digits(match[0])) <= 19 and _passes_luhn(_only_digits(match[0])):
            yield match[0]
    yield from (iban for match in _IBAN.finditer(text) if (iban := _valid_iban(match[0])))


def phones(text: str) -> Iterator[str]:
    """What can be dialled in a `visible` text: with "+", "00", "(" or "0" in front, or after a word such as "call"."""
    for match in _DIGITS.finditer(_DATE.sub(lambda date: "_" * len(date[0]), text)):
        if _FEWEST_PHONE <= len(_only_digits(match[0])) <= _MOST_PHONE and (
            match[0][0] in "+(0" or _CALLS_FOR.search(text, max(0, match.start() - 60), match.start())
        ):
            yield match[0]


def same_phone(one: str, other: str) -> bool:
    """Whether two spellings may be one number: the same last eight digits, or all of a shorter one."""
    mine, theirs = _only_digits(one), _only_digits(other)
    shared = min(len(mine), len(theirs), _SAME_PHONE)
    return shared >= _FEWEST_PHONE and mine[-shared:] == theirs[-shared:]


def email_allowed(address: str, allowed: Collection[str]) -> bool:
    """Whether it is listed, or its host is as "@host". Letters' case does not count."""
    listed = {each.casefold() for each in allowed}
    return address in listed or f"@{address.rpartition('@')[2]}" in listed


def parse_link(written: str) -> Link:
    """Any text as a Link; what browsers would not read gets an empty host. Never raises."""
    with_scheme = written if re.match(r"[a-z][a-z0-9+.-]*:/", written, re.IGNORECASE) else f"//{written}"
    try:
        parts = urlsplit(with_scheme)
        return Link(parts.scheme.lower(), _ascii(parts.hostname or ""), parts.port, _path(parts), _is_plain(parts))
    except ValueError:  # a port that is no number, half a bracket
        return Link("", "", None, "")


def read_link(written: str) -> str:
    """A prefix for policy.toml as it was written. Raises ValueError, whose message says what to write."""
    link = parse_link(written)
    if not link.plain or "." not in link.host or link.scheme not in ("http", "https", ""):
        raise ValueError(f'"{written}" is not a web address; write for instance "https://shop.example/returns"')
    return written


def read_email(written: str) -> str:
    """An address, or "@host", for policy.toml. Raises ValueError, whose message says what to write."""
    if not re.fullmatch(r"[\w.+'%-]{0,64}@(?:[\w-]+\.)+[\w-]{2,}", written):
        raise ValueError(
            f'"{written}" is not an e-mail address; write for instance "help@shop.example" or "@shop.example"'
        )
    return written.casefold()


def read_phone(written: str) -> str:
    """A telephone number for policy.toml. Raises ValueError, whose message says what to write."""
    if not (_DIGITS.fullmatch(written.strip()) and len(_only_digits(written)) <= _MOST_PHONE):
        raise ValueError(f'"{written}" is not a telephone number; write for instance "+49 30 1234567"')
    return written.strip()


def _is_plain(parts: SplitResult) -> bool:
    """No user name before the host, no way up the path: both make an address look like another."""
    return "@" not in parts.netloc and not _UNSAFE_PATH.search(unquote(unquote(parts.path)))


def _path(parts: SplitResult) -> str:
    tail = f"?{parts.query}" if parts.query else f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.path.rstrip('/') if not tail else parts.path}{tail}"


def _ascii(host: str) -> str:
    """The host as it is looked up: look-alike letters of other scripts become visible as "xn--"."""
    try:
        return host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _only_digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _valid_iban(written: str) -> str:
    """The account number that begins the match, without a word that merely follows it; empty where none checks out."""
    words = re.split(r"(?<=[^ ]) ", written)
    for taken in range(len(words), 0, -1):
        iban = re.sub(r"[ -]", "", " ".join(words[:taken])).upper()
        if (
            15 <= len(iban) <= 34
            and iban.isascii()
            and int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1
        ):
            return " ".join(words[:taken])
    return ""
