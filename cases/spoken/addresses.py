"""E-mail addresses, names on networks and numbers in a text, however they are disguised, and what a list of them allows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

import phonenumbers

from cases.spoken.seen import seen

_SCRIPTS_MEET = re.compile(r"(?<=[0-9A-Za-z])(?=[^\W\d_\x00-\u036f])|(?<=[^\W\d_\x00-\u036f])(?=[0-9A-Za-z])")
# What stands for a dot between letters, where no sentence ends.
_DOT_LIKE = re.compile("(?<=[^\\W_])[\u3002\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u06d4](?=[^\\W_])")
_BRACKETED_DOT = re.compile(r" ?(?:[\[({<] ?(?:\.|dot|punkt|punto|point|ponto|punt) ?[\])}>]) ?", re.IGNORECASE)
_BRACKETED_AT = re.compile(r" ?[\[({<] ?(?:@|at|ät|arroba|chiocciola|arobase) ?[\])}>] ?", re.IGNORECASE)
# Letters and digits set apart one by one: "c o m", "0 1 7 1".
_SPACED = re.compile(r"(?<![\w.])[\w.](?: [\w.]){2,}(?!\w)")
_NUMERALS = (
    "zero oh null nul cero zéro",
    "one eins un uno um een één",
    "two zwei zwo dos deux due dois twee",
    "three drei tres trois tre três drie",
    "four vier cuatro quatre quattro quatro",
    "five fünf cinco cinq cinque vijf",
    "six sechs seis sei zes",
    "seven sieben siete sept sette sete zeven",
    "eight acht ocho huit otto oito",
    "nine neun nueve neuf nove negen",
)
_DIGIT = {word: str(digit) for digit, written in enumerate(_NUMERALS) for word in written.split()}
_NUMERAL = "|".join(sorted(_DIGIT, key=len, reverse=True))
_IN_WORDS = re.compile(rf"\b(?:{_NUMERAL})(?:[ ,-]{{1,2}}(?:{_NUMERAL})\b){{5,}}", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,62})"
_AT, _SAID_DOT = "(?:at|ät|arroba|chiocciola|arobase|apenstaartje)", "(?:dot|punkt|punto|point|ponto|punt)"
_EMAIL = re.compile(
    rf"[\w.+'%-]{{1,64}}@(?:{_LABEL}\.){{1,8}}\w{{2,}}(?:-\w+)*"
    rf"|[\w.+'%-]{{1,64}} {_AT} {_LABEL}(?: {_SAID_DOT} {_LABEL}){{0,3}} {_SAID_DOT} \w{{2,24}}\b",
    re.IGNORECASE,
)
_SAID = re.compile(rf" (?:({_AT})|{_SAID_DOT}) ")
_HANDLE = re.compile(
    r"(?<![\w.@+-])@[^\W\d_][\w.]{2,31}"  # somebody's name on a network
    r"|[\w.+%-]{1,64}@[\w-]*[^\W\d_][\w-]*(?![\w@-]|\.\w)"  # a name at a bank or a network
    r"|(?<![\w$])\$[a-z][a-z]{2,20}\b",  # a name that is paid
    re.IGNORECASE,
)
_WALLET = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[A-Za-z])(?:0x[0-9a-fA-F]{40}|[A-Za-z0-9]{25,100})(?!\w)")
_ENDS = ".,;:!?…*_~'\"”’»"
_UNSAFE_PATH = re.compile(r"(?:^|/)\.\.(?:/|$)|[\\\x00-\x20]")

_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01])"
_DATE = re.compile(
    rf"(?<![\d./-])(?:(?:19|20)\d\d-\d\d-\d\d|(?:{_DAY_MONTH})[./-](?:(?:19|20)\d\d|\d\d))(?!\d|[./-]\d)"
)
_DIGITS = re.compile(r"(?<![\w+])[+(]{0,2}\d(?:[ ./()\u00a0\u2010-\u2015-]{0,3}\d){6,24}(?!\w)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_CALLS_FOR = re.compile(
    r"(?:call|phone|telephone|tel|mobile|cell|ring|text|sms|whatsapp|fax|dial|line|reach me|number"
    r"|an|rufen|ruf|anrufen|telefon|nummer|handy|llame|llamar|llama|teléfono|número|móvil|appelez|appeler|téléphone|numéro"
    r"|portable|chiami|chiamare|telefono|numero|cellulare|ligue|ligar|telefone|telemóvel|celular|bel|bellen|telefoon)\b[^\n\d]{0,40}$",
    re.IGNORECASE,
)
_SHORT_CODE = re.compile(r"\b(?:text|sms|simse|texto)\b[^\n\d]{0,40}(?<![\d+])(\d{5,6})(?![\d.,:/-]*\d)", re.IGNORECASE)
_IN_LETTERS = re.compile(
    r"(?<![\w+])(?:0\d{2,3}|1[ -]?8\d\d|\+\d{1,3}[ -]?\d{2,3})[ -][A-Z]{5,9}(?!\w)"
)  # "0800-FLOWERS"
# Written in groups, as only numbers to be dialled are; what stands after such a word is a number of ours.
_GROUPED = re.compile(r"\d{2,4}(?:[ .-]\d{2,4}){2,5}")
_OURS = re.compile(
    r"(?:#|\b(?:order|booking|invoice|bill|claim|case|parcel|tracking|ticket|reference|ref|number|no|nr|n|bestellung|rechnung|sendung|paket"
    r"|factura|pedido|facture|commande|fattura|ordine|fatura|encomenda|factuur|bestelling|pakket)\b)[^\n\d]{0,12}$",
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
    """`text` as a reader takes its addresses in: as `seen`, with "[.]", "(at)", "c o m" and numbers in words resolved."""
    plain = _SCRIPTS_MEET.sub(" ", _DOT_LIKE.sub(".", seen(text)))
    plain = _BRACKETED_AT.sub("@", _BRACKETED_DOT.sub(".", plain))
    plain = _SPACED.sub(lambda apart: apart[0].replace(" ", ""), plain)
    return _IN_WORDS.sub(lambda said: "".join(_DIGIT[word.casefold()] for word in re.findall(r"\w+", said[0])), plain)


def emails(text: str) -> Iterator[str]:
    """Every e-mail address in a `visible` text, spelt as usual, in lower case."""
    for match in _EMAIL.finditer(text):
        yield _SAID.sub(lambda said: "@" if said[1] else ".", match[0].rstrip(_ENDS).casefold())


def handles(text: str) -> Iterator[str]:
    """Names on a network or at a bank in a `visible` text: "@soup_desk", "anita@oksbi", "$SoupDesk"."""
    return (match[0].rstrip(_ENDS) for match in _HANDLE.finditer(text))


def wallets(text: str) -> Iterator[str]:
    """What can only be an address that money is sent to, by its length: letters and digits mixed, 25 or more of them."""
    return (match[0] for match in _WALLET.finditer(text))


def accounts(text: str) -> Iterator[str]:
    """Card numbers (13 to 19 digits that pass Luhn's check) and IBANs (that pass ISO 7064's) in a `visible` text."""
    for match in _DIGITS.finditer(text):
        if 13 <= len(_only_digits(match[0])) <= 19 and _passes_luhn(_only_digits(match[0])):
            yield match[0]
    yield from (iban for match in _IBAN.finditer(text) if (iban := _valid_iban(match[0])))


def phones(text: str, *, every: bool = False) -> Iterator[str]:
    """What can be dialled in a `visible` text: with "+", "00", "(" or "0" in front, in groups, or after a word such as "call".

    `every`: the words cannot be read, so that any number of such a length counts.
    """
    dateless = _DATE.sub(lambda date: "_" * len(date[0]), text)
    for match in _DIGITS.finditer(dateless):
        if _FEWEST_PHONE <= len(_only_digits(match[0])) <= _MOST_PHONE and (every or _is_dialled(text, match)):
            yield match[0]
    yield from (match[1] for match in _SHORT_CODE.finditer(dateless))
    yield from (match[0] for match in _IN_LETTERS.finditer(text))


def _is_dialled(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    if match[0][0] in "+(0" or _CALLS_FOR.search(before):
        return True
    return _GROUPED.fullmatch(match[0]) is not None and not _OURS.search(before)


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


def read_region(written: str | None) -> str | None:
    """A country as telephone numbers know it, for policy.toml. Raises ValueError, whose message says what to write."""
    region = (written or "").strip().upper()
    if region and region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(f'"{written}" is not a country; write its two letters, for instance "DE" or "US"')
    return region or None


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
