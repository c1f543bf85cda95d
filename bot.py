"""Amends' entry point and composition root: the only reader of the environment and of the clock."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads spin while they wait for so little work
try:
    import typer
except ModuleNotFoundError:
    # Typed without the folder that `make` put the libraries into: the same command goes on with them.
    libraries = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if not libraries.exists() or Path(sys.prefix).resolve() == libraries.parents[1].resolve():
        sys.exit(
            "The libraries that Amends needs are not installed. Run: make demo (or make run), which installs them."
        )
    os.execv(libraries, [str(libraries), *sys.argv])  # noqa: S606  the very command, in our own folder

from cases.policy.page import Policy, PolicyError
from handlers.judging.unscored import Judge
from handlers.terminal.commands import add_commands
from handlers.terminal.process import await_end, end_on_signal, leave, refusing, started_logging
from handlers.terminal.settings import (
    Settings,
    SettingsError,
    read_database_url,
    read_model_settings,
    read_policy_file,
    read_settings,
)
from handlers.world import World

cli = typer.Typer(help="Amends: no unhappy customer is lost in silence.", no_args_is_help=False, add_completion=False)
log = logging.getLogger("amends")
T = TypeVar("T")


def wall_clock() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


def environment() -> dict[str, str]:
    """The process's variables; those it lacks come from a file .env in the working folder, if there is one."""
    from dotenv import dotenv_values

    return {name: value for name, value in dotenv_values(".env").items() if value} | dict(os.environ)


# Putting things together


def build_world(
    settings: Settings,
    now: Callable[[], datetime] = wall_clock,
    *,
    offline: bool = False,
    judge: Judge | None = None,
) -> World:
    """Everything the handlers are given, from settings. Raises WrongSchema when the database does not fit this code.

    An `offline` world asks Slack nothing, for commands that work without tokens. `judge` stands in for the learned one.
    """
    from handlers.judging.letters import Lines, line_here
    from handlers.judging.scorer import judge_here
    from handlers.letters.smtp import post_of
    from handlers.slack.clients import Slack
    from handlers.slack.directory import Directory, Offline
    from prompts.writer import Writer
    from store import channels, customers, schema
    from store.engine import Store, connect

    engine = connect(settings.database_url, patient=offline)
    schema.check(engine)
    store = Store(engine)
    customers.keep_up(store, settings.policy.customers.region)
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    where = (settings.slack_channel, now, settings.policy.named_channels)
    directory = Offline(*where) if offline else Directory(slack, *where)
    directory.told_of_channels(store.read(channels.known_as))
    return World(
        store=store,
        policy=settings.policy,
        now=now,
        slack=slack,
        directory=directory,
        writer=Writer(settings.model) if settings.model else None,
        post=post_of(settings.smtp_url, settings.mailbox),
        inbox=settings.mailbox if settings.imap_url else None,
        judge=judge or (judge_here() if settings.policy.triage.learned else None),
        lines=Lines(line_here() if judge is None and settings.policy.triage.learned else None),
    )


class Bot:
    """One process of Amends: the world, and whichever of web, socket and workers its role has."""

    def __init__(
        self, settings: Settings, now: Callable[[], datetime] = wall_clock, judge: Judge | None = None
    ) -> None:
        from handlers.clock import Workers
        from handlers.feedback.judge import Judging
        from handlers.http.edge import Edge
        from handlers.letters.look import mailbox_of
        from handlers.listeners.app import build_app

        self.settings = settings
        self.world = build_world(settings, now, judge=judge)
        self.app = build_app(self.world)
        self.edge = Edge(self.world, self.app, settings.secrets, settings.slack_signing_secret, settings.metrics_token)
        self.workers = Workers(self.world, mailbox=mailbox_of(settings.imap_url))
        self.judging = Judging(self.world)
        self._worker_lock: Any = None
        self._socket: Any = None
        self._web: Any = None

    def start_workers(self) -> None:
        """Plans all open cases anew, as policy may have changed, and lets time pass. Raises AnotherWorker."""
        from handlers.digest.owe import remember_installation
        from handlers.reminders.plan import plan_anew
        from handlers.team.welcome import owe_welcome
        from store.worker_lock import only_worker

        self._worker_lock = only_worker(self.settings.database_url)
        remember_installation(self.world)
        owe_welcome(self.world)
        plan_anew(self.world)
        self.workers.start()
        self.judging.start()

    def start_socket(self) -> None:
        """Socket Mode, if there is an app-level token; goes on trying while Slack is away."""
        if self.settings.slack_app_token:
            from handlers.slack.socket_mode import SocketLine

            self._socket = SocketLine(self.app, self.settings.slack_app_token, self.world.slack)
            self.world.troubles.append(self._socket.troubles)
            self._socket.start()

    def start_web(self, bound: socket.socket, ready: Callable[[], None], ended: Callable[[], None]) -> None:
        """Serves HTTP on a bound socket; `ready` is called when it does, `ended` when it no longer does."""
        from handlers.http.server import Web

        self.judging.start()
        self._web = Web(self.edge, bound, ready, ended)
        self._web.start()

    def stop(self) -> bool:
        """Ends in order: no new work, what is under way, the database. False when something would not end in time."""
        if self._web is not None:
            self._web.stop()
        if self._socket is not None:
            self._socket.stop()
        all_done = self.judging.stop() & self.workers.stop()
        self.world.store.close()
        if all_done and self._worker_lock is not None:
            self._worker_lock.release()
        return all_done


# Reading settings, and failing in one message


def settings_or_exit() -> Settings:
    """Settings from the environment; prints all faults at once and exits with 2."""
    return _or_exit(partial(read_settings, environment()))


def _or_exit(read: Callable[[], T]) -> T:
    try:
        return read()
    except (SettingsError, PolicyError) as wrong:
        typer.echo(f"Amends cannot start. Please mend these settings:\n{wrong}", err=True)
        raise typer.Exit(2) from None


# Roles


@cli.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Amends: no unhappy customer is lost in silence. Without a command: run."""
    if context.invoked_subcommand is None:
        run()


@cli.command()
def run() -> None:
    """Everything in one process: Slack, intake, nudges, digest."""
    _role("run", web=True, worker=True)


@cli.command()
def web() -> None:
    """Only what answers: Slack's requests and the intake. Run at least one worker beside it."""
    _role("web", web=True, worker=False)


@cli.command()
def worker() -> None:
    """Only what works by itself: cards, drafts, nudges, digests."""
    _role("worker", web=False, worker=True)


def _role(name: str, *, web: bool, worker: bool) -> None:
    started_logging()
    settings = settings_or_exit()
    end = end_on_signal()
    with ExitStack() as starting:
        starting.enter_context(_here_to_stay())
        with refusing():
            bound = _bound(settings) if web else None  # first: a second process on the port must not begin to work
            with ExitStack() as unless_it_starts:
                if bound is not None:
                    unless_it_starts.callback(bound.close)
                bot = Bot(settings)
                unless_it_starts.pop_all()
        try:
            with refusing():
                if worker:
                    bot.start_workers()
            if bound is not None:
                bot.start_socket()
                ready = partial(log.info, "%s ready on http://%s:%s", name, settings.host, bound.getsockname()[1])
                bot.start_web(bound, ready, partial(end.put, None))
            else:
                log.info("%s ready", name)
            starting.close()
            await_end(end)
        finally:
            leave(bot.stop())


@contextmanager
def _here_to_stay() -> Iterator[None]:
    """What is made within it stays for as long as the process: garbage is never looked for in it.

    Python would look through all of it again and again, while nobody is answered: for a tenth of a second.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _bound(settings: Settings) -> socket.socket:
    from handlers.http.server import listening

    try:
        return listening(settings.host, settings.port)
    except OSError as taken:
        raise OSError(
            f"{settings.host}:{settings.port} cannot be listened on ({taken.strerror or taken}). "
            f"Set PORT (and HOST) to where the bot may listen, for instance PORT={settings.port % 65535 + 1}, "
            "or end what listens there."
        ) from None


@cli.command()
def migrate() -> None:
    """Brings the database to the version this Amends needs; safe to run again."""
    from store import schema
    from store.engine import connect

    url = _or_exit(partial(read_database_url, environment()))
    with refusing():
        before, after = schema.migrate(connect(url))
    typer.echo(
        f"The database is at revision {after}" + (" already." if before == after else f", from {before or 'empty'}.")
    )


# The practice workspace


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the practice workspace is served.")] = 3100,
    speed: Annotated[float, typer.Option(help="How fast the practice clock runs.")] = 1.0,
    model: Annotated[
        bool,
        typer.Option("--model", help="Ask the model of your settings for drafts: then the practice words go there."),
    ] = False,
) -> None:
    """Starts Amends against a practice Slack workspace in your browser. Nothing leaves this machine, but with --model."""
    started_logging()
    logging.getLogger().setLevel(logging.WARNING)
    from cases.letters.compose import Mailbox
    from cases.policy.working_time import calendar_of
    from sandbox.demo import cast
    from sandbox.mail.post import TEAM
    from sandbox.rehearsal import Rehearsal
    from sandbox.server import PracticeWorkspace

    named = _or_exit(partial(read_model_settings, environment())) if model else {}
    policy = _or_exit(partial(read_policy_file, "policy.toml", required=False))
    policy = _brisk(policy).model_copy(update={"lead": policy.lead or "@lea", "team": TEAM.display_name})
    start = calendar_of(policy).next_open(wall_clock())
    practice = PracticeWorkspace(start=start, speed=speed)
    with refusing(), tempfile.TemporaryDirectory(prefix="amends-demo-") as folder:
        base = _served(practice, port)
        mail = practice.start_mail()
        settings = partial(
            Settings,
            policy=policy,
            slack_bot_token=cast.BOT_TOKEN,
            slack_signing_secret=cast.SIGNING_SECRET,
            slack_api_url=practice.slack_api_url,
            slack_channel=cast.CARE,
            secrets={"generic": cast.INTAKE_SECRET},
            port=0,
            smtp_url=mail.smtp_url,
            imap_url=mail.imap_url,
            mailbox=Mailbox(TEAM.display_name, TEAM.addr_spec),
            **named,
        )
        _demo(
            Rehearsal(
                practice, lambda file: Bot(settings(database_url=f"sqlite:///{file}"), practice.clock.now), Path(folder)
            ),
            base,
        )


def _brisk(policy: Policy) -> Policy:
    """In practice one person looks on: what follows a click is there with it, even while the practice clock stands still."""
    from sandbox.mail.letters import RECEIVER

    letters = {"poll": timedelta(), "take_back": timedelta(seconds=15), "authserv_id": RECEIVER}
    at_once = {"per_channel": timedelta()}
    return policy.model_copy(
        update={
            "delivery": policy.delivery.model_copy(update=at_once),
            "mail": policy.mail.model_copy(update=letters),
        }
    )


def _served(practice: Any, port: int) -> str:
    try:
        return str(practice.start(port=port))
    except OSError as taken:
        other = port % 65535 + 1
        typer.echo(
            f"Port {port} cannot be used ({taken.strerror or taken}). Try another one: make demo PORT={other}, "
            f"or: python bot.py demo --port {other}",
            err=True,
        )
        raise typer.Exit(2) from None


def _demo(rehearsal: Any, base: str) -> None:
    end = end_on_signal()
    rehearsal.begin()
    typer.echo(f"\n  The practice workspace is ready:  {base}\n\n  Press Ctrl+C to end it.\n")
    try:
        await_end(end)
    finally:
        rehearsal.end()
        rehearsal.practice.stop()


add_commands(cli, environment, wall_clock, partial(build_world, offline=True))


def main() -> None:
    """The commands; whatever file one of them makes is for its owner alone: customers' words may be in it."""
    os.umask(0o077)
    cli()


if __name__ == "__main__":
    main()
