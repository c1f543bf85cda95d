"""What becomes of a modal: the app's answer to its being sent, and its closing."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.answers import Refusal
from sandbox.api.views import checked_view, push_modal, replace_view
from sandbox.lines.requests import Answer
from sandbox.workspace import View, Workspace

TROUBLE = "We had some trouble connecting. Try again?"


def submitted(workspace: Workspace, view: View, answer: Answer) -> None:
    """Show what the app answered to a sent modal: errors beside its fields, another view, or nothing, which closes it."""
    said = answer.content()
    action = said.get("response_action")
    if not answer.ok:
        view.errors = {"": TROUBLE}
    elif action == "errors":
        view.errors = dict(said["errors"])
    elif action == "update":
        _show(lambda: replace_view(workspace, view, checked_view(workspace, said["view"])), view)
    elif action == "push":
        _show(lambda: push_modal(workspace, view.user, checked_view(workspace, said["view"])), view)
    elif action == "clear":
        workspace.modals[view.user] = []
    else:
        close(workspace, view)
    workspace.changed()


def close(workspace: Workspace, view: View) -> None:
    """Take one modal off its stack; the one below shows again."""
    stack = workspace.modals.get(view.user, [])
    if view in stack:
        stack.remove(view)
    workspace.changed()


def _show(change: Callable[[], object], view: View) -> None:
    """Show what the answer asks for; a view that Slack would not take leaves the person with an error."""
    try:
        change()
    except Refusal as refusal:
        view.errors = {"": f"{TROUBLE} ({refusal.error}: {refusal.more})"}
