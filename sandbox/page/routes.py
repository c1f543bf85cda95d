"""The practice workspace in the browser: the page, news for it as they come, and the gestures made on it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.files import picture_type
from sandbox.page import render
from sandbox.page.gestures import Practice, perform
from sandbox.page.mailboxes import Mailboxes, mailboxes
from sandbox.page.screen import DIRECT, HOME, Looking, Screen, colleagues, look, thread_of, visible
from sandbox.people.forms import NotThere

_LOG: Final = logging.getLogger(__name__)
_PATIENCE: Final = 10.0  # seconds a browser's question for news is held open
_PACE: Final = 0.03  # seconds between two looks at the version; a thread for each open page would cost more
_HEADERS: Final = {
    # Whatever a customer writes, the page loads and runs nothing that is not its own.
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def page_routes(practice: Practice) -> list[BaseRoute]:
    """Everything the page needs, to be mounted at the root of the workspace's server."""
    page = Page(practice)
    return [
        Route("/", page.document),
        Route("/archives/{place}/{message}", page.permalink),
        Route("/page/screen", page.screen),
        Route("/page/gesture", page.gesture, methods=["POST"]),
        Route("/page/files/{file}", page.file),
        Mount("/page/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]


class Page:
    """The endpoints. It keeps one thing of its own, for the unread marks: which messages each person has seen, and which letters anybody."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self._channels = practice.workspace.channels
        self._seen: dict[tuple[str, str, str], str] = {}
        self._read: dict[str, int] = {}

    async def document(self, request: Request) -> Response:
        """The whole page, for `?as=USER&in=PLACE&thread=TS&mail=ADDRESS`; all of them may be left out."""
        return HTMLResponse(await run_in_threadpool(self._document, request), headers=_HEADERS)

    async def permalink(self, request: Request) -> Response:
        """Slack's kind of link to a message, opened from outside the page."""
        thread = request.query_params.get("thread_ts", "")
        return RedirectResponse("/?" + urlencode({"in": request.path_params["place"], "thread": thread}))

    async def screen(self, request: Request) -> Response:
        """The page's pieces as JSON, as soon as the workspace's version is not `version`, or after a while anyway."""
        version = _number(request.query_params.get("version"))
        for _ in range(int(_PATIENCE / _PACE)):
            if self.practice.workspace.version != version or await request.is_disconnected():
                break
            await asyncio.sleep(_PACE)
        return JSONResponse(await run_in_threadpool(self._pieces, request), headers=_HEADERS)

    async def gesture(self, request: Request) -> Response:
        """Do something: `{ok: true}` when the bot has answered, `{ok: false, error}` in words for a toast."""
        # Another site's form cannot send this type, so it cannot make gestures in somebody's browser.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"ok": False, "error": "A gesture is sent as JSON."}, 415)
        asked = await request.json()
        try:
            await run_in_threadpool(perform, self.practice, asked)
        except NotThere as refused:
            return JSONResponse({"ok": False, "error": str(refused)})
        except Exception as broken:  # noqa: BLE001 - whatever a gesture meets, the person reads it and the page lives on
            _LOG.exception("a gesture failed: %s", asked.get("do"))
            return JSONResponse({"ok": False, "error": f"That did not work: {broken}"})
        return JSONResponse({"ok": True})

    async def file(self, request: Request) -> Response:
        """An uploaded file: pictures to look at, all else to download."""
        file = self.practice.workspace.files.get(request.path_params["file"])
        if file is None:
            return Response(status_code=404)
        kind = picture_type(file.content)
        disposition = {} if kind else {"content-disposition": "attachment"}
        return Response(file.content, media_type=kind or "application/octet-stream", headers=_HEADERS | disposition)

    def _document(self, request: Request) -> str:
        with self.practice.workspace.lock:
            self.practice.workspace.reload(self._found(Looking(request.query_params.get("as", ""), "", "")).user)
            screen = self._look(request)
            return render.page(screen, self._stage(screen))

    def _pieces(self, request: Request) -> dict[str, Any]:
        with self.practice.workspace.lock:
            screen = self._look(request)
            stage = self._stage(screen)
            where = screen.looking
            return {
                "version": stage["version"],
                "title": f"{screen.title} · {stage['app'].name} practice workspace",
                "looking": {"as": where.user, "in": where.place, "thread": where.thread, "mail": where.mail},
                "parts": render.parts(screen, stage),
            }

    def _look(self, request: Request) -> Screen:
        if self._channels is not self.practice.workspace.channels:  # the workspace was put back to its beginning
            self._channels = self.practice.workspace.channels
            self._seen.clear()
            self._read.clear()
        query = request.query_params
        looking = self._found(Looking(*(query.get(name, "") for name in ("as", "in", "thread", "mail"))))
        if query.get("unseen") != "1":
            self._mark(looking)
        return look(self.practice.workspace, looking, self.practice.clock.now(), self._seen)

    def _found(self, wanted: Looking) -> Looking:
        """The nearest thing there is: an unknown person becomes the first one, an unknown place the first channel."""
        workspace = self.practice.workspace
        here = [person.id for person in colleagues(workspace)]
        user = wanted.user if wanted.user in here else here[0]
        mail = self._mail(wanted.mail).shown
        if wanted.place == HOME:
            return Looking(user, HOME, mail=mail)
        if wanted.place.startswith("D") or wanted.place == DIRECT:
            mine = next((c.id for c in workspace.channels.values() if c.im_with == user), DIRECT)
            return Looking(user, mine, wanted.thread if mine == wanted.place else "", mail)
        theirs = [c.id for c in workspace.channels.values() if user in c.members and not c.im_with and not c.archived]
        place = wanted.place if wanted.place in theirs else next(iter(theirs), DIRECT)
        return Looking(user, place, wanted.thread if place == wanted.place else "", mail)

    def _mark(self, looking: Looking) -> None:
        channel = self.practice.workspace.channels.get(looking.place)
        messages = visible(channel, looking.user) if channel else []
        for thread, seen in (("", messages), (looking.thread, thread_of(messages, looking.thread))):
            if seen:
                self._seen[looking.user, looking.place, thread] = seen[-1].ts
        if (open_mailbox := self._mail(looking.mail).at) and open_mailbox.letters:
            self._read[open_mailbox.address] = open_mailbox.letters[-1].number

    def _mail(self, shown: str) -> Mailboxes:
        arrived = {each.email for each in self.practice.customers.values() if each.arrived and each.email}
        return mailboxes(self.practice.post, shown, arrived, self._read)

    def _stage(self, screen: Screen) -> dict[str, Any]:
        return {
            "app": self.practice.workspace.app,
            "version": self.practice.workspace.version,
            "clock": self._clock(screen),
            "customers": self._customers(),
            "mail": self._mail(screen.looking.mail) if self.practice.post.team else None,
            "can_restart": self.practice.restart is not None,
        }

    def _clock(self, screen: Screen) -> dict[str, Any]:
        clock, zone = self.practice.clock, ZoneInfo(screen.me.tz)
        local = screen.reader.now.astimezone(zone)
        return {
            "now_ms": int(local.timestamp() * 1000),
            "speed": clock.speed,
            "zone": zone.key,
            "time": f"{local:%H:%M}",
            "date": f"{local:%a} {local.day} {local:%b %Y}",
        }

    def _customers(self) -> list[dict[str, Any]]:
        return [
            {
                "key": customer.key,
                "number": number,
                "name": customer.name,
                "line": customer.line,
                "arrived": customer.arrived,
                "has_more": customer.has_more,
            }
            for number, customer in enumerate(self.practice.customers.values(), 1)
        ]


def _number(given: str | None) -> int:
    try:
        return int(given or "")
    except ValueError:
        return -1
