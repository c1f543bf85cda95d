"""A mail server for tests: strict, on a loopback port of its own, and with a script of what goes wrong at which step."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HANG, DROP, DROP_AFTER_TAKING, DRIP = "hang", "drop", "drop after taking", "drip"


class _Scripted(SMTP):
    """Says what its script wants at a step, once for each entry; else what a server says."""

    def __init__(self, server: MailServer, **how: Any) -> None:
        super().__init__(server, hostname="mail.test", enable_SMTPUTF8=False, **how)
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._server.lines.append(transport)

    async def _goes_wrong(self, step: str) -> bool:
        if step != "greeting":
            self._server.steps.append(step)
        self._server.at_step(step)
        fault = self._server.next_fault(step)
        if fault == HANG:
            await asyncio.sleep(60)
        elif fault == DROP:
            self.transport.close()
        elif fault == DRIP:
            await self._drips()
        elif fault is not None:
            await self.push(fault)
        return fault is not None

    async def _drips(self) -> None:
        """An answer that never ends, each byte of it in time."""
        while self.transport is not None and not self.transport.is_closing():
            self.transport.write(b"2")
            await asyncio.sleep(0.05)

    async def _handle_client(self) -> None:
        if not await self._goes_wrong("greeting"):
            await super()._handle_client()
        elif self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802  so aiosmtpd names them
        if not await self._goes_wrong("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if not await self._goes_wrong("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not await self._goes_wrong("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if not await self._goes_wrong("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        if not await self._goes_wrong("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        if not await self._goes_wrong("QUIT"):
            await super().smtp_QUIT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if not await self._goes_wrong("DATA"):
            await super().smtp_DATA(arg)


class MailServer:
    """Takes letters at `url`; `letters` are those that it answers for, oldest first."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, at_once: bool = False, login: str | None = None) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.steps: list[str] = []
        self.lines: list[asyncio.BaseTransport] = []
        self._script: dict[str, deque[str]] = defaultdict(deque)
        self._tls, self._at_once, self._login = tls, at_once, login
        self.at_step: Callable[[str], None] = lambda _: None  # hears of each step before it is taken
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="mail server", daemon=True)

    def goes_wrong(self, step: str, *faults: str) -> None:
        """At that step ("MAIL", "END" for the end of the words …) each of these happens once: an answer, or a constant of this module."""
        self._script[step].extend(faults)

    def next_fault(self, step: str) -> str | None:
        waiting = self._script[step]
        return waiting.popleft() if waiting else None

    @property
    def url(self) -> str:
        login = f"{self._login}:secret@" if self._login else ""
        return f"{'smtps' if self._at_once else 'smtp'}://{login}127.0.0.1:{self.port}"

    def __enter__(self) -> MailServer:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._begin(), self.loop).result()
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def _begin(self) -> asyncio.Server:
        starttls = None if self._at_once else self._tls
        inside = starttls is not None  # a login is wanted, and only through encryption
        auth = {"authenticator": self._lets_in, "auth_required": inside, "auth_require_tls": inside}
        auth = auth if self._login else {}

        def line() -> _Scripted:
            return _Scripted(self, tls_context=starttls, loop=self.loop, **auth)

        return await self.loop.create_server(line, "127.0.0.1", 0, ssl=self._tls if self._at_once else None)

    def _lets_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        known = data.login == unquote(self._login or "").encode() and data.password == b"secret"
        return AuthResult(success=known, handled=known)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.at_step("END")
        fault = self.next_fault("END")
        if fault in (None, DROP_AFTER_TAKING):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.letters.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
            self.recipients.extend(envelope.rcpt_tos)
        if fault in (DROP, DROP_AFTER_TAKING):
            server.transport.close()
        elif fault == HANG:
            await asyncio.sleep(60)
        elif fault is not None:
            return fault
        return "250 taken"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for line in self.lines:
            line.close()
        await asyncio.sleep(0)
