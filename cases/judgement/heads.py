"""Scores of the learned heads (unhappy, danger, no contact): of which words they are, and from where on they count.

A score means the same for every head and whoever judges, because learning stretches it (`make weights`): on hard examples
that it had not learnt from, a few in a hundred of those whom a head should let pass reach OPENS, and hardly one SURE. Fewer
for danger and for a wish to be left alone than for unhappiness, where a card too many costs a click.
"""

from __future__ import annotations

import re

from cases.model import Feedback

OPENS = 0.5
"""From here on a head speaks; a case opens, unsure."""
SURE = 0.8

# "Re: How was your order?" in the languages of mail programs: what was written before, mostly by us.
_ANSWERED = re.compile(
    r"\s*(?:re|aw|antw|sv|vs|rv|ré?p|ref|odp|res|ynt|vá|ats|отв|ответ|回复|答复|回覆|返信)\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)
_FEWEST, _FEWEST_UNSPACED = 3, 6  # words, or characters of a writing without spaces, that say something by themselves


def words_of(feedback: Feedback) -> str:
    """The subject and the comment; empty where there are no words. The subject of an answer counts only where hardly a word stands below it."""
    subject, comment = feedback.subject, feedback.comment
    if subject and comment and _ANSWERED.match(subject) and _says_something(comment):
        subject = None
    return "\n".join(part.strip() for part in (subject, comment) if part and part.strip())


def _says_something(comment: str) -> bool:
    return (
        len(comment.split(None, _FEWEST)) >= _FEWEST
        or sum(ord(char) > 0x2E80 for char in comment[:100]) >= _FEWEST_UNSPACED
    )
