"""What can be the name of a host, told by its shape: a top-level domain that exists, and a full stop that is none.

The top-level domains are IANA's, from the Public Suffix List as the package publicsuffixlist ships it: it is published
anew whenever that list changes (docs/decisions/0002). The names of special use are those of RFC 6761, 6762, 7686 and 9476,
and those that browsers or networks resolve by themselves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import publicsuffixlist

from cases.spoken.english import words
from cases.spoken.seen import latin
from cases.spoken.tongues import ABROAD, ENGLISH

Host: TypeAlias = Literal["host", "perhaps"]
"""`perhaps`: it could be one, and is far more likely a sentence that begins without its space."""

_SPECIAL = words("test example invalid localhost local onion alt internal i2p eth lan home corp bit crypto")
FIRST = words("com net org info biz")
"""Those by which everybody knows an address: no sentence begins with them."""
_WORDS = ENGLISH.union(*ABROAD.values()) - FIRST
_TITLES = words("mr mrs ms dr prof st no nr vs co sr sra sig dott fa mme mlle m ca approx incl ref tel")
_MOST_LABELS = 12  # looked at, from the end: more of them are no host that anybody types
_HYPHENED = re.compile(r"[-_]")
_POINTS = re.compile(
    r"\b(?:visit|see|open|click|use|try|at|via|on|to|is|page|site|website|web|portal|link|address|form|called|unter|auf|seite|bei|adresse"
    r"|en|web|pagina|visite|sur|site|adresse|su|sito|no|em|op|naar|pagina)[ :]+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _delegated() -> frozenset[str]:
    """Every top-level domain, in letters and as "xn--", in small letters."""
    listed = Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8")
    icann = listed.partition("===BEGIN ICANN DOMAINS===")[2].partition("===END ICANN DOMAINS===")[0]
    return _SPECIAL.union(
        name for line in icann.splitlines() if (name := line.strip()) and not set(name) & set("/.* !")
    )


def is_top(label: str) -> bool:
    """Whether `label` is a top-level domain, or one written with look-alikes, or punycode."""
    small = label.casefold()
    if "0" in small and not small.isdigit():
        small = small.replace("0", "o")
    return small.startswith("xn--") or not _delegated().isdisjoint((small, latin(label).casefold()))


def is_word(label: str) -> bool:
    """Whether it is also a common word of a language that customers are answered in."""
    return label.casefold() in _WORDS


def host(labels: list[str], before: str, *, on: bool) -> Host | None:
    """What `labels`, which stood with full stops between them, are; None for no host.

    `before` is the text just in front; `on`: a port, a path or a question follows.
    """
    labels = labels[-_MOST_LABELS:]
    tops = [place for place, label in enumerate(labels) if place and is_top(_HYPHENED.split(label)[0] or label)]
    if on and (is_top(labels[-1]) or _could_resolve(labels)):
        return "host"
    place = next((place for place in tops if not _only_a_stop(labels, place)), None)
    if place is None:
        return None
    return "perhaps" if _begins_sentence(labels, place) and not _POINTS.search(before) else "host"


def _could_resolve(labels: list[str]) -> bool:
    """Whether a path may follow it: some network's own name, but not "a.m./p.m." or "St.Gallen/Ulm"."""
    last = labels[-1]
    return (
        len(last) > 1
        and last[0].isalpha()
        and last.isalnum()
        and not last.istitle()
        and len(max(labels[:-1], key=len)) > 1
    )


def _only_a_stop(labels: list[str], place: int) -> bool:
    """Whether the full stop before this label ends an abbreviation, a number or the name of a file."""
    before, label = labels[:place], labels[place]
    if all(len(each) == 1 for each in before) and (len(before) > 1 or is_word(label)):
        return True  # "e.g.to", "z.B.am"
    if len(before) > 1:
        return False
    first = before[0]
    numbered = first.isdigit() and len(first) < 3  # "9.am", "24.de"
    titled = first.casefold() in _TITLES and label[0].isupper() and not (first.isupper() and len(first) > 2)
    return numbered or titled or "_" in first  # a host's name holds no underscore, a photograph's often


def _begins_sentence(labels: list[str], place: int) -> bool:
    """ "soup.Thank you": a word in small letters or a name, the stop, and a capitalised word that is no bare ending."""
    before, label = labels[place - 1], labels[place]
    written_as_one = len(labels) == place + 1 and before.isalpha() and (before.islower() or before.istitle())
    return written_as_one and label.istitle() and (is_word(label) or (len(label) > 2 and label.casefold() not in FIRST))
