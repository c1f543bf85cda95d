"""Scores of the learned heads (unhappy, danger, no contact): of which words they are, and from where on they count.

A score means the same for every head and whoever judges, because learning stretches it (`make weights`): on hard examples
that it had not learnt from, a few in a hundred of those whom a head should let pass reach OPENS, and hardly one SURE. Fewer
for danger and for a wish to be left alone than for unhappiness, where a card too many costs a click.
"""

from __future__ import annotations

from cases.model import Feedback

OPENS = 0.5
"""From here on a head speaks; a case opens, unsure."""
SURE = 0.8


def words_of(feedback: Feedback) -> str:
    """The subject and the comment; empty where there are no words."""
    return "\n".join(part.strip() for part in (feedback.subject, feedback.comment) if part and part.strip())
