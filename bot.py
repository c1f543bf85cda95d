"""Amends' entry point and composition root: the only reader of the environment and of the clock."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from handlers.settings import Settings, SettingsError, read_policy_file, read_settings
from handlers.world import World

cli = typer.Typer(help="Amends: no unhappy customer is lost in silence.", no_args_is_help=False, add_completion=False)
log = logging.getLogger("amends")


def wall_clock() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


# Putting things together


def build_world(settings: Settings, now: Callable[[], datetime] = wall_clock) -> World:
    """Everything the handlers are given, from settings. Raises WrongSchema when the database does not fit this code."""
    from handlers.directory import Directory
    from handlers.slack import Slack
    from prompts.writer import ModelSettings, Writer
    from store import schema
    from store.engine import Store, connect

    engine = connect(settings.database_url)
    schema.check(engine)
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    writer = None
    if settings.openai_api_key:
        writer = Writer(ModelSettings(settings.openai_api_key, settings.openai_base_url, settings.openai_model))
    return World(
        store=Store(engine),
        policy=settings.policy,
        now=now,
        slack=slack,
        directory=Directory(slack, settings.slack_channel, now),
        writer=writer,
    )


class Bot:
    """One process of Amends: the world, and whichever of web, socket and workers its role has."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = wall_clock) -> None:
        from handlers.app import build_app
        from handlers.clock import Workers
        from handlers.edge import Edge

        self.settings = settings
        self.world = build_world(settings, now)
        self.app = build_app(self.world)
        self.edge = Edge(self.world, self.app, settings.secrets, settings.slack_signing_secret)
        self.workers = Workers(self.world)
        self._socket: Any = None

    def start_workers(self) -> None:
        """Plans all open cases anew, as policy may have changed, and lets time pass."""
        from handlers.digesting import remember_installation
        from handlers.nudging import plan_anew

        remember_installation(self.world)
        plan_anew(self.world)
        self.workers.start()

    def start_socket(self) -> None:
        """Socket Mode, if there is an app-level token; goes on trying while Slack is away."""
        if self.settings.slack_app_token:
            from handlers.socket_mode import SocketLine

            self._socket = SocketLine(self.app, self.settings.slack_app_token, self.world.slack)
            self._socket.start()

    def serve(self, ready: Callable[[], None]) -> None:
        """Serves HTTP until a signal ends it."""
        import uvicorn

        from handlers.edge import listening, serve

        config = uvicorn.Config(
            serve(self.edge, on_ready=ready), log_level="warning", access_log=False, timeout_graceful_shutdown=10
        )
        with listening(self.settings.host, self.settings.port) as socket:
            uvicorn.Server(config).run(sockets=[socket])

    def stop(self) -> None:
        """Ends in order: no new work, what is under way, the database."""
        if self._socket is not None:
            self._socket.stop()
        self.workers.stop()
        self.world.store.close()


# Reading settings, and failing in one message


def settings_or_exit() -> Settings:
    """Settings from the environment; prints all faults at once and exits with 2."""
    try:
        return read_settings(os.environ)
    except SettingsError as wrong:
        typer.echo(f"Amends cannot start. Please mend these settings:\n{wrong}", err=True)
        raise typer.Exit(2) from None


@contextmanager
def refusing() -> Iterator[None]:
    """Turns the errors a person can mend into one sentence and exit code 2."""
    from store.engine import AWAY
    from store.schema import WrongSchema

    try:
        yield
    except (WrongSchema, *AWAY) as wrong:
        typer.echo(f"Amends cannot start. {str(wrong).splitlines()[0]}", err=True)
        raise typer.Exit(2) from None
    except OSError as wrong:
        typer.echo(f"Amends cannot start: {wrong}", err=True)
        raise typer.Exit(2) from None


def started_logging() -> None:
    """One line for each thing that happens, to standard error; Bolt must not log bodies of requests it refuses."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "httpx", "httpx2"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


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
    with refusing():
        bot = Bot(settings)
        try:
            if worker:
                bot.start_workers()
            if web:
                bot.start_socket()
                bot.serve(lambda: log.info("%s ready on http://%s:%s", name, settings.host, settings.port))
            else:
                log.info("%s ready", name)
                _until_signalled()
        finally:
            bot.stop()


def _until_signalled() -> None:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


@cli.command()
def migrate() -> None:
    """Brings the database to the version this Amends needs; safe to run again."""
    from store import schema
    from store.engine import connect

    url = os.environ.get("DATABASE_URL", "sqlite:///amends.db")
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
) -> None:
    """Starts Amends against a practice Slack workspace in your browser. Nothing leaves this machine."""
    started_logging()
    logging.getLogger().setLevel(logging.WARNING)
    from cases.working_time import calendar_of
    from sandbox import cast
    from sandbox.server import PracticeWorkspace

    policy = read_policy_file("policy.toml", required=False)
    policy = policy.model_copy(update={"lead": policy.lead or "@lea", "team": "Hearth & Ribbon"})
    start = calendar_of(policy).next_open(wall_clock())
    practice = PracticeWorkspace(start=start, speed=speed)
    with refusing(), tempfile.TemporaryDirectory(prefix="amends-demo-") as folder:
        base = practice.start(port=port)
        settings = Settings(
            policy=policy,
            slack_bot_token=cast.BOT_TOKEN,
            slack_signing_secret=cast.SIGNING_SECRET,
            slack_api_url=practice.slack_api_url,
            slack_channel=cast.CARE,
            database_url=f"sqlite:///{Path(folder) / 'demo.db'}",
            openai_api_key=os.environ.get("OPENAI_API_KEY"),
            openai_base_url=os.environ.get("OPENAI_BASE_URL"),
            secrets={"generic": cast.INTAKE_SECRET},
            port=0,
        )
        _demo(Bot(settings, practice.clock.now), practice, base)


def _demo(bot: Bot, practice: Any, base: str) -> None:
    practice.connect(_slack_line(bot), _intake_line(bot))
    practice.clock.on_jump.append(bot.workers.tick_now)
    bot.start_workers()
    typer.echo(f"\n  The practice workspace is ready:  {base}\n\n  Press Ctrl+C to end it.\n")
    try:
        _until_signalled()
    finally:
        bot.stop()
        practice.stop()


def _slack_line(bot: Bot) -> Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]]:
    """Slack's requests straight to the edge, without a socket between: same checks, same handlers."""

    def line(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = bot.edge.slack(headers, body)
        return answer.status, dict(answer.headers), answer.body

    return line


def _intake_line(bot: Bot) -> Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]]:
    def line(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = bot.edge.intake("generic", headers, body)
        return answer.status, dict(answer.headers), answer.body

    return line


# Tools that need no Slack


@cli.command()
def triage() -> None:
    """Judges feedback, one JSON object a line on standard input, one verdict a line on standard output; stores nothing."""
    from cases.feedback import BadFeedback, read_feedback
    from cases.triage import assess

    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            feedback = read_feedback(json.loads(line), route="triage")
        except (ValueError, BadFeedback) as bad:
            typer.echo(f"line {number}: {bad}", err=True)
            raise typer.Exit(2) from None
        verdict = assess(feedback)
        typer.echo(
            json.dumps(
                {
                    "external_id": feedback.external_id,
                    "negative": verdict.negative,
                    "unsure": verdict.unsure,
                    "severity": verdict.severity,
                    "reasons": [{"code": r.code, "detail": r.detail} for r in verdict.reasons],
                },
                ensure_ascii=False,
            )
        )


if __name__ == "__main__":
    cli()
