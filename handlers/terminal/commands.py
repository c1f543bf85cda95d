"""The commands for a person at a terminal, beside the running bot or without one: triage, check-reply, import, doctor and others."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from cases.arrivals.columns import DEFAULT_SOURCE
from cases.arrivals.told import Told
from cases.policy.page import Policy
from cases.replay.people import MOST, People
from cases.spoken.durations import write_duration
from handlers.judging.unscored import Judge
from handlers.terminal.beside import Beside
from handlers.terminal.named_file import DateOrder, more_told, progress, refused, rows_of_file, write
from handlers.terminal.settings import Settings, SettingsError, read_settings_beside_bot
from handlers.terminal.source_commands import source_commands
from handlers.world import World

_Source = Annotated[str, typer.Option(help="Where the feedback comes from, for rows that do not say.")]
_Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="What a column is, again and again.")
]
_Scale = Annotated[float | None, typer.Option(min=1, help="The best answer of its ratings.")]
_Dates = Annotated[DateOrder | None, typer.Option(help="In which order its dates are written.")]
_USUAL = People()


def add_commands(
    cli: typer.Typer,
    environment: Callable[[], Mapping[str, str]],
    now: Callable[[], datetime],
    build_world: Callable[[Settings], World],
) -> None:
    """Adds the commands to `cli`. `environment` is read when a command runs; `build_world` makes a world that asks Slack nothing."""
    desk = Desk(environment, now, build_world)
    cli.command()(desk.triage)
    cli.command("check-reply")(desk.check_reply)
    cli.command("import")(desk.import_)
    cli.add_typer(source_commands(environment, now, build_world), name="sources")
    for command in (desk.replay, desk.doctor, desk.manifest, desk.digest, desk.export, desk.forget, desk.backup):
        cli.command()(command)


class Desk(Beside):
    """Each method is a command; its docstring is its help."""

    def triage(self) -> None:
        """Judges feedback, one JSON object a line on standard input, one verdict a line on standard output; stores nothing."""
        from handlers.terminal.verdicts import triaged

        _judge_input(triaged(_judge(self._policy())))

    def check_reply(
        self,
        explain: Annotated[
            str | None, typer.Option(metavar="RULE", help="Say what a rule is for, and check nothing.")
        ] = None,
    ) -> None:
        """Checks replies to unhappy customers: JSON on standard input, findings on standard output; no network, no settings.

        Exits with 1 when a finding blocks, with 2 when a line cannot be read.
        """
        from handlers.judging.letters import Lines, line_here
        from handlers.terminal.explain import explained
        from handlers.terminal.verdicts import checked

        if explain is None:
            policy = self._policy()
            judge, today = _judge(policy), self._now().astimezone(policy.zone).date()
            _judge_input(checked(policy, judge, today, Lines(line_here() if judge else None)))
            return
        try:
            typer.echo(explained(explain))
        except KeyError as unknown:
            raise refused(unknown.args[0]) from None

    def _told_of(self, source: str) -> Told:
        """What policy says of a source of that name."""
        return self._policy().told_of(source)

    def import_(
        self,
        file: Annotated[Path, typer.Argument(help="CSV, Excel, OpenDocument, JSON or JSON Lines.")],
        source: _Source = DEFAULT_SOURCE,
        map_: _Map = None,
        scale: _Scale = None,
        dates: _Dates = None,
        since: Annotated[
            str | None, typer.Option(metavar="DATE", help="Pass over what was said before that day.")
        ] = None,
        refused_: Annotated[
            Path | None, typer.Option("--refused", help="Write all refused lines to this file, and why.")
        ] = None,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Show how columns are read and what would happen, and store nothing.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row, for other programs.")] = False,
    ) -> None:
        """Takes in feedback from a file. Importing it again adds nothing; refused lines stop no others.

        Exits with 0 when something could be read, 1 when nothing could, 2 when there is no usable file.
        """
        from handlers.feedback import import_file
        from handlers.terminal import import_desk as desk

        source = source or DEFAULT_SOURCE
        told = more_told(self._told_of(source), map_, scale, dates)
        first = _first_moment(since, told)
        all_rows = rows_of_file(file, told)
        rows = desk.said_since(all_rows, first) if first else all_rows
        report = import_file.Report.of(rows, rehearsed=dry_run, passed_over=len(all_rows) - len(rows))
        if dry_run and not as_json:
            _echo(desk.table(rows, source, self._policy()))
        with self._world() as world, progress(rows, "Importing") as shown:
            report.old, report.alarm_within = import_file.old_ones(world, rows), world.policy.imports.alarm_within
            outcomes = (import_file.rehearse if dry_run else import_file.take_in)(world, shown)
            for row, outcome in zip(rows, outcomes, strict=True):
                report.add(outcome)
                if as_json:
                    typer.echo(desk.as_json(row, outcome, source))
        if not as_json:
            _echo(report.lines())
        if refused_ is not None:
            write(refused_, "".join(f"{import_file.refused_line(row).strip()}\n" for row in report.refused))
        raise typer.Exit(0 if report.read else 1)

    def replay(
        self,
        file: Annotated[Path, typer.Argument(help="Any file that import reads: last year's export, for instance.")],
        policy: Annotated[
            Path | None, typer.Option(metavar="OTHER.toml", help="Another policy, to be seen beside the present one.")
        ] = None,
        out: Annotated[Path, typer.Option(metavar="PAGE.html", help="Where to write the page.")] = Path("replay.html"),
        team: Annotated[int, typer.Option(min=1, max=MOST, help="How many colleagues take cases.")] = _USUAL.team,
        claims_after: Annotated[
            str, typer.Option(metavar="20m", help="Half of all cases are claimed within so much working time.")
        ] = write_duration(_USUAL.claims_after),
        contacts_after: Annotated[
            str, typer.Option(metavar="45m", help="And half of the customers contacted within so much more.")
        ] = write_duration(_USUAL.contacts_after),
        learned: Annotated[
            bool, typer.Option("--learned", help="Have the learned judge read the words, which takes long.")
        ] = False,
        source: _Source = DEFAULT_SOURCE,
        map_: _Map = None,
        scale: _Scale = None,
        dates: _Dates = None,
    ) -> None:
        """Plays a file through triage, clocks and reminders on a practice clock: what would last year have looked like?

        Stores and sends nothing. Exits with 0 when something was played, 1 when nothing could be, 2 for an unusable file or policy.
        """
        from handlers.terminal import replay as desk

        people = desk.people(team, claims_after, contacts_after)
        present = self._policy()
        policies = {self._environment().get("POLICY_FILE") or "policy.toml": present}
        if policy is not None:
            policies |= desk.other_policy(policy, policies)
        told = more_told(self._told_of(source or DEFAULT_SOURCE), map_, scale, dates)
        rows = rows_of_file(file, told)
        _echo(desk.replayed(file, rows, told, policies, people, self._now(), out, learned=learned))

    def doctor(
        self,
        model: Annotated[bool, typer.Option(help="Ask the model one small question, which costs a little.")] = True,
        send_test: Annotated[
            bool,
            typer.Option("--send-test", help="Only send a made-up complaint to the running bot, so that a card comes."),
        ] = False,
    ) -> None:
        """Checks settings, policy, database, Slack and the model, and says how to mend what is wrong. Exits with 1 if something is."""
        from handlers.terminal.doctor import examined, tried

        well = True
        checks = tried if send_test else partial(examined, call_model=model)
        for check in checks(self._environment(), self._now):
            well = well and check.ok is not False
            for line in check.lines():
                typer.echo(line)
        raise typer.Exit(0 if well else 1)

    def manifest(
        self,
        url: Annotated[str | None, typer.Option(help="Where Slack reaches the bot; without it, Socket Mode.")] = None,
        name: Annotated[str, typer.Option(help="What the app is called in Slack.")] = "Amends",
    ) -> None:
        """Prints the Slack app's manifest, and a link that opens Slack with it filled in."""
        from handlers.slack.manifest import UnusableManifest, as_text, link, manifest

        try:
            content = manifest(url, name)
        except UnusableManifest as wrong:
            raise refused(str(wrong)) from None
        typer.echo(as_text(content), nl=False)
        typer.echo(f"\nOr open this link, and the app is filled in:\n{link(content)}", err=True)

    def digest(self) -> None:
        """Prints today's digest as it is now, from the database alone."""
        from handlers.cards.plain_text import plain
        from handlers.outbox.render import todays_digest

        with self._world() as world:
            rendered = world.store.read(lambda tx: todays_digest(world, tx))
            typer.echo(plain(rendered.message.text, world.policy.zone, world.now()))

    def export(
        self,
        since: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only cases opened on this day or later.")
        ] = None,
        timeline: Annotated[
            bool, typer.Option(help="What happened to these cases instead, line by line, as JSON Lines.")
        ] = False,
    ) -> None:
        """Prints cases as CSV: times in UTC, waits in minutes, outcome and lesson; no customer's name or words."""
        from cases.policy.working_time import calendar_of
        from handlers.terminal.export import export, export_timeline

        with self._world() as world:
            start = calendar_of(world.policy).start_of_day(since.date()) if since else None
            if timeline:
                export_timeline(world.store, sys.stdout, start)
            else:
                export(world.store, world.policy, sys.stdout, world.now(), start)

    def forget(
        self,
        who: Annotated[
            str,
            typer.Argument(
                help="An e-mail address, a telephone number, a customer's or feedback's id, or a case: \"#12\"."
            ),
        ],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    ) -> None:
        """Erases a customer's personal data. Case numbers, times and outcomes stay."""
        from handlers.terminal import forgetting

        with self._world() as world:
            forgetting.forget(world, who, ask=not yes)

    def backup(
        self, file: Annotated[Path, typer.Argument(help="Where to write it; there must be no such file yet.")]
    ) -> None:
        """Copies the SQLite database into a file while the bot runs. How to restore it: docs/backup.md."""
        from store.backup import NotBackedUp, back_up

        try:
            size = back_up(read_settings_beside_bot(self._environment()).database_url, file, self._now())
        except SettingsError as wrong:
            raise refused(f"Please mend these settings:\n{wrong}") from None
        except NotBackedUp as wrong:
            raise refused(str(wrong)) from None
        typer.echo(f"The database is backed up in {file}, checked and whole: {size / 1e6:.1f} MB.")


def _first_moment(since: str | None, told: Told) -> datetime | None:
    from handlers.terminal import import_desk as desk

    try:
        return desk.since(since, told) if since is not None else None
    except desk.NoDay as wrong:
        raise refused(str(wrong)) from None


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _judge(policy: Policy) -> Judge | None:
    """What scores words, where this team lets it and the engine is installed; to load it takes a while, so only here."""
    from handlers.judging.scorer import judge_here

    return judge_here() if policy.triage.learned else None


def _judge_input(verdict: Callable[[Any, int], dict[str, Any]]) -> None:
    """Judges all that can be read, and says on standard error what cannot: then the exit code is 2.

    It is 1 where a verdict says that something is not ok, so that a pipeline stops.
    """
    from handlers.terminal.verdicts import Unreadable, verdicts

    unread, refused = 0, False
    for result in verdicts(sys.stdin.read(), verdict):
        if isinstance(result, Unreadable):
            unread += 1
            typer.echo(f"line {result.line}: {result.why}", err=True)
        else:
            typer.echo(json.dumps(result, ensure_ascii=False))
            refused = refused or result.get("ok") is False
    if unread or refused:
        raise typer.Exit(2 if unread else 1)
