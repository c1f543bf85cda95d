"""A customer's text made plain: one spelling, no contractions, one space between words, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 4_000  # characters read; of longer texts the beginning and the end, where people say what they want
CUT = 60  # characters of the customer's words shown as the trigger

_TOKEN = re.compile(
    r"""[£$€]?\d+(?:[.,:/]\d+)*[%£$€]?      # amounts, times, marks such as 3/10
      | [>:;]+['-]?[()DP/\\|](?![\w/]) | <3        # faces made of punctuation
      | [^\W\d_]+(?:['’`-][^\W\d_]+)*         # words with their apostrophes and hyphens
      | [^\w\s]                                 # everything else, one by one
      | \n""",
    re.VERBOSE,
)
_STOPS = frozenset(".,?")
_ENDS = frozenset(".!;…\n()[]*|•")
_PAUSES = frozenset(",:–—-/&+")
_GLAD = frozenset("👍❤🧡💛💚💙💜😍🥰😊😀😃😄😁🙂☺🎉👏🙌⭐🌟✨💯😋🤩🥳💪👌😘🤗🫶")
_SAD = frozenset("😡🤬😠👎💔😤😞😢😒🙄😩😫🤮🤢😖😣☹🙁🤦💩😑😔🥵😾")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")

# Spellings that would hide a word, met again and again in what people write on a telephone.
_PLAIN = {
    "dont": "do not", "didnt": "did not", "doesnt": "does not", "isnt": "is not", "wasnt": "was not",
    "arent": "are not", "werent": "were not", "havent": "have not", "hasnt": "has not", "hadnt": "had not",
    "cant": "can not", "cannot": "can not", "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not",
    "wont": "will not", "can't": "can not", "won't": "will not", "shan't": "will not", "ain't": "is not", "aint": "is not",
    "im": "i am", "ive": "i have", "i'd": "i would", "youre": "you are", "theyre": "they are",
    "thats": "that is", "whats": "what is", "wheres": "where is", "theres": "there is", "its": "it is", "let's": "let us",
    "u": "you", "ur": "your", "pls": "please", "plz": "please", "thx": "thanks", "cheers": "thanks", "ty": "thanks",
    "gonna": "going to", "wanna": "want to", "gotta": "have to", "noone": "no one", "nope": "no", "nah": "no",
    "recieved": "received", "recieve": "receive", "agian": "again", "definately": "definitely", "arived": "arrived",
    "dissapointed": "disappointed", "disapointed": "disappointed", "dissappointed": "disappointed",
    "dissapointing": "disappointing", "disapointing": "disappointing", "disappointd": "disappointed",
    "recomend": "recommend", "reccomend": "recommend", "reccommend": "recommend", "unaceptable": "unacceptable",
    "unacceptible": "unacceptable", "terible": "terrible", "horible": "horrible", "awfull": "awful", "apalling": "appalling",
    "appauling": "appalling", "delievery": "delivery", "delivary": "delivery", "delivry": "delivery", "waitng": "waiting",
    "payed": "paid", "canceled": "cancelled", "canceling": "cancelling", "cancled": "cancelled", "wierd": "weird",
    "refundd": "refund", "custmer": "customer", "servise": "service", "sevice": "service", "adress": "address",
    "neverr": "never", "sux": "sucks", "brocken": "broken", "brokn": "broken", "wrng": "wrong", "trash": "rubbish", "garbage": "rubbish",
}  # fmt: skip
_HYPHENED = {"e-mail": "email", "e-mails": "emails", "e-mailed": "emailed", "e-mailing": "emailing", "wi-fi": "wifi"}
_SUFFIXES = {"m": "am", "ve": "have", "re": "are", "ll": "will", "d": "would"}
_IS_BEFORE_S = frozenset(
    [
        "it",
        "that",
        "there",
        "here",
        "he",
        "she",
        "what",
        "where",
        "who",
        "how",
        "when",
        "everything",
        "nothing",
        "nobody",
        "everyone",
    ]
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in plain form. `plain` begins and ends with a space and holds single spaces, so patterns can rely on them.

    Sentences end in " . " or " ? "; a pause is " , ". Token `i` of the original stands in `original[slice(*spans[i])]`, and
    its plain form begins at `plain[starts[i]]`.
    """

    original: str
    plain: str
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """The customer's own words for `plain[start:end]`, on one line, at most 60 characters."""
        if not self.spans:
            return ""
        first = max(0, bisect_right(self.starts, start + (self.plain[start] == " ")) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        words = " ".join(self.original[self.spans[first][0] : self.spans[last][1]].split()).lstrip(" .,;:!?…–—-")
        return words if len(words) <= CUT else words[: CUT - 1].rstrip() + "…"

    @property
    def words(self) -> list[str]:
        """The plain words without punctuation."""
        return [word for word in self.plain.split() if word not in ".,?"]


def read(text: str) -> Wording:
    """`text` in plain form. Takes any string, lone surrogates and null bytes included; never raises."""
    text = _shortened(text)
    parts, spans, starts = _tokens(text)
    plain = " ".join(parts)
    if plain and plain[-1] not in ".?":
        plain += " ."
    return Wording(text, f" {plain} " if plain else " ", tuple(spans), tuple(starts))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST * 3 // 4] + "\n" + text[-LONGEST // 4 :]


def _tokens(text: str) -> tuple[list[str], list[tuple[int, int]], list[int]]:
    """The plain form of each token that says something, where it stands in `text`, and where among the plain ones."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    before, at = ".", 1
    for match in _TOKEN.finditer(text):
        plain = _plain(match.group())
        if not plain or (plain in _STOPS and before in _STOPS and (plain != "?" or before == "?")):
            continue
        parts.append(plain)
        spans.append(match.span())
        starts.append(at)
        before, at = plain, at + len(plain) + 1
    return parts, spans, starts


@lru_cache(maxsize=4096)
def _plain(token: str) -> str:
    """The plain form of one token, possibly several words; empty when it says nothing."""
    first = token[0]
    if first.isdigit() or (first in "£$€" and len(token) > 1):
        return token
    if not first.isalpha():
        return _sign(token)
    return _word(token)


def _sign(sign: str) -> str:
    if sign == "?":
        return "?"
    if sign in _GLAD or sign == "<3" or (len(sign) > 1 and sign[-1] in ")DP"):
        return "gladface"
    if sign in _SAD or (len(sign) > 1 and sign[-1] in "(/\\|"):
        return "sadface"
    if sign in _ENDS:
        return "."
    return "," if sign in _PAUSES else ""


def _word(token: str) -> str:
    word = _STRETCHED.sub(r"\1", _folded(token.lower())).replace("’", "'").replace("`", "'")
    if "-" in word:
        return " ".join(_word(part) for part in word.split("-")) if word not in _HYPHENED else _HYPHENED[word]
    if word in _PLAIN:
        return _PLAIN[word]
    if word.endswith("n't"):
        return word[:-3] + " not"
    stem, apostrophe, suffix = word.rpartition("'")
    if not apostrophe:
        return word
    if suffix == "s":
        return f"{stem} is" if stem in _IS_BEFORE_S else stem
    return f"{stem} {_SUFFIXES[suffix]}" if suffix in _SUFFIXES else f"{stem} {suffix}"


def _folded(word: str) -> str:
    """Without accents: people leave them out on a telephone, and the tables are written without."""
    if word.isascii():
        return word
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return bare.replace("ß", "ss").replace("ø", "o").replace("æ", "ae").replace("œ", "oe")
