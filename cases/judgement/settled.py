"""Whether a customer says that it is right now: what makes a contact a good end, and more than a kind answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from cases.model import Feedback, Rating
from cases.spoken.plain import any_of, read
from cases.spoken.tongues import ABROAD, tongue_of

_RIGHT = "(well|fine|good|right|perfect|perfectly|ok|okay|great|in order|happy|satisfied|pleased|working|as it should)"
_SET_RIGHT = any_of(
    "(fixed|solved|sorted|resolved|repaired|mended|replaced|refunded|exchanged|settled|put right|dealt with|turned (it|things|this) around|cleared up|taken care of)",
    "(made|making|put|putting|set|setting) ~ (right|good|up for it)",
    "for (fixing|solving|sorting|resolving|replacing|refunding|exchanging|settling)",
    f"(all|everything) (is|s|has been|was|works|looks|now) ~ {_RIGHT}",
    f"{_RIGHT} (now|again)",
    "(am|are|m|re) ~ satisfied",
    "(happy|satisfied|pleased|impressed) (with|by) (how|the way|what) you",
    f"(is|s|are|re|am|m|works?|working|runs?|looks?|feels?) ~ {_RIGHT} ~ (again|now|at last|finally)",
    "(works?|working|runs?|running) ~ (again|now|at last|finally|perfectly|fine|like new)",
    f"(now|again|at last|finally) ~ (works?|{_RIGHT})",
    "(new|replacement|second|missing|right) ~ (arrived|came|is here|has come)",
    "(refund|money|payment|parcel|order|box|delivery|everything) ~ (arrived|came|is here|has come|is back)",
    "(received|got|have) ~ (refund|money|replacement|new one|new box)",
    "(received|got|have) (what|all|everything) (i|we) (needed|wanted|asked for|hoped for)",
)
# What is hoped for, awaited or denied in the same phrase is not so yet.
_NOT_YET = any_of(
    "(not|never|no|nothing|nobody|will|would|d|ll|hope|hopefully|hoping|if|when|once|until|unless|should|could|can|may|might|must|wait|waiting|forward|still|expect|expecting"
    "|yet|soon|tomorrow|next|please|wonder|whether|promise|promised|need|needs|to be|being|almost|nearly|partly|half|before|after|why|told|say|says|saying|said|understand|read|believe|think|someone else)"
)


_THANKS = "thank thanks thx cheers danke dank dankeschön merci gracias grazie obrigado obrigada bedankt dankjewel"
# What thanks are made of in the seven languages besides: a name may stand behind these …
_KIND = (
    "you u much lot lots again all team everyone indeed appreciate appreciated grateful great perfect wonderful lovely brilliant super nice good fine ok okay"
    " hi hello hey dear mr mrs ms regards wishes sincerely yours"
    " vielen herzlichen besten schön schönen sehr nochmal nochmals ihnen euch dir lieben hallo liebe lieber frau herr gut alles prima toll perfekt perfect grüße grüßen gruß"
    " beaucoup infiniment encore vous toi bonjour chère cher madame monsieur parfait super génial cordialement"
    " muchas muchísimas mil estimada estimado hola señora señor perfecto genial saludos"
    " tante mille molte infinite ancora cara caro gentile buongiorno perfetto ottimo saluti"
    " muito muitos obrigadíssimo olá cara perfeito ótimo abraço cumprimentos"
    " hartelijk zeer wel dankuwel beste mevrouw meneer perfect fijn groet groeten groetjes u je jullie"
)
# … and none behind these.
_BESIDES = (
    "so very many a really for your the this that it its s is was am are i we and my of best kind kindest warm quick quickly fast prompt help reply answer response letter email mail message apology support effort to me us yourself personally writing calling asking asked glad"
    " für ihre ihren eure deine die der den das und ich mit freundlichen viele schnelle schnellen rasche hilfe antwort nachricht mühe entschuldigung"
    " pour votre ta la le les et de je rapide aide réponse message lettre excuses bien"
    " por su tu la el los y de rápida ayuda respuesta mensaje carta"
    " per la il lo sua vostra tua e di rapida aiuto risposta messaggio lettera"
    " por sua vossa a o e de pela pelo rápida ajuda resposta mensagem"
    " voor uw jullie de het en van snelle hulp antwoord reactie bericht excuses met vriendelijke"
)
_AND_MORE = frozenset(("but", "however", "though", "want"))
_FEW = 12  # words that say one thing
_NAMES_FOLLOW = frozenset(f"{_THANKS} {_KIND}".split())
_OF_THANKS = _NAMES_FOLLOW | frozenset(_BESIDES.split())


def only_thanks(feedback: Feedback) -> bool:
    """Whether an answer to a letter of ours is thanks and no more, so that nobody waits for another one.

    Every part of it must be thanks, or say that it is right now: whoever says anything besides ("for nothing", "call me at
    five") may wait for a word of ours, and a person closes in one click what nobody waits for.
    """
    said = feedback.comment or ""
    own = frozenset((feedback.customer.name or "").casefold().split())
    thanked = not frozenset(_THANKS.split()).isdisjoint(re.findall(r"\w+", said.casefold()))
    if "?" in said or not (thanked or says_it_is_right(feedback)):
        return False
    return all(_says_no_more(sentence, feedback, own) for sentence in re.split(r"[.!;:()\u2013\u2014]+", said))


def _says_no_more(sentence: str, feedback: Feedback, own: Collection[str]) -> bool:
    last = ""
    for words in filter(None, (re.findall(r"\w+", part) for part in re.split(r"[,\n]+", sentence))):
        if not (_is_thanks(words, last, own) or _is_right(feedback, words)):
            return False
        last = words[-1].casefold()
    return True


def _is_right(feedback: Feedback, words: Sequence[str]) -> bool:
    """Whether these words of theirs say that it is right, and have no room for more."""
    more = not _AND_MORE.isdisjoint(word.casefold() for word in words)
    return len(words) <= _FEW and not more and says_it_is_right(replace(feedback, comment=" ".join(words), rating=None))


def _is_thanks(words: Sequence[str], last: str, own: Collection[str]) -> bool:
    """`last` is the word in front of them, after which a name may stand; `own` are the customer's names."""
    for word in words:
        low = word.casefold()
        is_name = word.istitle() and last in _NAMES_FOLLOW
        if low not in _OF_THANKS and low not in own and not is_name:
            return False
        last = low
    return True


def says_it_is_right(feedback: Feedback, rated_before: Rating | None = None) -> bool:
    """Whether the words say so, in English, or else the best rating there is, given anew; of no unhappy word."""
    phrases = [sentence.plain for sentence in read((feedback.comment or "").replace(",", "\n"))]
    english = tongue_of(" ".join(phrases).split()) not in ABROAD
    if english and any(_SET_RIGHT.search(phrase) and not _NOT_YET.search(phrase) for phrase in phrases):
        return True
    rating = feedback.rating
    return rating is not None and rating != rated_before and rating.share == 1
