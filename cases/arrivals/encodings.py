"""Encodings: bytes that somebody else wrote as text, read in the one that they are in rather than the one that they say."""

from __future__ import annotations

import codecs

from cases.arrivals.alphabets import strangers

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What Excel calls plain CSV in the countries of the world, and its elders; Western Europe's is taken where nothing speaks against it.
_WESTERN = "cp1252"
_CODE_PAGES = (
    *(_WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "koi8_r", "mac_roman", "shift_jis", "gb18030", "big5", "euc_kr"),
)
_SAMPLE = 65_536  # bytes that show a code page
_BETTER = 0.02  # by so much more must a text look like a language
# Of these some bytes read as UTF-8, too; what is said to be in any other, and reads as UTF-8, is UTF-8: programs say what they please.
_OF_SEVERAL_BYTES = ("utf", "gb", "big5", "euc", "shift", "iso2022", "cp9", "hz", "johab")


def in_its_own(content: bytes, said: str | None = None) -> str:
    """The text of bytes that are `said` to be in an encoding, which need not be so: then UTF-8, UTF-16, or a code page of which they look like a language."""
    known = _known(said)
    tried = [known] if known and known.startswith(_OF_SEVERAL_BYTES) else ["utf-8", known]
    read = (_exactly(content, name) for name in tried if name)
    return next((text for text in read if text is not None), None) or content.decode(encoding_of(content), "replace")


def encoding_of(content: bytes) -> str:
    """That of text as programs save it: UTF-8 or UTF-16, else the code page of which it looks like a language."""
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None) or _unmarked(content)


def zeros(content: bytes) -> tuple[int, int]:
    """Of its first bytes, how many are zero at even and at odd places: many where it is UTF-16, none in other text."""
    return content[:_SAMPLE][::2].count(0), content[:_SAMPLE][1::2].count(0)


def _unmarked(content: bytes) -> str:
    even, odd = zeros(content)
    if max(even, odd) * 4 > len(content[:_SAMPLE]):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8" if _is_utf8(content) else _code_page(content)


def _known(said: str | None) -> str | None:
    """As Python calls it. Browsers read ISO 8859-1 as cp1252, which has more letters [encoding.spec.whatwg.org]."""
    try:
        name = codecs.lookup(said or "").name
    except (LookupError, ValueError):
        return None
    return _WESTERN if name == "iso8859-1" else name


def _exactly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):  # of the second kind are those that are no encodings of text
        return None


def _is_utf8(content: bytes) -> bool:
    """Whether it is UTF-8, a few broken letters aside."""
    text = content.decode("utf-8", "replace")
    return text.count("\ufffd") * 10 <= len(content) - len(text)


def _code_page(content: bytes) -> str:
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in content.splitlines() if not line.isascii())
    found = list(from_bytes(telling[:_SAMPLE], cp_isolation=list(_CODE_PAGES)))
    if not found:
        return _WESTERN
    strange = {match.encoding: strangers(str(match)) for match in found}
    likely = [match for match in found if strange[match.encoding] <= min(strange.values())]
    likely = [match for match in likely if match.chaos <= min(each.chaos for each in likely)]
    best = max(likely, key=lambda match: match.coherence)
    western = (match.coherence for match in likely if _WESTERN in match.could_be_from_charset)
    return _WESTERN if best.coherence - next(western, -1.0) < _BETTER else best.encoding
