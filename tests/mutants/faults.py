"""Faults by hand: a piece of code each, what stands there instead, and what that breaks. Nobody would notice by reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """`text` stands once in `file`, and `instead` in its place makes the fault. `near` are the tests of that room."""

    name: str
    breaks: str
    file: str
    text: str
    instead: str
    near: str

    def plant(self, house: Path) -> None:
        """Writes it into that tree. Raises ValueError, with the fault's name, unless the text stands there once."""
        path = house / self.file
        content = path.read_text(encoding="utf-8") if path.exists() else ""
        if (times := content.count(self.text)) != 1:
            raise ValueError(f"{self.name}: its text stands {times} times in {self.file}")
        path.write_text(content.replace(self.text, self.instead), encoding="utf-8")


FAULTS = (
    # The door
    Fault(
        "the newcomer goes, not whoever waited longest",
        "a crowd of half-open connections shuts every customer out",
        "handlers/http/connections.py",
        "                oldest.hang_up()",
        "                new.hang_up()",
        "tests/handlers/http/test_connections.py",
    ),
    Fault(
        "bytes keep a connection open",
        "a sender who trickles is waited for until the last byte",
        "handlers/http/connections.py",
        "        self._ends_by(self._began + BODY_SECONDS)",
        "        self._ends_by(self.loop.time() + ANSWER_SECONDS)",
        "tests/handlers/http/test_connections.py",
    ),
    Fault(
        "a caught request is taken again",
        "whoever has caught a signed request snoozes a case until it can be snoozed no more",
        "handlers/listeners/app.py",
        "            raise Replayed",
        "            pass",
        "tests/attacks/test_replay.py",
    ),
    Fault(
        "words are judged as if they came when they are judged",
        "a customer whose words waited for a process to start again waits for nobody until then",
        "handlers/feedback/judge.py",
        "Intake(world, tx, Via.ARRIVAL, heard_at=known.unscored_since)",
        "Intake(world, tx, Via.ARRIVAL)",
        "tests/handlers/feedback/test_judge.py",
    ),
    Fault(
        "an update is judged against itself",
        "what a customer wrote anew is no news to the case once its words are judged",
        "cases/arrivals/decision.py",
        "        pending.decided,\n",
        "        pending,\n",
        "tests/cases/arrivals/test_scored_later.py",
    ),
    Fault(
        "Slack's pace is called late",
        "an orchestrator kills the bot while it posts a flood of cards as fast as Slack allows",
        "store/messages/standing.py",
        "or_(_m.attempts > 1, ~_MOVES)",
        "or_(_m.attempts > 0, ~_MOVES)",
        "tests/store/test_messages_pace.py",
    ),
    # The rules
    Fault(
        "closing time is working time",
        "a reminder comes at six o'clock sharp, when everybody has gone",
        "cases/policy/working_time.py",
        "return i >= 0 and at < year.closes[i]",
        "return i >= 0 and at <= year.closes[i]",
        "tests/cases/policy",
    ),
    Fault(
        "a snooze is forgotten",
        "who snoozed a case is asked an hour later whether they are still on it",
        "cases/nudges/lease.py",
        "heard_of = max(since, case.put_off_until or since)",
        "heard_of = since",
        "tests/cases/nudges",
    ),
    Fault(
        "a clock set back undoes what was said",
        "every reminder of the last hour comes twice",
        "cases/nudges/ladder.py",
        "until = max(now, case.nudged_until or now)",
        "until = now",
        "tests/cases/nudges tests/stories/test_clock_set_back.py",
    ),
    Fault(
        "the last stake wins",
        "who was poisoned at a wedding gets a case of high severity",
        "cases/judgement/assessment.py",
        "severity = severity.at_least(stake.severity)",
        "severity = stake.severity",
        "tests/cases/judgement",
    ),
    Fault(
        "one word is not known",
        "food poisoning is no danger to anybody",
        "cases/judgement/grave.py",
        '"food poisoning", "salmonel*",',
        '"salmonel*",',
        "tests/cases/judgement",
    ),
    Fault(
        "an emoji has no meaning",
        "the tick that many keyboards give does not close the clock to first contact",
        "cases/acts/actions.py",
        '"white_check_mark", "heavy_check_mark", "ballot_box_with_check"',
        '"white_check_mark", "ballot_box_with_check"',
        "tests/cases/acts tests/stories/test_acting.py tests/stories/test_every_surface.py",
    ),
    Fault(
        "a fault hides behind an offer",
        "whoever may raise a refund may also send a reply with a blank in it",
        "cases/replies/limits.py",
        'if blocking == {"B1"}',
        'if "B1" in blocking',
        "tests/cases/replies",
    ),
    Fault(
        "a check of replies is off",
        "no reply is blocked for what promises say in it",
        "cases/replies/checks/rules.py",
        "repair, promises, thread, wording",
        "repair, thread, wording",
        "tests/cases/replies",
    ),
    # The store
    Fault(
        "a lost lease still counts",
        "a process that hung overwrites where its successor's message stands",
        "store/messages/outcome.py",
        '_m.fence == bindparam("the_fence")',
        '_m.fence >= bindparam("the_fence")',
        "tests/store",
    ),
    Fault(
        "a lease keeps nobody away",
        "two processes post the same card",
        "store/messages/leasing.py",
        "or_(_m.lease_until.is_(None), _m.lease_until <= _NOW))",
        "_m.fence >= 0)",
        "tests/store",
    ),
    Fault(
        "what is late is begun all the same",
        "a process that hung for half a lease posts what another has just posted",
        "store/messages/leasing.py",
        "begin_by=now + lease / 2",
        "begin_by=now + lease * 2",
        "tests/store tests/stories/test_hung_process.py",
    ),
    Fault(
        "the last to save wins",
        "two claims at once both succeed, and the first owner is lost without a word",
        "store/cases.py",
        '_c.revision == bindparam("the_revision")',
        '_c.revision >= bindparam("the_revision")',
        "tests/store",
    ),
    Fault(
        "the pace is not kept",
        "posts to one channel follow each other as fast as they can",
        "store/messages/pace.py",
        "(method not in PACED or _enter",
        "(True or _enter",
        "tests/store",
    ),
    Fault(
        "two first words open two cases",
        "a customer who writes twice at once has a case at each of two processes",
        "store/engine.py",
        'if tx.dialect.name != "postgresql" or _only_reads(tx):\n        return\n    keys',
        "if names:\n        return\n    keys",
        "tests/store",
    ),
    Fault(
        "an index is not made",
        "migrated databases read every message to find the one that a reaction stands at",
        "store/migrations/versions/0001_the_first_tables.py",
        '        batch_op.create_index("ix_messages_posted_in_ts", ["posted_in", "ts"], unique=False)\n',
        "",
        "tests/store tests/test_house.py",
    ),
    Fault(
        "any number of workers on a file",
        "two workers on one SQLite file get in each other's way",
        "store/worker_lock.py",
        "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)",
        "tests/store",
    ),
    # Slack and the world outside
    Fault(
        "a customer's words act",
        "<!channel> in a complaint wakes everybody",
        "handlers/cards/mrkdwn.py",
        '.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))',
        '.replace("&", "&amp;"))',
        "tests/handlers/cards",
    ),
    Fault(
        "a lost answer is a refusal",
        "what Slack did and could not say is done again: two cards",
        "handlers/slack/clients.py",
        "Failure(Fate.LATER if never_sent else Fate.UNKNOWN",
        "Failure(Fate.LATER",
        "tests/handlers/slack tests/stories/test_delivering.py",
    ),
    Fault(
        "a failure is an answer",
        "after one failed question Slack is not asked again for ten minutes",
        "handlers/slack/cache.py",
        "self._good_until[key] = self._now() + self._pause",
        "self._good_until[key] = self._now() + WHILE_TRUE",
        "tests/handlers/slack",
    ),
    Fault(
        "any signature will do",
        "anybody on the network opens cases",
        "handlers/sources/signatures.py",
        'raise BadSignature(f"the signature in {self.header} does not fit the body")',
        "return",
        "tests/handlers/sources tests/handlers/http",
    ),
    Fault(
        "a process waits for Slack to end",
        "a platform has to kill it while Slack hangs",
        "handlers/clock.py",
        "ending.join(patience)",
        "ending.join()",
        "tests/handlers/test_clock.py",
    ),
    # What the model is told, and the stand-in for Slack
    Fault(
        "an account number is told to the model",
        "bank details leave the house",
        "prompts/masking.py",
        '"account": _ACCOUNT, "date"',
        '"date"',
        "tests/prompts",
    ),
    Fault(
        "foreign text ends its own fence",
        "a customer who writes the closing line speaks with our authority",
        "prompts/filled.py",
        "    mark = _mark(quoted)\n",
        '    mark = "text"\n',
        "tests/prompts",
    ),
    Fault(
        "the practice workspace takes too long an edit",
        "tests find no message that Slack would refuse",
        "sandbox/api/chat.py",
        'if len(call.string("text")) > UPDATE_CHARACTERS:',
        'if len(call.string("text")) > POST_CHARACTERS:',
        "tests/sandbox",
    ),
)
