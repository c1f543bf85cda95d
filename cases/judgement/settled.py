"""Whether a customer says that it is right now: what makes a contact a good end, and more than a kind answer."""

from __future__ import annotations

import re

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
)
# What is hoped for, awaited or denied in the same phrase is not so yet.
_NOT_YET = any_of(
    "(not|never|no|nothing|nobody|will|would|d|ll|hope|hopefully|hoping|if|when|once|until|unless|should|could|can|may|might|must|wait|waiting|forward|still|expect|expecting"
    "|yet|soon|tomorrow|next|please|wonder|whether|promise|promised|need|needs|to be|being|almost|nearly|partly|half|before|after|why|told|say|says|saying|said|understand|read|believe|think|someone else)"
)


_THANKS = re.compile(
    r"\b(?:thank|thanks|thx|cheers|danke|dank|merci|gracias|grazie|obrigad[oa]|bedankt|tack|dzi[eę]kuj)", re.IGNORECASE
)
_MORE = re.compile(
    r"[?\u00bf]|\b(?:but|however|though|aber|jedoch|leider|mais|pero|però|porém|mas|maar|unless|until|still|yet)\b",
    re.IGNORECASE,
)
_FEW = 40  # words; who writes more says more than thanks


def only_thanks(feedback: Feedback) -> bool:
    """Whether an answer to a letter of ours is thanks and no more, so that nobody waits for another one."""
    said = feedback.comment or ""
    kind = _THANKS.search(said) is not None or says_it_is_right(feedback)
    return kind and _MORE.search(said) is None and len(said.split()) <= _FEW


def says_it_is_right(feedback: Feedback, rated_before: Rating | None = None) -> bool:
    """Whether the words say so, in English, or else the best rating there is, given anew; of no unhappy word."""
    phrases = [sentence.plain for sentence in read((feedback.comment or "").replace(",", "\n"))]
    english = tongue_of(" ".join(phrases).split()) not in ABROAD
    if english and any(_SET_RIGHT.search(phrase) and not _NOT_YET.search(phrase) for phrase in phrases):
        return True
    rating = feedback.rating
    return rating is not None and rating != rated_before and rating.share == 1
