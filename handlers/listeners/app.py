"""Slack's payloads reach their handlers: one Bolt listener for each kind of payload, tables behind it, and one way to fail."""

from __future__ import annotations

import json
import logging
import re
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from cases.acts.commands import parse
from cases.model import Via
from handlers.act import Place
from handlers.cards import words
from handlers.cards.inputs import fields_of
from handlers.cards.message import line
from handlers.cards.mrkdwn import Mrkdwn
from handlers.listeners.buttons import clicked
from handlers.listeners.click import open_view
from handlers.listeners.commands import Reply, commanded
from handlers.listeners.events import heard
from handlers.listeners.forms import Response, shortcut_used, submitted
from handlers.listeners.standing import NotYetKnown
from handlers.world import World
from store import timeline
from store.engine import Tx

log = logging.getLogger(__name__)
_ANY = re.compile(".*", re.DOTALL)
Payload = dict[str, Any]
T = TypeVar("T")


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
    app.use(_rate_limited)
    app.event(_ANY)(_events(world))
    app.action(_ANY)(_clicks(world))
    app.view(_ANY)(_forms(world))
    app.command(_ANY)(_commands(world))
    app.shortcut(_ANY)(_shortcuts(world))
    return app


def _rate_limited(body: Payload, next: Callable[[], None]) -> BoltResponse | None:
    """Slack tells that it passes over what happens, for a minute: more than 30,000 events came within an hour. Bolt knows no such payload.

    docs.slack.dev/reference/events/app_rate_limited; what it passes over, it delivers at no other time.
    """
    if body.get("type") != "app_rate_limited":
        next()
        return None
    log.error(
        "Slack delivers no events of the minute that began at %s: there are too many", body.get("minute_rate_limited")
    )
    return BoltResponse(status=200)


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
    def listener(body: Payload, request: BoltRequest, ack: Ack) -> None:
        _done(world, request, lambda here: clicked(here, body), lambda sorry: _tell(world, body, sorry))
        ack()

    return listener


def _forms(world: World) -> Callable[..., None]:
    def listener(body: Payload, request: BoltRequest, ack: Ack) -> None:
        def refused(sorry: Mrkdwn) -> Response:
            return Response(errors={next(iter(fields_of(body["view"])), "body"): str(sorry)})

        response = _done(world, request, lambda here: submitted(here, body), refused) or Response()
        if response.errors:
            ack(response_action="errors", errors=response.errors)
        elif response.view is not None:
            ack(response_action="update", view=response.view)
        else:
            ack()

    return listener


def _commands(world: World) -> Callable[..., None]:
    def listener(body: Payload, request: BoltRequest, ack: Ack) -> None:
        reply = _done(world, request, lambda here: _commanded(here, body), lambda sorry: Reply(line(sorry)))
        if reply is None or reply.message is None:
            ack()
        else:
            ack(text=reply.message.text, blocks=list(reply.message.blocks) or None, response_type="ephemeral")

    return listener


def _commanded(world: World, body: Payload) -> Reply:
    place = Place(str(body["channel_id"]), None, str(body["trigger_id"]))
    reply = commanded(world, parse(str(body.get("text") or "")), str(body["user_id"]), Via.SLASH, place)
    if reply.form is not None:
        open_view(world, str(body["trigger_id"]), reply.form)
    return reply


def _shortcuts(world: World) -> Callable[..., None]:
    def listener(body: Payload, request: BoltRequest, ack: Ack) -> None:
        _done(world, request, lambda here: shortcut_used(here, body), lambda sorry: _tell(world, body, sorry))
        ack()

    return listener


class Replayed(RuntimeError):
    """The very request has had its effect before: whoever sends it again is not Slack, which signs every request anew."""


def _done(
    world: World, request: BoltRequest, work: Callable[[World], T], apology: Callable[[Mrkdwn], T | None]
) -> T | None:
    """What `work` answers; where it breaks, what the apology for it answers; None for a request that came before."""
    _whose(world, request.body)
    try:
        return work(_once(world, request))
    except Replayed:
        log.warning("a request of Slack's came twice, and had its effect once")
        return None
    except Exception as wrong:
        return apology(_sorry(wrong))


def _once(world: World, request: BoltRequest) -> World:
    """The world in which the first thing written is that this request has been here. Events have ids of their own.

    It is known by its signature, which is made of its time and every byte. What comes by Socket Mode has none.
    """
    signature = next(iter(request.headers.get("x-slack-signature", ())), None)
    if signature is None:
        return world

    def first(tx: Tx) -> None:
        if not timeline.first_time(tx, f"request {signature}", world.now()):
            raise Replayed

    return replace(world, store=world.store.beginning_with(first))


def _sorry(wrong: Exception) -> Mrkdwn:
    """The sentence for what broke; the log says the same of it, under a reference."""
    if isinstance(wrong, SlackApiError) and str(wrong.response.get("error")) in _TRIGGER_WORDS:
        log.warning("a form could not be opened: %s", wrong.response.get("error"))
        return words.refusal("form_too_late", {})
    reference = uuid.uuid4().hex[:8]
    log.error("something broke, reference %s", reference, exc_info=wrong)
    return words.refusal("broke", {"reference": reference})


# views.open: docs.slack.dev/reference/methods/views.open, and what Slack said before it wrote that page.
_TRIGGER_WORDS = frozenset(
    {"expired_trigger_id", "invalid_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"}
)


def _tell(world: World, body: Payload, sorry: Mrkdwn) -> None:
    """A click has no answer of its own to carry the sentence; its response_url needs neither database nor token."""
    url = str(body.get("response_url") or "")
    if not _is_slacks(url, world.slack.base_url):
        return
    content = json.dumps({"text": sorry, "response_type": "ephemeral", "replace_original": False}).encode()
    request = urllib.request.Request(url, content, {"Content-Type": "application/json"})  # noqa: S310  checked above
    try:
        urllib.request.urlopen(request, timeout=2).close()  # noqa: S310
    except OSError:
        log.warning("Slack did not take the apology for the failure above")


def _is_slacks(url: str, api: str) -> bool:
    """Whether an address is where Slack's API is, or beside it: https://hooks.slack.com beside https://slack.com."""
    try:
        there, known = urlsplit(url), urlsplit(api)
    except ValueError:
        return False
    host, home = there.hostname or "", (known.hostname or "").removeprefix("www.")
    return there.scheme == known.scheme and (host == home or host.endswith(f".{home}"))
