"""What a torture is made of: its plan, a policy whose clocks run out in seconds, and the settings of its processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sandbox.demo import cast
from sandbox.mail.letters import RECEIVER
from sandbox.mail.post import TEAM
from sandbox.mail.servers import MailServers

_CLOCK = '[clocks.{severity}]\nclaim = "{claim:g}s"\ncontact = "{contact:g}s"\nhold = "1h"\n'
_POLICY = """
team = "Hearth & Ribbon"
timezone = "UTC"
lead = "@lea"
[hours]
always = true
{clocks}
[[nudges]]
when = "unclaimed"
after = "0s"
every = "{every:g}s"
at_most = 2
tell = "thread"
[[nudges]]
when = "unclaimed"
after = "{every:g}s"
tell = "lead"
[[nudges]]
when = "not_contacted"
after = "0s"
every = "{every:g}s"
at_most = 2
tell = "owner"
[reminders]
together = "0s"
per_case = 1000
per_person = 100000
own_hours = "00:00-24:00"
do_not_disturb = false
[snooze]
at_most = 1000
[digest]
at = "{digest_at}"
[delivery]
per_channel = "{pace}"
lease = "{lease:g}s"
[mail]
take_back = "1s"
poll = "1s"
retry = "1s"
a_day = 100
authserv_id = "{receiver}"
[triage]
learned = false
[flood]
cards = 3
within = "4s"
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How hard a torture is. All times in seconds.

    `lease` is how long a message of unknown fate is left alone, `away` how long Slack is away at the longest, `calm` how
    long processes and Slack are left alone at the most between two strokes. `claim` and `contact` are the clocks of
    every case and `every` the ladder's step. So many `letters` are approved when it begins, one goes out every `calm`. It ends after `kills`, or after `longest` at the latest.
    """

    kills: int
    longest: float
    seed: int
    lease: float = 3.0
    away: float = 60.0
    calm: float = 2.0
    claim: float = 4.0
    contact: float = 8.0
    every: float = 4.0
    webs: int = 2
    workers: int = 2
    customers: int = 2
    digest_at: str = "00:00"
    letters: int = 60


LONG = Plan(kills=200, longest=1800, seed=1)
SHORT = Plan(
    kills=6,
    longest=60,
    seed=1,
    lease=1.0,
    away=1.0,
    calm=0.8,
    claim=1.0,
    contact=2.0,
    every=1.0,
    customers=1,
    letters=12,
)


def policy(plan: Plan, pace: str = "0s") -> str:
    """The text of policy.toml. `pace` is `per_channel`."""
    clocks = "".join(
        _CLOCK.format(severity=severity, claim=plan.claim, contact=plan.contact)
        for severity in ("normal", "high", "critical")
    )
    return _POLICY.format(
        clocks=clocks, every=plan.every, digest_at=plan.digest_at, lease=plan.lease, pace=pace, receiver=RECEIVER
    )


def settings(
    database_url: str, slack_api_url: str, policy_file: Path, mail: MailServers | None = None
) -> dict[str, str]:
    """The environment that all processes share; with `mail`, letters go out and come in."""
    by_mail = {"SMTP_URL": mail.smtp_url, "IMAP_URL": mail.imap_url, "MAIL_FROM": str(TEAM)} if mail else {}
    return by_mail | {
        "SLACK_BOT_TOKEN": cast.BOT_TOKEN,
        "SLACK_SIGNING_SECRET": cast.SIGNING_SECRET,
        "SLACK_API_URL": slack_api_url,
        "SLACK_CHANNEL": cast.CARE,
        "INTAKE_SECRET": cast.INTAKE_SECRET,
        "DATABASE_URL": database_url,
        "POLICY_FILE": str(policy_file),
        "HOST": "127.0.0.1",
    }
