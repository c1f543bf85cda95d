"""The words of a feedback: what its score is a score of."""

from __future__ import annotations

from cases.model import Feedback


def words_of(feedback: Feedback) -> str:
    """The subject and the comment; empty where there are no words."""
    return "\n".join(part.strip() for part in (feedback.subject, feedback.comment) if part and part.strip())
