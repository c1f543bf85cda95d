"""`bot.py sources`: where feedback comes from, what would be read of it, and what could not be read so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cases.arrivals.columns import UnusableHeader
from handlers import doors
from handlers.terminal.beside import Beside
from handlers.terminal.named_file import refused
from handlers.terminal.settings import Settings
from handlers.world import World


def source_commands(
    environment: Callable[[], Mapping[str, str]],
    now: Callable[[], datetime],
    build_world: Callable[[Settings], World],
) -> typer.Typer:
    """`sources` with what may stand behind it."""
    desk = SourceDesk(environment, now, build_world)
    sources = typer.Typer(invoke_without_command=True, help="Where feedback comes from, and what is read of it.")
    sources.callback()(desk.sources)
    sources.command("try")(desk.sources_try)
    sources.command("again")(desk.sources_again)
    return sources


class SourceDesk(Beside):
    """Each method is a command; its docstring is its help."""

    def sources(self, context: typer.Context) -> None:
        """Lists the sources: each with its address, whether its secret is set, and what came last."""
        from handlers.feedback.deliveries import deliveries
        from handlers.feedback.tally import letters_taken
        from handlers.terminal.settings import examine
        from handlers.terminal.sources_desk import listed
        from store.engine import AWAY
        from store.feedback import latest
        from store.schema import WrongSchema

        if context.invoked_subcommand is not None:
            return
        self._policy()  # a wrong page is refused here too; what else is missing does not matter to a list
        settings, _ = examine(self._environment())
        heard: Mapping[str, Any] = {}
        seen = taken = heard
        try:
            world = self._build_world(settings)
        except (WrongSchema, ImportError, ValueError, *AWAY):
            typer.echo("The database cannot be read, so nobody knows here what came last.", err=True)
        else:
            heard, seen, taken = world.store.read(lambda tx: (latest(tx), deliveries(tx), letters_taken(tx)))
            world.store.close()
        for line in listed(settings.policy, settings.secrets, heard, seen, self._now(), taken):
            typer.echo(line)

    def sources_try(
        self,
        name: Annotated[str, typer.Argument(help="A source of policy.toml, or a kind such as typeform or json.")],
        file: Annotated[Path, typer.Argument(help="A body as the source sends it, or a file of rows.")],
        as_json: Annotated[
            bool, typer.Option("--json", help="One JSON object a feedback, for other programs.")
        ] = False,
    ) -> None:
        """Says what would be read of a body or a file, and stores nothing.

        Exits with 0 when something was read, 1 when nothing was, 2 for an unknown source or an unusable file.
        """
        from handlers.terminal import sources_desk as desk

        policy = self._policy()
        try:
            read = desk.read_file(name, file, policy)
        except desk.UnusableFile as unusable:
            raise refused(f"{file} {unusable}") from None
        except (desk.UnknownSource, UnusableHeader) as unknown:
            raise refused(str(unknown)) from None
        except OSError as wrong:
            raise refused(f"{file} cannot be read: {wrong.strerror}") from None
        except desk.BadFeedback as bad:
            typer.echo(f"Nothing can be read as feedback. {bad}", err=True)
            raise typer.Exit(1) from None
        if not read:
            typer.echo(desk.nothing_in_it(name, policy), err=True)
        for line in map(desk.as_json, read) if as_json else desk.shown(name, read, policy):
            typer.echo(line)
        raise typer.Exit(0 if read else 1)

    def sources_again(
        self,
        name: Annotated[str, typer.Argument(help="The source whose bodies are meant.")],
        take: Annotated[bool, typer.Option("--take", help="Take in what can be read now.")] = False,
    ) -> None:
        """Shows what a source sent and nobody could read, and what the policy of now makes of it; with --take it is taken in.

        Exits with 0 when something can be read, 1 when nothing can, 2 for an unknown source.
        """
        from handlers.feedback.unread import kept_bodies
        from handlers.terminal import kept_desk as desk
        from handlers.terminal.sources_desk import unknown

        with self._world() as world:
            if (door := doors.door(name, world.policy)) is None:
                raise refused(unknown(name, world.policy))
            bodies = list(kept_bodies(world, door, desk.MOST))
            for line in desk.shown(world, door, bodies, take=take):
                typer.echo(line)
        raise typer.Exit(0 if any(each.read for each in bodies) else 1)
