"""Slack's payloads reach their handlers: one Bolt listener for each kind of payload, tables behind it, and one way to fail."""

from __future__ import annotations

import json
import logging
import re
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from cases.acts.commands import parse
from cases.model import Via
from handlers.act import Place
from handlers.cards import words
from handlers.listeners.buttons import clicked, open_view
from handlers.listeners.commands import commanded
from handlers.listeners.events import heard
from handlers.listeners.forms import Response, shortcut_used, submitted
from handlers.listeners.standing import NotYetKnown
from handlers.world import World

log = logging.getLogger(__name__)
_ANY = re.compile(".*", re.DOTALL)
Payload = dict[str, Any]


def build_app(world: World) -> App:
    """The Bolt app, synchronous. Signatures are checked before it, at the edge, or not needed, in Socket Mode.

    `process_before_response`: by default Bolt acknowledges an event before its listener runs, and a listener that then
    fails has lost it. Bolt runs only the first listener that matches, so there is one for each kind of payload.
    """
    app = App(
        name="bolt",  # without one Bolt looks for it on the stack, which is slow; a logger so called gets the level below
        authorize=lambda: _authorized(world),
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
        # Bolt takes the deletion of our message for an event of ours; which those are, events.py knows better.
        ignoring_self_events_enabled=False,
        logger=logging.getLogger("slack_bolt"),  # otherwise Bolt logs as freely as the root logger does
    )
    app.event(_ANY)(_events(world))
    app.action(_ANY)(_clicks(world))
    app.view(_ANY)(_forms(world))
    app.command(_ANY)(_commands(world))
    app.shortcut(_ANY)(_shortcuts(world))
    return app


def _authorized(world: World) -> AuthorizeResult:
    myself = world.directory.myself()
    return AuthorizeResult(
        enterprise_id=None,
        team_id=myself.team_id if myself else None,
        bot_user_id=myself.user_id if myself else None,
        bot_id=myself.bot_id if myself else None,
        bot_token=world.slack.token,
    )


def _whose(world: World, body: Payload) -> None:
    """Whose team somebody is of, where the payload names it: in a shared channel it need not be ours."""
    event, user = body.get("event") or {}, body.get("user")
    if isinstance(user, dict):
        person, team = user.get("id"), user.get("team_id")
    else:
        person, team = event.get("user"), event.get("user_team") or event.get("source_team")
    if isinstance(person, str) and isinstance(team, str) and team:
        world.directory.told_team(person, team)


def _events(world: World) -> Callable[..., BoltResponse]:
    def listener(body: Payload, event: Payload, ack: Ack) -> BoltResponse:
        # An exception here becomes a 500, or no acknowledgement in Socket Mode: Slack delivers the event again.
        _whose(world, body)
        try:
            heard(world, event, body.get("event_id"))
        except NotYetKnown as early:
            log.info("%s; Slack delivers it again", early)
            return BoltResponse(status=503)
        return ack()

    return listener


def _clicks(world: World) -> Callable[..., None]:
    def listener(body: Payload, ack: Ack) -> None:
        _whose(world, body)
        try:
            clicked(world, body)
        except Exception:
            _tell_broken(body)
        ack()

    return listener


def _forms(world: World) -> Callable[..., None]:
    def listener(body: Payload, ack: Ack) -> None:
        _whose(world, body)
        try:
            response = submitted(world, body)
        except Exception:
            response = Response(errors={_first_field(body): _broken()})
        if response.errors:
            ack(response_action="errors", errors=response.errors)
        elif response.view is not None:
            ack(response_action="update", view=response.view)
        else:
            ack()

    return listener


def _first_field(body: Payload) -> str:
    return str(next((b["block_id"] for b in body["view"].get("blocks", []) if b.get("type") == "input"), "body"))


def _commands(world: World) -> Callable[..., None]:
    def listener(body: Payload, ack: Ack) -> None:
        _whose(world, body)
        try:
            place = Place(str(body["channel_id"]), None, str(body.get("trigger_id", "")))
            reply = commanded(world, parse(str(body.get("text") or "")), str(body["user_id"]), Via.SLASH, place)
            if reply.form is not None:
                open_view(world, str(body["trigger_id"]), reply.form)
        except Exception:
            ack(text=_broken(), response_type="ephemeral")
            return
        if reply.message is None:
            ack()
        else:
            ack(text=reply.message.text, blocks=list(reply.message.blocks) or None, response_type="ephemeral")

    return listener


def _shortcuts(world: World) -> Callable[..., None]:
    def listener(body: Payload, ack: Ack) -> None:
        _whose(world, body)
        try:
            shortcut_used(world, body)
        except Exception:
            _tell_broken(body)
        ack()

    return listener


def _broken() -> str:
    """Logs the exception being handled under a reference, and returns the sentence that names it."""
    reference = uuid.uuid4().hex[:8]
    log.exception("something broke, reference %s", reference)
    return str(words.refusal("broke", {"reference": reference}))


def _tell_broken(body: Payload) -> None:
    """A click has no answer of its own to carry the sentence; its response_url needs neither database nor token."""
    sentence = _broken()
    url = str(body.get("response_url") or "")
    if not url.startswith(("https://", "http://")):
        return
    content = json.dumps({"text": sentence, "response_type": "ephemeral", "replace_original": False}).encode()
    request = urllib.request.Request(url, content, {"Content-Type": "application/json"})  # noqa: S310  checked above
    try:
        urllib.request.urlopen(request, timeout=2).close()  # noqa: S310
    except OSError:
        log.warning("Slack did not take the apology for the failure above")
