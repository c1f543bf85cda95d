"""Triage: whether a customer is unhappy, how much is at stake, and why we think so."""

from cases.judgement.assessment import MOST_REASONS, REASONS, assess, awaits_score

__all__ = ["MOST_REASONS", "REASONS", "assess", "awaits_score"]
