"""Ratings as people and programs write them: numbers, fractions, percent, stars, smileys and words, in seven languages."""

from __future__ import annotations

import re

from cases.model import Rating
from cases.spoken.seen import unaccented

_NUMBER = r"(?P<value>\d{1,6}(?:[.,]\d{1,6})?)"
_OUT_OF = r"\s*(?:/|of|out of|von|sur|de|su|van(?: de)?|em)\s*(?P<scale>\d{1,6}(?:[.,]\d{1,6})?)"
_STARS = r"\s*(?:stars?|★|⭐️?|sterne?n?|etoiles?|estrellas?|stell[ae]|estrelas?|ster|sterren|hearts?|points?|punkte?)"
_WRITTEN = re.compile(rf"{_NUMBER}(?:{_OUT_OF})?(?P<stars>{_STARS})?")
_PERCENT = re.compile(rf"{_NUMBER}\s*(?:%|percent|prozent|pour cent|por ciento|per cento|por cento|procent)")
_LED = re.compile(rf"{_NUMBER}\s*(?:[-–—:.=)(]|$)\s*(?P<words>.*)", re.DOTALL)
_FULL, _EMPTY = "★⭐🌟✭✮❤♥", "☆✩♡🤍"
_NUMERALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}

_FACES = {
    1: "😡😠🤬😤👿😖🤮😭",
    2: "☹🙁😞😟😢😕😒😔😣😩😫👎",
    3: "😐😑🤔😶",
    4: "🙂☺😊👍",
    5: "😀😃😄😁😆😍🥰🤩😻💯",
}
_DRAWN = {":((": 1, ":(": 2, ":-(": 2, ":/": 2, ":-/": 2, ":|": 3, ":-|": 3, ":)": 4, ":-)": 4, ":d": 5, ":-d": 5}

# From the worst to the best of five, as scales in words have them. Small letters, no accents.
_WORDS: dict[int, str] = {
    1: "very dissatisfied|very unsatisfied|extremely dissatisfied|completely dissatisfied|very unhappy|extremely unhappy|very bad|very poor|terrible|awful|horrible|worst|angry|very unlikely|extremely unlikely|not at all|not at all satisfied|not at all likely|strongly disagree|unacceptable|hate it|hated it"
    "|sehr unzufrieden|sehr schlecht|ungenugend|gar nicht zufrieden|uberhaupt nicht zufrieden|sehr unwahrscheinlich"
    "|tres insatisfait|tres insatisfaite|tres mauvais|tres mauvaise|tres mal|tres mecontent|tres mecontente|nul|nulle|pas du tout satisfait|muy insatisfecho|muy insatisfecha|muy malo|muy mala|muy mal|pesimo|pesima|nada satisfecho"
    "|molto insoddisfatto|molto insoddisfatta|pessimo|pessima|molto male|per niente soddisfatto|muito insatisfeito|muito insatisfeita|muito mau|muito ma|muito ruim|zeer ontevreden|heel slecht|zeer slecht",
    2: "dissatisfied|unsatisfied|somewhat dissatisfied|unhappy|bad|poor|not good|negative|below average|not satisfied|not happy|disappointed|disappointing|sad|unlikely|disagree|not great|needs improvement|thumbs down|dislike|no good|below expectations"
    "|unzufrieden|eher unzufrieden|schlecht|mangelhaft|nicht gut|nicht zufrieden|enttauscht|negativ|unwahrscheinlich"
    "|insatisfait|insatisfaite|plutot insatisfait|mauvais|mauvaise|mal|mecontent|mecontente|pas satisfait|pas satisfaite|pas bien|decu|decue|insatisfecho|insatisfecha|malo|mala|descontento|descontenta|no satisfecho"
    "|insoddisfatto|insoddisfatta|scarso|scarsa|cattivo|cattiva|non soddisfatto|non soddisfatta|deluso|delusa|insatisfeito|insatisfeita|mau|ruim|pouco satisfeito|pouco satisfeita|ontevreden|slecht|niet tevreden|matig ontevreden",
    3: "neutral|neither satisfied nor dissatisfied|ok|okay|average|fair|so so|mixed|acceptable|meh|moderate|neither|undecided|not sure|mediocre|could be better|somewhat satisfied"
    "|mittelmassig|teils teils|ausreichend|weder noch|durchschnittlich|moyen|moyenne|neutre|correct|ni satisfait ni insatisfait|passable|regular|neutro|ni satisfecho ni insatisfecho|normal|discreto|sufficiente|cosi cosi|ne soddisfatto ne insoddisfatto|razoavel|nem satisfeito nem insatisfeito|neutraal|matig|redelijk|gemiddeld",
    4: "satisfied|happy|good|positive|above average|likely|agree|pleased|mostly satisfied|thumbs up|like|like it|nice|fine|well"
    "|zufrieden|eher zufrieden|gut|positiv|befriedigend|wahrscheinlich|satisfait|satisfaite|plutot satisfait|bien|bon|bonne|content|contente|satisfecho|satisfecha|bueno|buena|contento|contenta"
    "|soddisfatto|soddisfatta|buono|buona|bene|satisfeito|satisfeita|bom|boa|tevreden|goed",
    5: "very satisfied|extremely satisfied|completely satisfied|very happy|extremely happy|very good|great|excellent|amazing|awesome|outstanding|perfect|fantastic|wonderful|best|love it|loved it|very likely|extremely likely|strongly agree|exceptional|superb|delighted"
    "|sehr zufrieden|sehr gut|ausgezeichnet|hervorragend|perfekt|super|sehr wahrscheinlich|tres satisfait|tres satisfaite|tres bien|tres bon|tres bonne|excellente|parfait|muy satisfecho|muy satisfecha|muy bueno|muy buena|muy bien|excelente|molto soddisfatto|molto soddisfatta|ottimo|ottima|molto buono|molto buona|molto bene|eccellente"
    "|muito satisfeito|muito satisfeita|muito bom|muito boa|otimo|otima|zeer tevreden|heel tevreden|zeer goed|heel goed|uitstekend",
}  # fmt: skip
_FIFTH_OF = {phrase: fifth for fifth, phrases in _WORDS.items() for phrase in phrases.split("|")}
_FIFTH_OF |= {face: fifth for fifth, faces in _FACES.items() for face in faces} | _DRAWN


def read_rating(said: str | float | bool, scale: float | None = None) -> Rating | None:
    """What was answered, as a rating; None where it is none.

    `scale` is the best answer, as far as the question tells. Where neither says how many steps there are, the scale is None:
    it is never guessed. Stars that are named or drawn are out of five at least, faces and words are a fifth for each step.
    """
    if isinstance(said, bool):
        return Rating(float(said), 1)
    if isinstance(said, float | int):
        return _numeric(float(said), scale)
    text = unaccented(said).strip().strip(".!\"'“”‘’").strip()
    return _in_number(text, scale) or _drawn(text) or in_words(text) or _led(text, scale)


def in_words(text: str) -> Rating | None:
    """A rating in words or as a face: "Very dissatisfied", "Not Good", "FIVE", 😡."""
    plain = " ".join(re.sub(r"[_\-,/]+", " ", unaccented(text)).split()) if len(text) > 3 else unaccented(text).strip()
    plain = plain.replace("\ufe0f", "").strip(".! ")
    if plain in _NUMERALS:
        return Rating(_NUMERALS[plain], 5)
    fifth = _FIFTH_OF.get(plain)
    return Rating(fifth, 5) if fifth else None


def nps_group(text: str) -> tuple[int, int] | None:
    """The lowest and highest score of the group that NPS tools name beside it."""
    return _NPS_GROUPS.get(text.strip().casefold().removesuffix("s")) if len(text) <= 12 else None


_NPS_GROUPS = {"detractor": (0, 6), "passive": (7, 8), "promoter": (9, 10)}


def _in_number(text: str, scale: float | None) -> Rating | None:
    if percent := _PERCENT.fullmatch(text):
        return _numeric(_float(percent["value"]), 100)
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    value = _float(written["value"])
    if written["scale"]:
        out_of = _float(written["scale"])
        return Rating(value, out_of) if value <= out_of and out_of > 0 else None
    if written["stars"] and scale is None:
        scale = 5 if value <= 5 else 10
    return _numeric(value, scale)


def _numeric(value: float, scale: float | None) -> Rating | None:
    """A value above its scale has another one, and nobody knows which."""
    if value < 0 or not value < 1e6:
        return None
    return Rating(value, scale if scale and value <= scale else None)


def _drawn(text: str) -> Rating | None:
    """★★☆☆☆, ⭐⭐, 👎."""
    marks = text.replace("\ufe0f", "").replace(" ", "")
    if marks and all(mark in _FULL + _EMPTY for mark in marks):
        full = sum(mark in _FULL for mark in marks)
        return Rating(full, max(5, len(marks)) if full == len(marks) else len(marks))
    return None


def _led(text: str, scale: float | None) -> Rating | None:
    """ "2 - Poor", "5 (very satisfied)": the words know best where they are known; a number before a long text is none."""
    led = _LED.fullmatch(text)
    if led is None or len(led["words"]) > 40:
        return None
    return in_words(led["words"].strip(" ()")) or _numeric(_float(led["value"]), scale)


def _float(digits: str) -> float:
    return float(digits.replace(",", "."))


def badness(rating: Rating) -> float:
    """By which of several ratings the worst comes first: its share; of unknown scale as if out of ten, which is worse than it can be."""
    return rating.share if rating.share is not None else rating.value / max(10, rating.value)
