"""One call of the Web API: its arguments, read as Slack reads them, and the records it asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.api.triggers import Triggers
from sandbox.blocks.limits import block_problems, too_long_together
from sandbox.events import channel_type
from sandbox.files import picture_problems
from sandbox.objects import Json, Refusal, invalid
from sandbox.workspace import Blocks, Channel, Message, Person, Workspace

SCOPE_PREFIX = {"channel": "channels", "group": "groups", "im": "im"}


@dataclass(frozen=True)
class Call:
    """What a method gets: the arguments, and the parts of the practice workspace it may touch.

    `happened` takes an inner event and hands it on to the app as far as it may see it.
    """

    method: str
    arguments: dict[str, Any]
    workspace: Workspace
    triggers: Triggers
    happened: Callable[[Json], None]
    base_url: str

    def string(self, name: str) -> str:
        """A text argument; empty when absent."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A boolean argument: true, "true", 1 and "1" count."""
        return str(self.arguments.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """A whole number. Refuses what is none."""
        try:
            return int(self.arguments.get(name) or default)
        except ValueError:
            raise invalid("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def structured(self, name: str) -> Any:
        """An array or object, given as such or as a JSON string; None when absent."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise invalid("invalid_arguments", [f"must be valid JSON [json-pointer:/{name}]"]) from None

    def needed(self, name: str) -> str:
        """A text argument that must be there."""
        if not self.string(name):
            raise invalid("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
        return self.string(name)

    def scope(self, scope: str) -> None:
        """Refuse the call unless the app was granted this scope."""
        if scope not in self.workspace.app.scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(self.workspace.app.scopes)))

    def channel(self, *, member: bool = True, scope: str = "", argument: str = "channel") -> Channel:
        """The conversation named by id. `scope` is the last half of a scope that goes by conversation type ("history").

        A private one that the bot is not in does not exist for it.
        """
        found = self.workspace.channels.get(self.string(argument))
        if found is None or (found.is_private and self.workspace.app.user not in found.members):
            raise Refusal("channel_not_found")
        if scope:
            self.scope(f"{SCOPE_PREFIX[channel_type(found)]}:{scope}")
        if member and self.workspace.app.user not in found.members:
            raise Refusal("not_in_channel")
        return found

    def person(self, argument: str = "user") -> Person:
        """The member named by id."""
        found = self.workspace.people.get(self.string(argument))
        if found is None:
            raise Refusal("user_not_found")
        return found

    def message(self, channel: Channel, argument: str = "ts") -> Message:
        """A message of this conversation; deleted and ephemeral ones do not count."""
        found = self.workspace.find(channel.id, self.needed(argument))
        if found is None or found.deleted or found.ephemeral_to:
            raise Refusal("message_not_found")
        return found

    def blocks(self) -> Blocks | None:
        """The blocks, checked; None when the argument is absent."""
        blocks = self.structured("blocks")
        if blocks is None:
            return None
        checked = checked_blocks(self.workspace, blocks)
        if too_long_together(checked):
            raise Refusal("msg_blocks_too_long")
        return checked


def checked_blocks(workspace: Workspace, blocks: Any) -> Blocks:
    """The blocks as given, if Slack would take them: well-formed, and all pictures at hand."""
    problems = block_problems(blocks) or picture_problems(workspace.files, blocks, "/blocks")
    if problems:
        raise invalid("invalid_blocks", problems)
    return list(blocks)


@dataclass(frozen=True)
class Method:
    """A Web API method: what it does, the bot scopes it needs, and whether it wants the app-level token instead."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    app_level: bool = False
