"""A Slack that only counts: every call succeeds at once, and what was posted is kept in a list; for a year in minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from cases.nudges.routing import Colleague
from cases.people import Person
from handlers.slack.clients import Slack
from handlers.slack.directory import Directory, Myself
from handlers.slack.members import Fitting, Member, is_person

CARE = "CCARE0001"


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that was new when it was posted: edits ring no bell. `case` is None for one about several or none."""

    at: datetime
    channel: str
    kind: str
    case: int | None
    text: str
    in_thread: bool = False
    broadcast: bool = False
    whispered_to: str | None = None


class Counting:
    """Stands for all three clients of `Slack`."""

    timeout = 1

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now, self.posted, self.edits = now, list[Posted](), 0
        self._number = count(1)

    def chat_postMessage(  # noqa: N802
        self, *, channel: str, text: str, metadata: Mapping[str, Any], **more: Any
    ) -> dict[str, Any]:
        facts, thread = metadata["event_payload"], more.get("thread_ts")
        said = Posted(
            self.now(), channel, facts["kind"], facts["case"], text, bool(thread), bool(more.get("reply_broadcast"))
        )
        self.posted.append(said)
        ts = f"{int(self.now().timestamp())}.{next(self._number):06}"
        return {"ts": ts, "channel": channel, "message": {"thread_ts": thread} if thread else {}}

    def chat_postEphemeral(  # noqa: N802
        self, *, channel: str, user: str, text: str, **_: Any
    ) -> dict[str, Any]:
        self.posted.append(Posted(self.now(), channel, "whisper", None, text, whispered_to=user))
        return {}

    def chat_update(self, **_: Any) -> dict[str, Any]:
        self.edits += 1
        return {}

    def views_publish(self, **_: Any) -> dict[str, Any]:
        return {"view": {"hash": f"{next(self._number)}"}}

    def chat_getPermalink(self, **_: Any) -> dict[str, Any]:  # noqa: N802
        return {}

    def bots_info(self, **_: Any) -> dict[str, Any]:
        return {"bot": {"app_id": "A0AMENDS1"}}

    def conversations_open(self, *, users: list[str]) -> dict[str, Any]:
        return {"channel": {"id": f"D{users[0]}"}}


def counting_slack(now: Callable[[], datetime]) -> tuple[Slack, Counting]:
    """The clients as handlers are given them, and what counts behind them."""
    counting, slack = Counting(now), Slack("")
    slack.reads = slack.writes = slack.prompt = counting  # type: ignore[assignment]
    return slack, counting


class Known(Directory):
    """A directory of people who are all there, in the team's own time zone, and never asked about."""

    def __init__(self, slack: Slack, now: Callable[[], datetime], people: Mapping[str, str]) -> None:
        super().__init__(slack, CARE, now)
        self._people = {person: Member(person, name, handle=name.lower()) for person, name in people.items()}

    def myself(self) -> Myself:
        return Myself("UAMENDS01", "BAMENDS01", "T0TEAM001", "https://team.example/")

    def member(self, user_id: str) -> Member | None:
        return self._people.get(user_id)

    def colleague(self, user_id: str) -> Colleague:
        return Colleague(wishes=Person(id=user_id))

    def fits(self, who: str) -> Fitting:
        named = who if is_person(who) else next((p for p, m in self._people.items() if m.handle == who.lstrip("@")), "")
        return Fitting(person=self._people.get(named))

    def group(self, named: str) -> None:
        return None
