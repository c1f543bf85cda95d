"""The practice workspace as one thing: its state, clock, faults, people and customers, and the HTTP server around them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.api.faults import Faults
from sandbox.api.response_urls import ResponseUrls, response_endpoint
from sandbox.api.triggers import Triggers
from sandbox.api.web_api import TRANSPORT, WebApi, socket_method
from sandbox.clock import MONDAY_MORNING, PracticeClock
from sandbox.demo.cast import populate
from sandbox.demo.customers import Customer
from sandbox.demo.intake import Intake
from sandbox.demo.stories import story_customers
from sandbox.lines.delivery import Delivery, DeliveryThread
from sandbox.lines.payloads import Payloads
from sandbox.lines.requests import Bot
from sandbox.lines.socket_mode import SocketLinks
from sandbox.mail.post import Mailbox, Post
from sandbox.mail.servers import MailServers
from sandbox.page.routes import page_routes
from sandbox.people.colleague import Colleague
from sandbox.people.forms import NotThere
from sandbox.people.reading import Conversation, sees
from sandbox.workspace import Message, View, Workspace

START_MILLISECONDS = 10_000


class PracticeWorkspace:
    """Slack, as far as the bot needs it, with people and customers who can be told what to do.

    `start` is the practice instant at the beginning and `speed` its pace (0: stands still, turned by hand). `wall` gives
    real Unix seconds, for signatures and trigger ids only. `restart` begins everything anew, the bot's memory included: for
    whoever starts the bot to set.
    """

    def __init__(
        self, start: datetime = MONDAY_MORNING, speed: float = 0.0, wall: Callable[[], float] = time.time
    ) -> None:
        self._begin, self._pace = start, speed
        self.clock = PracticeClock(start, speed)
        self.workspace = Workspace(self.clock.now)
        self.faults = Faults()
        self.triggers = Triggers(wall)
        self.responses = ResponseUrls(self.clock.now)
        self.sockets = SocketLinks(self.workspace)
        self.payloads = Payloads(self.workspace, self.triggers, self.responses)
        self.delivery = Delivery(self.workspace, self.payloads, self.sockets, self.clock.now, wall)
        self.api = WebApi(self.workspace, self.triggers, self.faults, self.delivery.happened)
        self.api.methods["apps.connections.open"] = socket_method(lambda: self.sockets.ticket(self.base_url))
        self.intake = Intake(wall)
        self.post = Post(self.clock.now, self.workspace.changed)
        self.mail: MailServers | None = None
        self.clock.on_jump.extend((self.workspace.changed, self.post.turn))
        self.restart: Callable[[], None] | None = None
        self._server: _Server | None = None
        self._delivering: DeliveryThread | None = None
        self._fill()

    def _fill(self) -> None:
        populate(self.workspace)
        self.customers: dict[str, Customer] = story_customers(self.clock.now, self.intake)
        self.post.fill(Mailbox(each.email, each.name, each.answers) for each in self.customers.values() if each.email)

    def reset(self) -> None:
        """Back to the first moment: state, clock, faults and lines to the bot, in well under a millisecond."""
        self.sockets.close()
        self.delivery.clear()
        self.faults.clear()
        self.triggers.clear()
        self.responses.clear()
        self.intake.connect(None)
        with self.workspace.lock:
            self.clock.reset(self._begin, self._pace)
            self.workspace.clear()
            self._fill()
        if self.mail is not None:
            self.mail.clear()

    # The line to the bot

    def connect(self, bot: Bot | None, intake: Bot | None = None) -> None:
        """Talk to a bot in this process: `(headers, body) -> (status, headers, body)` for Slack's requests, and for feedback."""
        self.delivery.connect(bot)
        self.intake.connect(intake)

    def connect_http(self, base_url: str) -> None:
        """Talk to a bot at this address (its root): Slack's requests and feedback go to the paths it fixes for them."""
        root = base_url.removesuffix("/").removesuffix("/slack/events")
        self.delivery.connect_http(f"{root}/slack/events")
        self.intake.connect_http(root)

    # People and what they see

    def person(self, name: str) -> Colleague:
        """The colleague by name ("ana") or id. Raises NotThere."""
        found = self.workspace.person_named(name)
        if found is None:
            raise NotThere(f"there is nobody called {name!r}")
        return Colleague(self.workspace, self.delivery, found)

    def channel(self, name: str) -> Conversation:
        """A channel by name ("care") or id. Raises NotThere."""
        found = self.workspace.channel_named(name)
        if found is None:
            raise NotThere(f"there is no channel {name!r}")
        return Conversation(self.workspace, found)

    def dms(self, name: str) -> list[Message]:
        """What was said between the bot and this person, oldest first."""
        person = self.person(name)
        direct = [c for c in list(self.workspace.channels.values()) if c.im_with == person.id]
        return [message for channel in direct for message in Conversation(self.workspace, channel).everything()]

    def messages(self, kind: str | None = None) -> list[Message]:
        """All messages of a kind ("card", "draft" …) in all conversations, threads included, oldest first; not ephemerals."""
        found = [
            m for c in list(self.workspace.channels.values()) for m in Conversation(self.workspace, c).everything(kind)
        ]
        return sorted(found, key=lambda message: message.ts)

    def thread(self, message: Message) -> list[Message]:
        """The replies in a message's thread that everybody sees, oldest first."""
        parent = self.workspace.find(message.channel, message.thread)
        return self.workspace.replies(parent) if parent else []

    def visible_to(self, name: str, channel: str) -> list[Message]:
        """Everything this person sees in a channel, replies and their own ephemerals included, oldest first."""
        person, conversation = self.person(name), self.channel(channel)
        return [m for m in list(conversation.channel.messages) if sees(self.workspace, person.id, m)]

    def home(self, name: str) -> View | None:
        """What is published on this person's Home tab."""
        return self.person(name).home()

    # The server

    @property
    def base_url(self) -> str:
        """Where the workspace is served; a place that does not exist while it is not."""
        return self._server.base_url if self._server else "http://practice.invalid"

    @property
    def slack_api_url(self) -> str:
        """What the bot takes as the address of Slack's Web API."""
        return f"{self.base_url}/api/"

    def asgi_app(self) -> ASGIApp:
        """The Web API, uploads, response URLs, Socket Mode, and the page."""
        routes: list[BaseRoute] = [
            Route("/api/{method}", self.api.endpoint, methods=["GET", "POST"]),
            Route("/upload/{file}", self.api.upload, methods=["POST"]),
            Route("/response/{key}", partial(response_endpoint, self.workspace, self.responses), methods=["POST"]),
            WebSocketRoute("/link", self.sockets.endpoint),
            *page_routes(self),
        ]
        # Who hung up in the middle of a request reads no answer, and is no fault of ours to be logged.
        gone = {ClientDisconnect: lambda request, error: Response(status_code=400)}
        return _with_transport(Starlette(routes=routes, exception_handlers=gone))

    def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve from a thread of its own; answers the base URL. Raises OSError when the port is taken."""
        self._server = _Server(self.asgi_app(), host, port)
        self.api.base_url = self.responses.base_url = self.base_url
        self._server.start()
        self._delivering = DeliveryThread(self.delivery)
        self._delivering.start()
        return self.base_url

    def start_mail(self) -> MailServers:
        """From now on there are letters too: the team has a mail server, and the customers' mailboxes stand on the page."""
        if self.mail is None:
            self.mail = self.post.team = MailServers(self.post.taken, self.post.turn)
            self.mail.start()
        return self.mail

    def stop(self) -> None:
        """End the server and cut all lines."""
        if self.mail is not None:
            self.mail.stop()
            self.mail = self.post.team = None
        if self._server and self._delivering:
            self._delivering.stop()
            self.sockets.close()
            self._server.stop()
            self._server = self._delivering = None

    def __enter__(self) -> PracticeWorkspace:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _with_transport(app: ASGIApp) -> ASGIApp:
    """Put the connection itself within reach, so that a fault can break it."""

    async def reaching(scope: Scope, receive: Receive, send: Send) -> None:
        cycle = getattr(send, "__self__", None)  # uvicorn's own request cycle, whose method `send` is
        scope[TRANSPORT] = getattr(cycle, "transport", None)
        await app(scope, receive, send)

    return reaching


class _Server:
    """uvicorn in a daemon thread, on a socket bound beforehand so that the address is known at once."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self.base_url = f"http://{host}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            loop="asyncio",
            http="httptools",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._uvicorn.run, kwargs={"sockets": [self._socket]}, name="practice-workspace", daemon=True
        )

    def start(self) -> None:
        """Serve; returns when requests are answered."""
        self._thread.start()
        for _ in range(START_MILLISECONDS):
            if self._uvicorn.started:
                return
            time.sleep(0.001)
        raise OSError("the practice workspace did not start")

    def stop(self) -> None:
        """End, after what is under way."""
        self._uvicorn.should_exit = True
        self._thread.join(timeout=5)
        self._socket.close()
