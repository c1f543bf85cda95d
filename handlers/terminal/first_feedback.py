"""A first feedback through the running bot's own door, signed as a source would sign it or with its token, to see its card come."""

from __future__ import annotations

import json
import urllib.request
from datetime import datetime
from typing import Any
from urllib.error import HTTPError

from standardwebhooks.webhooks import Webhook

from handlers.doors import INTAKE_TOKEN
from handlers.sources import SOURCES
from handlers.terminal.doctor_machine import Check, fresh_secret
from handlers.terminal.settings import Settings

_PATIENCE = 20  # seconds
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  where one listens for all, and where oneself finds it


def send_first_feedback(settings: Settings, now: datetime) -> Check:
    """Sends one made-up complaint to the bot that listens at HOST and PORT, and tells what became of it. Raises nothing."""
    secret, token = settings.secrets.get("generic"), settings.secrets.get(INTAKE_TOKEN)
    if secret is None and token is None:
        env = SOURCES["generic"].secret_env
        unset = f"test: nothing was sent, as {env} is not set"
        return Check(False, unset, f"write {env}={fresh_secret()} into .env, start the bot anew, then run this again")
    address = f"http://{_EVERYWHERE.get(settings.host, settings.host)}:{settings.port}/intake/generic"
    try:
        answer = _posted(address, secret, token, now)
    except HTTPError as refused:
        with refused:
            return Check(
                False, f"test: {address} answered {refused.code}: {_line(refused.read())}", _FIXES[refused.code]
            )
    except (OSError, ValueError) as away:
        found = f"test: {address} does not answer ({getattr(away, 'reason', away)})"
        return Check(False, found, "start the bot in another terminal (make run), then run this again")
    number = answer.get("case")
    return Check(
        True, f"test: case #{number} is open, and its card comes to the channel", f"then: /case dismiss {number}"
    )


def _posted(address: str, secret: str | None, token: str | None, now: datetime) -> dict[str, Any]:
    body = json.dumps(_made_up(now))
    proof = _signed(body, secret, now) if secret else {"authorization": f"Bearer {token}"}
    headers = {"content-type": "application/json", **proof}
    request = urllib.request.Request(address, body.encode(), headers)  # noqa: S310  the address is our own
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        return dict(json.load(answer))


def _signed(body: str, secret: str, now: datetime) -> dict[str, str]:
    sent = f"doctor-{now.timestamp():.3f}"
    return {
        "webhook-id": sent,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(sent, now, body),
    }


def _made_up(now: datetime) -> dict[str, Any]:
    said = {
        "external_id": f"doctor-{now.timestamp():.3f}",
        "source": "doctor",
        "customer": {"name": "Nobody (a test)"},
        "rating": {"value": 1, "scale": 5},
        "comment": "This is a test by the bot's own doctor, and no customer: the soup was cold.",
    }
    return {"type": "feedback.created", "timestamp": now.isoformat(), "data": said}


def _line(body: bytes) -> str:
    return " ".join(body.decode(errors="replace").split())[:200]


class _Fixes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        return "look at the bot's log: it says more"


_FIXES = _Fixes(
    {
        401: "start the bot anew: it runs with another INTAKE_SECRET or INTAKE_TOKEN than the one here",
        404: "set PORT to the bot's: something else listens there",
        503: "start the bot anew, so that it reads INTAKE_SECRET; if it has, look whether its database answers",
    }
)
