"""A stage for stories: the bot in this process, the workspace served beside it, and a clock that only a story turns."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from bot import Bot
from cases.letters.compose import Mailbox
from cases.model import Case
from cases.policy.page import Policy
from handlers.digest.owe import owe_digest, remember_installation
from handlers.feedback.judge import judge_owed
from handlers.http.answer import Answer
from handlers.http.edge import Posted
from handlers.judging.unscored import Judge
from handlers.letters.look import Mailbox as Folders
from handlers.letters.look import look_through
from handlers.reminders.plan import plan_anew
from handlers.rights import pin_titles
from handlers.terminal.settings import Settings
from handlers.world import World
from sandbox.demo import cast
from sandbox.mail.post import TEAM
from sandbox.people.colleague import Colleague
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from store import cases, schema, timeline
from store.engine import connect
from tests.elapsing import PATIENCE
from tests.stories.looks import with_work

# The lead hears at once of what the ladder says, save in the stories of their rounds.
POLICY = Policy(
    lead="@lea",
    team="Hearth & Ribbon",
    delivery={"per_channel": "0s", "lease": "60s"},  # type: ignore[arg-type]
    reminders={"lead_rounds": []},  # type: ignore[arg-type]
    triage={"learned": False},  # type: ignore[arg-type]  # but in stories of what hangs on a score
)


def policy(**changes: Any) -> Policy:
    """The stage's policy with some sections otherwise."""
    at_once = {"reminders": POLICY.reminders.model_dump() | changes.pop("reminders", {})}
    return Policy.model_validate(POLICY.model_dump() | changes | at_once)


def by_mail(practice: PracticeWorkspace) -> dict[str, Any]:
    """The settings by which the bot sends and reads letters through the practice workspace's own mail server."""
    mail = practice.start_mail()
    return {"smtp_url": mail.smtp_url, "imap_url": mail.imap_url, "mailbox": Mailbox(TEAM.display_name, TEAM.addr_spec)}


def empty_database(path: Path) -> Path:
    engine = connect(f"sqlite:///{path}")
    schema.migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


class Stage:
    """Verbs for stories. Whatever the bot owes after a step is done before the next one begins (`settle`)."""

    def __init__(
        self,
        practice: PracticeWorkspace,
        database_url: str,
        policy: Policy = POLICY,
        judge: Judge | None = None,
        **settings: Any,
    ) -> None:
        self.practice, self.judge = practice, judge
        self.judges = judge is not None  # False: what owes a score goes on owing it
        self.settings = Settings(
            policy=policy,
            slack_bot_token=cast.BOT_TOKEN,
            slack_signing_secret=cast.SIGNING_SECRET,
            slack_api_url=practice.slack_api_url,
            slack_channel=cast.CARE,
            database_url=database_url,
            secrets={"generic": cast.INTAKE_SECRET},
            **settings,
        )
        self.start()

    # The bot's life

    def start(self) -> None:
        self.bot = unhurried(Bot(self.settings, self.practice.clock.now, self.judge))
        self.world = self.bot.world
        remember_installation(self.world)
        pin_titles(self.world)
        plan_anew(self.world)
        self.connect([self.bot])

    def connect(self, bots: list[Bot]) -> None:
        """Slack's and the customers' requests go to these in turn."""
        turn = cycle(bots)
        self.practice.connect(
            _line(lambda h, b: next(turn).edge.slack(h, b)), _line(lambda h, b: self._taken_in(next(turn), h, b))
        )

    def _taken_in(self, bot: Bot, headers: Any, body: bytes) -> Answer:
        """What a sender reads who waits for the verdict, if there is one."""
        (answer,) = bot.edge.intakes([Posted("generic", headers, body)])
        if isinstance(answer, Answer):
            return answer
        if self.judges:
            judge_owed(bot.world)
        return answer.answer()

    def restart(self, **changes: Any) -> None:
        """The process ends and another begins, perhaps with other settings."""
        self.close()
        self.settings = replace(self.settings, **changes)
        self.start()
        self.settle()

    def is_down(self, **length: float) -> None:
        """The process ends, time passes, and another process begins."""
        self.close()
        self.practice.clock.jump(timedelta(**length))
        self.start()
        self.settle()

    def close(self) -> None:
        self.practice.connect(None, None)
        self.bot.stop()

    def settle(self) -> None:
        """Lets the workers do all that is owed by now."""
        for _ in range(200):
            if not self.work():
                return
        raise AssertionError("the workers find no end")

    def work(self) -> int:
        """One round of what workers do, one thing after the other; how much there was to do."""
        return (judge_owed(self.world) if self.judges else 0) + work_of(self.world, self.bot.workers.mailbox)

    # Time

    @property
    def now(self) -> datetime:
        return self.practice.clock.now()

    def pass_time(self, *, step: timedelta = timedelta(minutes=5), **length: float) -> None:
        """Turns the clock in small steps, as time passes for a worker that ticks; nothing comes earlier than due."""
        left = timedelta(**length)
        while left > timedelta():
            self.jump(min(step, left))
            left -= step

    def jump(self, length: timedelta) -> None:
        self.practice.clock.jump(length)
        self.settle()

    # Customers and colleagues

    def hears_from(self, key: str) -> Any:
        """The next words of a story's customer arrive by webhook; the intake's JSON answer comes back."""
        customer = self.practice.customers[key]
        answer = customer.send_again() if customer.arrived else customer.send()
        self.settle()
        return answer

    def receives(self, **data: Any) -> Any:
        """Any feedback arrives by webhook."""
        content = {"external_id": "f-1", "comment": "My order never arrived.", **data}
        payload = {"type": "feedback.created", "timestamp": self.now.isoformat(), "data": content}
        answer = self.practice.intake.send(payload, f"msg_{content['external_id']}_{self.now.timestamp()}", None)
        self.settle()
        return answer

    def person(self, name: str) -> Actor:
        return Actor(self, self.practice.person(name))

    # What there is to see

    def card(self, number: int = 1) -> Message:
        """The one card of a case."""
        cards = [m for m in self.practice.messages("card") if payload(m)["case"] == number]
        assert len(cards) == 1, f"{len(cards)} cards for case {number}"
        return cards[0]

    def in_thread(self, number: int = 1, kind: str | None = None) -> list[str]:
        """What the thread of a case says, oldest first."""
        replies = self.practice.thread(self.card(number))
        return [plain(m) for m in replies if kind is None or payload(m).get("kind") == kind]

    def draft(self, number: int = 1) -> Message:
        """The one draft in the thread of a case's card."""
        drafts = [m for m in self.practice.thread(self.card(number)) if m.kind == "draft"]
        assert len(drafts) == 1, f"{len(drafts)} drafts for case {number}"
        return drafts[0]

    def nudges(self, who: str | None = None) -> list[Message]:
        """The nudges so far, oldest first; those to one person, or in a "thread", where `who` is given."""
        return [m for m in self.practice.messages("nudge") if who in (None, self.told(m))]

    def nudged(self) -> list[str]:
        """When the nudges so far came and to whom, in the team's time zone: ["Mon 10:15 thread", "Mon 10:45 lea"]."""
        return [f"{self.local(m.ts):%a %H:%M} {self.told(m)}" for m in self.nudges()]

    def standing(self) -> list[str]:
        """Whom the nudges reached that still ask for something: those that are over are struck and have no buttons."""
        return [self.told(m) for m in self.nudges() if buttons(m)]

    def digests(self) -> list[Message]:
        return self.practice.messages("digest")

    def local(self, ts: str) -> datetime:
        """When a message was posted, in the team's time zone."""
        return datetime.fromtimestamp(float(ts), UTC).astimezone(self.settings.policy.zone)

    def told(self, message: Message) -> str:
        person = self.practice.workspace.channels[message.channel].im_with
        return self.practice.person(person).name if person else "thread"

    def case(self, number: int = 1) -> Case:
        found = self.world.store.read(lambda tx: cases.load(tx, number))
        assert found is not None, f"no case {number}"
        return found

    def history(self, number: int = 1) -> list[str]:
        return [entry.action for entry in self.world.store.read(lambda tx: timeline.history(tx, number))]


def unhurried(bot: Bot) -> Bot:
    """Its calls to Slack know nothing of real time: none sleeps before a second try, none is given up on a busy machine."""
    slack = bot.world.slack
    slack.reads.retry_handlers.clear()
    for client in (slack.reads, slack.writes, slack.prompt):
        client.timeout = int(PATIENCE)
    return bot


def work_of(world: World, mailbox: Folders | None = None) -> int:
    """One round of a worker's loops and ticks; those of them that would find nothing are not asked."""
    done = sum(worker(world) for worker in with_work(world))
    done += owe_digest(world)  # the digest alone is owed by the hour and not by a row
    return done + (look_through(world, mailbox) if mailbox else 0)


class Actor:
    """A colleague on stage: each gesture is followed by whatever the bot then owes."""

    def __init__(self, stage: Stage, colleague: Colleague) -> None:
        self.stage, self._colleague = stage, colleague

    def __getattr__(self, name: str) -> Any:
        gesture = getattr(self._colleague, name)
        if not callable(gesture):
            return gesture

        def performed(*arguments: Any, **named: Any) -> Any:
            result = gesture(*arguments, **named)
            self.stage.settle()
            return result

        return performed

    def sees(self) -> list[str]:
        """What was whispered to this colleague, oldest first."""
        return [plain(m) for m in self._colleague.private_messages()]


def payload(message: Message) -> dict[str, Any]:
    """What the bot's metadata says of a message."""
    content = (message.metadata or {}).get("event_payload") or {}
    assert isinstance(content, dict)
    return content


def buttons(message: Message) -> list[str]:
    """The action ids of the buttons a message has now."""
    blocks = json.loads(json.dumps(message.blocks))
    return [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


def says_when(message: Message, at: datetime) -> bool:
    """Whether a message names this instant, which each reader sees in their own time zone."""
    return f"<!date^{int(at.timestamp())}^" in json.dumps([message.text, message.blocks])


def _line(answers: Callable[[Any, Any], Any]) -> Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]]:
    def line(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = answers(headers, body)
        return answer.status, dict(answer.headers), answer.body

    return line
