"""A team that works at any hour, so that what is measured does not depend on when."""

from __future__ import annotations

from cases.policy.page import Policy

POLICY = Policy.model_validate(
    {
        "team": "Hearth & Ribbon",
        "timezone": "UTC",
        "lead": "@lea",
        "hours": {"always": True},
        "digest": {"at": "00:00"},
        "delivery": {"per_channel": "0s", "lease": "60s"},
        "flood": {"cards": 0},  # every case is told of by itself, however many come
    }
)
