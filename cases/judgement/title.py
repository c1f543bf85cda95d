"""A case's title in the customer's own words: the clause that names what went wrong, trimmed at its grammar.

Nothing is put into words that they did not say. What identifies somebody, greetings and insults are left out; where too
little is left, there is no title here, and the reasons name the matter instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cases.judgement.abuse import ABUSE
from cases.judgement.assessment import CLAUSE
from cases.judgement.grave import DANGER
from cases.model import Feedback, Reason
from cases.spoken.english import words
from cases.spoken.matters import about
from cases.spoken.plain import read
from cases.spoken.sentences import sentences
from cases.text import ELLIPSIS, one_line

LONGEST = 84
_STRETCH, _STEP = 60, 45  # words of a sentence looked at together
_READ, _SENTENCE_READ = 3000, 400  # characters: a title is found early
_FEWEST = 2  # words that can name a matter
_SHORTEST_WORD = 4  # letters of a single word that is all they said

_PIECE = re.compile(
    r"\s*(?:[,;:()\[\]]|\s[–—-]\s|—)\s*"
    r"|\s+(?=(?:but|because|although|though|however|whereas|aber|weil|obwohl|mais|parce|pero|porque|ma|perch[eé]|maar|omdat|mas)\b)"
    r"|\s+(?:and|und|et|y|e|en)\s+(?=(?:I|we|you|he|she|it|they|nobody|no|now|then|ich|wir|je|nous)\b)",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(
    r"^(?:(?:and|but|so(?=,| (?:i|we|you|my|the)\b)|that(?= (?:my|our|the|your)\b)|also|then|well|ok|okay|oh|wow|because|although|though|however|plus|unfortunately|sadly"
    r"|honestly|frankly|basically|apparently|anyway|firstly|first of all|to be honest|in short|long story short|und|aber|also"
    r"|leider|weil|et|mais|donc|malheureusement|pero|y|lamentablemente|ma|e|purtroppo|maar|en|helaas|mas|infelizmente)\b[\s,:]+)+",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|to whom it may concern|hallo|guten (?:tag|morgen|abend)|moin"
    r"|sehr geehrte[rs]?|liebe[rs]?|bonjour|madame|monsieur|hola|buen[oa]s (?:d[ií]as|tardes)|buongiorno|salve|ciao|beste|geachte"
    r"|ol[aá]|bom dia|boa tarde)\b[^,.!?:]{0,40}[,.!?:]+\s*)+",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"^(?:(?:i|we)(?:'m| am| are|'re| was| were| feel)? (?:(?:so|very|really|extremely|absolutely|quite|rather|deeply|most) )*"
    r"(?:disappointed|angry|furious|upset|annoyed|frustrated|unhappy|sad|shocked|appalled|disgusted|fed up|sorry to say|writing to complain"
    r"|writing(?: with \w+)?(?: to (?:express (?:my|our) (?:\w+ )?\w+|inform you|let you know))?|want(?:ed)? to complain)(?: (?:about|with|by|that|because|as|to say|to report|at))*\s+"
    r"|(?:i|we) (?:have to|must|want to|would like to|wanted to|wish to|need to) (?:say|tell you|complain|report|point out)(?: (?:that|about))*\s+"
    r"|(?:just )?want(?:ed)? to (?:say|tell you|complain|report)(?: (?:that|about))* "
    r"|(?:i|we) (?:can(?:'t| ?not) believe|think|thought|feel|believe|guess) (?:that )?)+",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)@[\w.]+|<[^>\s]{1,200}>|⟦[^⟧]*⟧"
    r"|(?<![\w.,])(?:no\.?|nr\.?)?\s*#\s?\w[\w-]*"
    r"|(?<![\w.,£$€])\+?\d[\d /().-]{5,}\d|\b(?=(?:[\w-]*?\d){3})(?=\w*[A-Z])[A-Z0-9][A-Z0-9-]{5,}\b|(?<![\w.,£$€])\d{4,}(?![\d.,]*\s?[€£$%])",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(
    r"(?:[\s,;:–—-]+(?:the|a|an|of|to|for|with|and|or|but|in|on|at|by|from|my|our|your|their|his|her|its|that|which|who|when|as|is|was|were|are"
    r"|be|been|has|have|had|i|we|you|it|so|very|not|than|about|into|after|before|until|because|if|der|die|das|den|dem|ein|eine|und|oder|zu"
    r"|mit|von|im|am|auf|le|la|les|un|une|de|du|des|et|à|el|los|las|una|y|con|il|lo|gli|e|di|het|een|en|van|met|o|os|as|um|uma|do|da))+$",
    re.IGNORECASE,
)
# Words of a subject line that say no more than that somebody writes.
_GENERIC = words(
    "re fw fwd aw wg order orders complaint complaints complain feedback question questions query problem "
    "problems issue issues urgent help your my our the a an about with for of to from on in at new message "
    "contact form enquiry inquiry request response submission reply review no subject number nr ref reference "
    "customer service support ticket case hello hi dear please important attention regarding concerning delivery "
    "purchase invoice website bestellung beschwerde reklamation anfrage frage nachricht kontakt kontaktformular "
    "zu meine meiner ihre ihrer und der die das bewertung rechnung commande reclamation réclamation plainte de la "
    "ma votre pedido queja reclamación reclamo consulta mi su ordine lamentela richiesta messaggio il mio klacht "
    "bestelling vraag bericht mijn over encomenda reclamação meu sobre urgente dringend sos asap again bad very"
)
_EDGES = " .,;:!?…–—-\"'“”„»«*_~`()[]<>/|。！？"
_POINTS_BACK = re.compile(
    r"(?:(?:and|but|so) )?(?:that|this|it|which|they|he|she|these|those|who|das|dies|es|sie|ça|cela|eso|esto|questo|dat|dit|isso)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|however|yet|aber|mais|pero|ma|maar|mas)\b\s+", re.IGNORECASE)
_JOINT = re.compile(
    r"\b(?:and|when|where|which|that|with|after|because|und|als|et|quand|y|cuando|e|quando|en|toen)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=1024)
def in_their_words(feedback: tuple[Feedback, ...], reasons: tuple[Reason, ...]) -> str:
    """The title, or nothing where no words of theirs name the matter. `reasons` are triage's, with the clause it quotes."""
    heard = [each for each in feedback if each.comment or each.subject]
    subject = next((told for each in heard if (told := _subject(each.subject))), "")
    if subject:
        return subject
    quoted = [reason.detail for reason in reasons if reason.code in (CLAUSE, DANGER) and reason.detail]
    texts = [_GREETING.sub("", text[:_READ].strip()) for text in (*quoted, *(each.comment or "" for each in heard))]
    return next(filter(None, _candidates(texts)), "")


def _candidates(texts: list[str]) -> Iterator[str]:
    """The quoted clause comes first; but a sentence that names a matter tells more than one that does not."""
    yield from filter(None, map(_of_a_matter, texts))
    yield from map(_first, texts)


def _subject(given: str | None) -> str:
    """The sender's own headline, where it says something besides that there is one."""
    said = re.sub(r"^(?:\s*(?:re|fwd?|aw|wg|antw)\s*:)+\s*", "", one_line(given or "", 200), flags=re.IGNORECASE)
    telling = [word for word in _WORD.findall(_clean(said).casefold()) if word not in _GENERIC and len(word) > 1]
    return _cut(_clean(said)) if len(telling) >= _FEWEST else ""


def _of_a_matter(text: str) -> str:
    """The clause in which a matter is named."""
    for _, _, sentence, found in about(read(text)):
        quote = sentence.quote(found)
        for stretch in _stretches(sentence.written):
            at = stretch.find(quote.removesuffix(ELLIPSIS))
            if at >= 0 and (title := _named_in(stretch, at, at + len(quote))):
                return title
    return ""


def _named_in(sentence: str, start: int, end: int) -> str:
    """The sentence where it fits a line and nothing in it has to go, else the clause around a stretch of it."""
    whole = _opened(sentence)
    if len(whole) <= LONGEST and _clean(whole) == _trimmed(whole):
        return _cut(_clean(whole))
    begins, clause = _clause(sentence, start, end)
    if end - begins > LONGEST:  # what names the matter would be cut away
        joints = [match.start() for match in _JOINT.finditer(sentence, begins, start)]
        begins = next((joint for joint in joints if end - joint <= LONGEST), begins)
        clause = sentence[begins : begins + len(clause)]
    return _cut(_clean(_opened(clause)))


def _first(text: str) -> str:
    """The first sentence that says something by itself, from what it comes to after its "but"."""
    whole = _WORD.fullmatch(text.strip(_EDGES)) if _clean(text) else None
    if whole and len(whole[0]) >= _SHORTEST_WORD:
        return whole[0].capitalize()
    return next(filter(None, (_turned(each) for sentence in sentences(text) for each in _stretches(sentence))), "")


def _turned(sentence: str) -> str:
    turn = max((match.end() for match in _TURN.finditer(sentence)), default=0)
    return _named_in(sentence, turn, turn + 1)


def _stretches(sentence: str) -> Iterator[str]:
    """What never comes to a full stop, as people write on a telephone, is read in stretches that overlap."""
    words = sentence.split()
    for at in range(0, len(words), _STEP):
        yield " ".join(words[at : at + _STRETCH])[:_SENTENCE_READ]
        if at + _STRETCH >= len(words):
            break


def _clause(sentence: str, start: int, end: int) -> tuple[int, str]:
    """As much of the sentence around a stretch of it as its commas and turns leave, and where it begins."""
    cuts = [match.span() for match in _PIECE.finditer(sentence)]
    begins = max((after for _, after in cuts if after <= start), default=0)
    stops = [before for before, _ in cuts if before >= end]
    ends = min(stops, default=len(sentence))
    while len(_words(sentence[begins:ends])) < 3 and ends < len(
        sentence
    ):  # "No sorry," tells less than what follows it
        stops = [before for before, _ in cuts if before > ends]
        ends = min(stops, default=len(sentence))
    if len(_words(sentence[begins:ends])) < 3 or _POINTS_BACK.match(sentence[begins:ends]):
        begins = max((after for _, after in cuts if after < begins), default=0)
    return begins, sentence[begins:ends]


def _opened(clause: str) -> str:
    """Without what leads to the matter: conjunctions, and the feeling it is told with."""
    for opening in (_CONJUNCTION, _FEELING, _CONJUNCTION):
        clause = opening.sub("", clause)
    return clause


def _clean(said: str) -> str:
    """Without what identifies, and without abuse."""
    said = ABUSE.sub(" ", _SECRET.sub(" ", said))
    plain = _trimmed(" ".join(said.split()))
    return plain.replace('"', "") if plain.count('"') % 2 else plain


def _trimmed(said: str) -> str:
    """Without the signs at its ends; a bracket whose other half stands inside stays: "cold (again)"."""
    plain = said.strip(_EDGES)
    for opens, closes in ("()", "[]"):
        missing = plain.count(opens) - plain.count(closes)
        plain = f"{opens if missing == -1 else ''}{plain}{closes if missing == 1 else ''}"
    return plain


def _cut(said: str) -> str:
    """At most a line, ending with a whole word that can end a phrase; nothing where too little is said."""
    if len(said) > LONGEST:
        said = _LOOSE_END.sub("", said[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-")) + ELLIPSIS
    says = _LOOSE_END.sub("", f" {said}")
    if len(_words(says)) < _FEWEST and not re.search(r"[^\x00-\u024f]{4}", said):
        return ""
    return said[:1].upper() + said[1:]


def _words(said: str) -> list[str]:
    return _WORD.findall(said)
