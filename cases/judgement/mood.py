"""How glad or sorry a clause sounds: vaderSentiment's lexicon, corrected for the way customers write to a business."""

from __future__ import annotations

from functools import cache
from string import punctuation
from typing import Any

from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText, normalize

# Words of courtesy and of trade say nothing about how the customer feels.
_SILENT = """seriously funeral clearer please help hope sure like care support free want no stop cancel cancelled cancel pay demand emergency kind well interest interested value number
 play yes share shared kids security agree matter sorry clear ready dear hopefully hoping number forget fresh cut debt miss alone fire sue limited
 ill sick died die killer war pain hurt hurts kill killed critical toll blocked drop tired trust tough lost problem problems question certain
 luck argue opportunity create save saved big natural active shocks dead shock allergic block tank cried tears safe safely wish wishes
 discount bonus charged gift popular join championship award promise promised regards welcome increase benefits energy special lol natural"""
# Trade words the lexicon does not know, on its scale from -4 to 4.
_TRADE = """overpriced -2 filthy -2.6 stale -2 soggy -1.8 bland -1.8 undercooked -2.2 slow -1.5 unresponsive -2 unhelpful -2.2 leaking -1.5 mouldy -2.6 rubbish -2.4 shoddy -2.5
 shambles -2.8 naff -2 gutted -2.4 smelly -2 buggy -2 nightmare -2.6 unreliable -2.2 crowded -0.9 greasy -1.4 cramped -1.5 mediocre -1.5 average -0.7 patronising -2.2
 patronizing -2.2 dismissive -2 abrupt -1.5 sloppy -2 tasteless -2 flimsy -1.8 clunky -1.5 inedible -2.8 expensive -1.1 pricey -0.9 meh -1.5 joke -1.2 disappointed -2.4 sadface -2
 gladface 2.4 goodphrase 2.8 plainphrase 0 spotless 2.4 quick 1.4 quickly 1.4 fast 1.2 prompt 1.5 smooth 1.6 tasty 2.2 reliable 2 patient 1.4 punctual 1.6 professional 1.6
 knowledgeable 1.8 attentive 1.8 recommended 1.8 recommend 2 superfast 2 flawless 2.6 immaculate 2.4 seamless 2.2 painless 1.6 gorgeous 2.6 yummy 2.3 courteous 2
 chuffed 2.3 ace 1.8 cracking 1.8 bargain 1.5 wow 1.5 thanks 1.4 thank 1.4 ok 0.5 okay 0.5 fine 0.6 solved 1.2 fixed 1 resolved 1.2 sorted 1 works 0.6 enjoyed 2.2 cheerful 2 helpful 2.2
 useless -2.4 extortionate -2.5 inconvenient -1.6 inconvenience -1.3 unfair -2.1 unclear -1.4 misleading -2.2 mess -1.8 outdated -1.3 noisy -1.3 unprofessional -2.5
 warm 0.8 kindly 0 cosy 1.8 spacious 1.5 affordable 1.4 efficient 1.8 intuitive 1.6 kindness 2.2 kinder 1.5 happily 1.5 stress -1.5 nothing 0 unusable -2.2 unwelcoming -2
 magic 2.2 spectacular 2.8 faultless 2.6 unbeatable 2.2 sublime 2.6 exquisite 2.6 scrumptious 2.4 epic 1.8 unreal 1.5 stunning 2.6 iconic 1.8 obsessed 1.6 underwhelmed -2.2 late -0.9 dirty -1.9 rude -2.3 broken -1.8
 grumble -1.2 stellar 2.2 delish 2.4 insane 0 terrifying -0.8 legend 2 legends 2 heroes 2 bussin 2 goated 2 decent 0.9"""


# "But" and questions change the weight of all words; "kind of" is looked for before the lexicon is.
_SWAYS_ALL = frozenset(["but", "?", "kind"])


@cache
def _analyser() -> Any:
    analyser = SentimentIntensityAnalyzer()
    lexicon: dict[str, float] = analyser.lexicon
    for word in _SILENT.split():
        lexicon.pop(word, None)
    trade = _TRADE.split()
    lexicon.update(zip(trade[::2], map(float, trade[1::2]), strict=True))
    return analyser


def mood(clause: str) -> float:
    """How the clause, in plain form, sounds: from -1 (very sorry) over 0 (says nothing) to 1 (very glad).

    The same as the analyser's "compound" for the whole clause, but only the words that are in its lexicon are weighed:
    the rest count for nothing by themselves, half of all clauses hold no others, and plain text has no emoji left.
    """
    analyser = _analyser()
    words, known = clause.lower().split(), analyser.lexicon.keys()
    if known.isdisjoint(words) and known.isdisjoint([word.strip(punctuation) for word in words]):
        return 0.0
    if not _SWAYS_ALL.isdisjoint(words):
        return float(analyser.polarity_scores(clause)["compound"])
    said = SentiText(clause)
    sentiments: list[float] = []
    for place, word in enumerate(said.words_and_emoticons):
        if word.lower() in analyser.lexicon and word.lower() not in BOOSTER_DICT:
            analyser.sentiment_valence(0, said, word, place, sentiments)
    score: float = round(normalize(sum(sentiments)), 4)
    return score


def knows(words: list[str]) -> bool:
    """Whether any of `words` is in the English lexicon."""
    lexicon = _analyser().lexicon
    return any(word in lexicon for word in words)
