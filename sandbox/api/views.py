"""Modals opened, pushed, updated and sent off, and the Home tab published: the views methods, and the answers to a submission."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.api.call import Call, Method
from sandbox.blocks.limits import too_large, view_problems
from sandbox.files import picture_problems
from sandbox.objects import Json, Refusal, invalid, view_json
from sandbox.workspace import View, Workspace

DEEPEST_STACK = 3
TROUBLE = "We had some trouble connecting. Try again?"  # what Slack says in the modal


def open_view(call: Call) -> Json:
    """Open a modal for whoever made the gesture that the trigger id came with."""
    view = _modal(call)
    return _shown(call, open_modal(call.workspace, call.triggers.exchange(call.needed("trigger_id")), view))


def push(call: Call) -> Json:
    """Lay a modal on top of the one that is open."""
    view = _modal(call)
    return _shown(call, push_modal(call.workspace, call.triggers.exchange(call.needed("trigger_id")), view))


def update(call: Call) -> Json:
    """Replace a modal that is still open, found by view_id or external_id; a stale `hash` is a hash_conflict."""
    view = _modal(call)
    open_one = _open_view(call.workspace, call.string("view_id"), call.string("external_id"))
    if call.string("hash") not in ("", open_one.hash):
        raise Refusal("hash_conflict")
    replace_view(call.workspace, open_one, view)
    return _shown(call, open_one)


def publish(call: Call) -> Json:
    """Show a person their Home tab; only views of type home belong there."""
    view, person = checked_view(call.workspace, call.structured("view")), call.person("user_id")
    if view["type"] != "home":
        raise invalid("invalid_arguments", ["must be home [json-pointer:/view/type]"])
    home = call.workspace.homes.get(person.id)
    if home is None:
        home = View(call.workspace.new_id("V"), person.id, "home", view, "")
        call.workspace.homes[person.id] = home
    elif call.string("hash") not in ("", home.hash):
        raise Refusal("hash_conflict")
    replace_view(call.workspace, home, view)
    return _shown(call, home)


def checked_view(workspace: Workspace, view: Any) -> Json:
    """The view as given, if Slack would take it."""
    problems = view_problems(view) or picture_problems(workspace.files, view["blocks"], "/view/blocks")
    if problems:
        raise invalid("invalid_arguments", problems)
    if too_large(view):
        raise Refusal("view_too_large")
    return dict(view)


def open_modal(workspace: Workspace, user: str, view: Json) -> View:
    """Open a modal afresh; whatever modal this person had open is gone."""
    workspace.modals[user] = []
    return _laid(workspace, user, view, None)


def push_modal(workspace: Workspace, user: str, view: Json) -> View:
    """Lay a modal on top. Refuses without one below, and a fourth."""
    stack = workspace.modals.get(user, [])
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= DEEPEST_STACK:
        raise Refusal("push_limit_reached")
    return _laid(workspace, user, view, stack[-1].id)


def replace_view(workspace: Workspace, shown: View, view: Json) -> None:
    """Put other content into a view, with a fresh hash; errors shown beside its fields are gone."""
    shown.view = view | {"blocks": workspace.with_ids(view["blocks"])}
    shown.hash, shown.errors = f"{workspace.new_ts()}.{shown.id[-6:].lower()}", {}
    workspace.changed()


def submitted(workspace: Workspace, view: View, said: Json | None) -> None:
    """Show what the app answered to a sent modal: errors beside its fields, another view, or nothing, which closes it.

    `said` is None where no answer came.
    """
    action = said.get("response_action") if said is not None else None
    if said is None:
        view.errors = {"": TROUBLE}
    elif action == "errors":
        view.errors = _beside_fields(view, said.get("errors"))
    elif action == "update":
        _show(lambda: replace_view(workspace, view, checked_view(workspace, said["view"])), view)
    elif action == "push":
        _show(lambda: push_modal(workspace, view.user, checked_view(workspace, said["view"])), view)
    elif action == "clear":
        workspace.modals[view.user] = []
    else:
        close_modal(workspace, view)
    workspace.changed()


def _beside_fields(view: View, errors: Any) -> dict[str, str]:
    """Each error stands beside the input block that it names; where one names none, Slack can show none of them.

    docs.slack.dev/surfaces/modals: the keys of `errors` are the block ids of input blocks.
    """
    fields = {block["block_id"] for block in view.view["blocks"] if block["type"] == "input"}
    fitting = isinstance(errors, dict) and errors and fields.issuperset(errors)
    return dict(errors) if fitting else {"": f"{TROUBLE} (errors for no field: {errors})"}


def _show(change: Callable[[], object], view: View) -> None:
    """Show what the answer asks for; a view that Slack would not take leaves the person with an error."""
    try:
        change()
    except Refusal as refusal:
        view.errors = {"": f"{TROUBLE} ({refusal.error}: {refusal.more})"}


def close_modal(workspace: Workspace, view: View) -> None:
    """Take one modal off its stack; the one below shows again."""
    stack = workspace.modals.get(view.user, [])
    if view in stack:
        stack.remove(view)
    workspace.changed()


def _laid(workspace: Workspace, user: str, view: Json, below: str | None) -> View:
    external = view.get("external_id")
    if external and any(v.view.get("external_id") == external for stack in workspace.modals.values() for v in stack):
        raise Refusal("duplicate_external_id")
    laid = View(workspace.new_id("V"), user, "modal", view, "", previous=below)
    workspace.modals.setdefault(user, []).append(laid)
    replace_view(workspace, laid, view)
    return laid


def _modal(call: Call) -> Json:
    view = checked_view(call.workspace, call.structured("view"))
    if view["type"] != "modal":
        raise invalid("invalid_arguments", ["must be modal [json-pointer:/view/type]"])
    return view


def _open_view(workspace: Workspace, view_id: str, external_id: str) -> View:
    for stack in workspace.modals.values():
        for view in stack:
            if view.id == view_id or (external_id and view.view.get("external_id") == external_id):
                return view
    raise Refusal("not_found")


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.workspace, view)}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
