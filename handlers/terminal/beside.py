"""What a command has to work with beside the running bot: the environment, the clock, the policy, and a world from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from cases.policy.page import Policy, PolicyError
from handlers.terminal.named_file import refused
from handlers.terminal.settings import Settings, SettingsError, read_policy_file, read_settings_beside_bot
from handlers.world import World


class Beside:
    """`environment` is read when a command runs; `build_world` makes a world that asks Slack nothing."""

    def __init__(
        self,
        environment: Callable[[], Mapping[str, str]],
        now: Callable[[], datetime],
        build_world: Callable[[Settings], World],
    ) -> None:
        self._environment, self._now, self._build_world = environment, now, build_world

    def _policy(self) -> Policy:
        policy = self._environment().get("POLICY_FILE")
        try:
            return read_policy_file(policy or "policy.toml", required=policy is not None)
        except PolicyError as wrong:
            raise refused(str(wrong)) from None

    @contextmanager
    def _world(self) -> Iterator[World]:
        """A world from DATABASE_URL and policy alone; what a person can mend is said in one message, with exit code 2."""
        from store.engine import AWAY
        from store.schema import WrongSchema

        try:
            settings = read_settings_beside_bot(self._environment())
            world = self._build_world(settings)
        except SettingsError as wrong:
            raise refused(f"Please mend these settings:\n{wrong}") from None
        except (WrongSchema, ImportError, ValueError, *AWAY) as wrong:
            raise refused(f"The database cannot be used. {_first_line(wrong)}") from None
        try:
            yield world
        except AWAY as away:
            raise refused(f"The database went away: {_first_line(away)}") from None
        finally:
            world.store.close()


def _first_line(wrong: Exception) -> str:
    return str(wrong).partition("\n")[0]
