"""The one judgement of a reply, whoever asks for it: a screen in Slack, a model's draft, or another program."""

from __future__ import annotations

from dataclasses import replace

from cases.policy.page import Policy
from cases.replies.checks import Finding, Given, faults
from cases.replies.drafts import Reply
from cases.replies.limits import bounds

BY_MODEL = "M1"
"""The rule of what a model remarks on as a second reader: it warns, whatever it says, and neither blocks nor lifts a block."""


def verdict(reply: Reply, given: Given, policy: Policy) -> tuple[Finding, ...]:
    """Every fault of a reply by a team's policy; never raises, whatever the text.

    What could do harm stands before what is merely badly said: a screen shows only the first few.
    """
    return (*bounds(reply, given, policy), *faults(reply.body, replace(given, strict=policy.drafts.strict)))
