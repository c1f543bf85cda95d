"""What Slack makes of what a person types: special characters escaped, @names turned into mentions."""

from __future__ import annotations

import html
import re

from sandbox.workspace import Workspace

IN_MESSAGES = "<@{id}>"
IN_COMMANDS = "<@{id}|{name}>"  # with should_escape in the manifest; without it Slack passes @name on as typed
KEPT = re.compile(r"(<[@#!][^<>]+>)")
NAMED = re.compile(r"(?<![\w<@])@([\w-]+)")


def typed(workspace: Workspace, text: str, mention: str = IN_MESSAGES) -> str:
    """The text as an app reads it; mentions that are already written out stay as they are."""

    def mentioned(match: re.Match[str]) -> str:
        found = workspace.person_named(match[1])
        return mention.format(id=found.id, name=found.name) if found else match[0]

    parts = KEPT.split(text)
    return "".join(part if KEPT.fullmatch(part) else NAMED.sub(mentioned, html.escape(part, False)) for part in parts)
