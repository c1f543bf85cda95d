"""The team's mail server: real SMTP and real IMAP on loopback ports; it hands on what it takes, and no letter leaves the machine."""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, DictBackend, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

from sandbox.mail.post import SENT

HOST = "127.0.0.1"
_USER, _PASSWORD = "care", "practice"
_PACE = 0.2  # seconds between two looks at what has fallen due
_PATIENCE = 10.0  # seconds for one thing that is asked of the server
T = TypeVar("T")
Taken = Callable[[bytes, Sequence[str]], None]


class _Config(Config):
    """pymap's own greeting asks the network for this machine's name."""

    @property
    def greeting(self) -> bytes:
        return b"Practice mailbox ready"


class _Smtp(SMTP):
    """Its greeting likewise; a letter is handed on before it is answered for."""

    def __init__(self, taken: Taken) -> None:
        super().__init__(self, hostname="mail.practice.example", ident="Practice mail server")
        self._taken = taken

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  so it is named there
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        await asyncio.get_running_loop().run_in_executor(None, self._taken, content, list(envelope.rcpt_tos))
        return "250 2.0.0 taken"


class MailServers:
    """One thread with both. `taken` is called with every letter and its recipients, `turns` again and again as time passes."""

    def __init__(self, taken: Taken, turns: Callable[[], None]) -> None:
        self._taken, self._turns = taken, turns
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="practice-mail", daemon=True)
        self._servers: list[asyncio.Server] = []

    def start(self) -> None:
        """Both listen once this returns."""
        self._thread.start()
        self._ask(self._begin())

    @property
    def smtp_url(self) -> str:
        """As the bot's settings want it."""
        return f"smtp://{HOST}:{self._port(0)}"

    @property
    def imap_url(self) -> str:
        """As the bot's settings want it."""
        return f"imap://{_USER}:{_PASSWORD}@{HOST}:{self._port(1)}"

    def put(self, folder: str, content: bytes, at: datetime) -> None:
        """A letter lies in that folder of the team's mailbox since `at`. Not to be called from the servers' own thread."""
        self._ask(self._put(folder, content, at))

    def clear(self) -> None:
        """Both folders are there, and empty."""
        self._ask(self._clear())

    def stop(self) -> None:
        """Ends what is under way, and the thread."""
        self._ask(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()

    def _port(self, which: int) -> int:
        return int(self._servers[which].sockets[0].getsockname()[1])

    def _ask(self, wanted: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(wanted, self._loop).result(_PATIENCE)

    async def _begin(self) -> None:
        nothing = Namespace(passlib_cfg=None, proxy_protocol=None)
        self._config = _Config(
            nothing,
            host=HOST,
            port=0,
            demo_data=False,
            demo_user=_USER,
            demo_password=_PASSWORD,
            tls_enabled=False,
            hash_context=BuiltinHash(rounds=1),
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        self._config.apply_context()
        login = Login(self._config)
        secret = await Passwords(self._config).hash_password(_PASSWORD)
        await login.demo_user_identity.set(UserMetadata(self._config, _USER, password=secret))
        backend = DictBackend(login, self._config)
        imap = ProxyProtocolReader(self._config.proxy_protocol).get_callback(IMAPServer(backend.login, self._config))
        self._servers = [
            await self._loop.create_server(partial(_Smtp, self._taken), HOST, 0),
            await asyncio.start_server(imap, HOST, 0),
        ]
        await self._clear()
        self._turning = self._loop.create_task(self._turn())

    async def _turn(self) -> None:
        while True:
            await self._loop.run_in_executor(None, self._turns)
            await asyncio.sleep(_PACE)

    async def _clear(self) -> None:
        self._config.apply_context()
        self._folders = MailboxSet()
        await self._folders.add_mailbox(SENT)
        self._config.set_cache[_USER] = (self._folders, FilterSet())

    async def _put(self, folder: str, content: bytes, at: datetime) -> None:
        self._config.apply_context()
        mailbox = await self._folders.get_mailbox(folder)
        await mailbox.append(AppendMessage(content, at), recent=True)

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_default_executor()
