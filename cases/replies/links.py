"""Whatever in a reply leads to a machine: web addresses, hosts and addresses of hosts, in every disguise, told by shape.

Nothing here looks for known endings of bad addresses: a word with a top-level domain behind its full stop is a host,
unless the full stop is one that ends a sentence, an abbreviation or a number. Works on a `visible` text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address

from cases.replies.domains import FIRST, host, is_top, is_word
from cases.spoken.english import words

_TARGET = r"[^\s<>\"'|`\[\]{}()]*"
# What a telephone or a browser opens without "//". Schemes with "//" need no list.
_OPENS = (
    "https? hxxps? s?ftps? ssh file data blob javascript vbscript smsto sms facetime intent market tg"
    " whatsapp viber skype sgnl weixin bitcoin ethereum litecoin dogecoin monero solana lightning upi pix"
).replace(" ", "|")
_SCHEME = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_OPENS}):[/\\]*(?=\S)|[a-z][a-z0-9+.-]{{1,20}}:[/\\]{{2}}){_TARGET}", re.IGNORECASE
)
_WWW = re.compile(rf"(?<![\w@.-])www\d?[. ](?=[^\s.]){_TARGET}", re.IGNORECASE)
# A run is read once and judged label by label: no pattern here looks at a character more often than its label is long.
_RUN = re.compile(
    r"(?<![\w@+%.-])\.*+(?P<labels>[\w@+%-]+(?:\.[\w@+%-]+)+)|(?<=\.\.)(?P<after>[\w@+%-]+(?:\.[\w@+%-]+)+)"
)
_ON = re.compile(rf"\.?(?::\d{{2,5}})?[/\\?#](?=[\w#?]){_TARGET}|:\d{{2,5}}(?!\d)")
_IPV4 = re.compile(r"(?<![\w.])[1-9]\d{0,2}(?:\.(?:0|[1-9]\d{0,2})){3}(?![\w]|\.\d)(?::\d+)?(?:/\S*)?")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:]*[g-z])", re.IGNORECASE)
_PORT = re.compile(rf"(?<![\w.@-])[a-z][\w-]{{1,62}}:\d{{2,5}}/{_TARGET}", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?<=\w)(?P<dot> (?:dot|point|punkt|punto|ponto|punt) |[-_]dot[-_]| \. ?|\. | ?[,;]| (?=(?:com|net|org|info|biz)\b))"
    r"(?P<top>[^\W\d_]{2,24})(?![\w-])(?P<on> ?/ ?\w| (?:slash|schrägstrich|barra) )?",
    re.IGNORECASE,
)
_ALSO_WORDS = words("point punkt punto ponto punt")  # "at some point next week"
_LAST_WORD = re.compile(r"[\w.-]{1,64}$")
_ENDS = ".,;:!?…*_~'\"”’»"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that leads elsewhere, as written. `sure` is False for what is likelier a missing space."""

    written: str
    sure: bool = True


def links(text: str) -> Iterator[Found]:
    """Everything that leads to a machine, at most once each and without order; never raises."""
    for pattern in (_SCHEME, _WWW, _IPV4, _PORT):
        found = [match for match in pattern.finditer(text) if _is_address(match[0])]
        yield from (Found(match[0].rstrip(_ENDS)) for match in found)
        text = pattern.sub(lambda match: " " * len(match[0]) if _is_address(match[0]) else match[0], text)
    yield from (Found(match[0]) for match in _IPV6.finditer(text) if _is_ipv6(match[0]))
    yield from _hosts(text)
    yield from (Found(_spoken(text, match)) for match in _SPOKEN.finditer(text) if _is_spoken(match))


def _hosts(text: str) -> Iterator[Found]:
    for run in _RUN.finditer(text):
        written = (run["labels"] or run["after"]).strip("_+%-")
        labels = written.split(".")
        if "@" in written or not all(label.strip("_+%-") for label in labels):
            continue
        on = _ON.match(text, run.end())
        kind = host(labels, text[max(0, run.start() - 16) : run.start()], on=on is not None)
        if kind:
            yield Found(written + (on[0].rstrip(_ENDS) if on else ""), kind == "host")


def _spoken(text: str, match: re.Match[str]) -> str:
    before = _LAST_WORD.search(text[max(0, match.start() - 64) : match.start()])
    return (before[0] if before else "") + match["dot"] + match["top"]


def _is_address(written: str) -> bool:
    octets = re.match(r"\d+\.\d+\.\d+\.\d+", written)
    return octets is None or all(int(octet) < 256 for octet in octets[0].split("."))


def _is_ipv6(written: str) -> bool:
    """Not "12:30:45": an address has eight parts, or a gap, and something in it."""
    try:
        IPv6Address(written.strip("[]"))
    except AddressValueError:
        return False
    return any(char.isalnum() for char in written)


def _is_spoken(match: re.Match[str]) -> bool:
    """Whether the words around a spoken or spaced dot are a host, as strictly as the dot can be misread."""
    dot, top, on = match["dot"].casefold(), match["top"].casefold(), match["on"]
    if not is_top(top) or (is_word(top) and not on):
        return False
    if dot == " ":
        return top in FIRST and on is not None
    if dot.strip() in _ALSO_WORDS:
        return top in FIRST or len(top) == 2
    if dot in (". ", ",", ";", " ,", " ;"):
        return match["top"].islower() and (top in FIRST or (on is not None and dot == ". "))
    return dot not in (" .", " . ") or match["top"].islower()
