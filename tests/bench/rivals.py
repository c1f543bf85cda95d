"""The webhooks that people write first, for the intake to be measured against.

One is served by `python -m tests.bench.rivals flask|fastapi PORT FILE`: one insert by the ORM for each request, on
SQLite as it comes, after checking the same signature. It judges nothing, opens no case and owes no message.
"""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy import JSON, String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from standardwebhooks.webhooks import Webhook

from sandbox.demo.cast import INTAKE_SECRET

RIVALS = ("flask", "fastapi")


class Base(DeclarativeBase):
    """The one table of a webhook written in an afternoon."""


class Received(Base):
    __tablename__ = "received"
    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


def keep(engine: Any, headers: Any, body: bytes) -> int:
    """Checks the signature and inserts one row; its id."""
    payload = Webhook(INTAKE_SECRET).verify(body, dict(headers))
    with Session(engine) as session:
        row = Received(external_id=payload["data"]["external_id"], content=payload["data"])
        session.add(row)
        session.commit()
        return row.id


def flask(port: int, engine: Any) -> None:
    """Threads by waitress, as many as the bot has for such work."""
    import waitress
    from flask import Flask, request

    app = Flask("rival")

    @app.post("/intake/generic")
    def intake() -> tuple[dict[str, int], int]:
        headers = {name.lower(): value for name, value in request.headers.items()}
        return {"feedback": keep(engine, headers, request.get_data())}, 201

    waitress.serve(app, host="127.0.0.1", port=port, threads=8, connection_limit=200)


def fastapi(port: int, engine: Any) -> None:
    """uvicorn, and a plain function that FastAPI runs in its thread pool."""
    import uvicorn
    from fastapi import FastAPI, Request
    from fastapi.concurrency import run_in_threadpool

    app = FastAPI()

    async def intake(request: Request) -> dict[str, int]:
        body = await request.body()
        return {"feedback": await run_in_threadpool(keep, engine, request.headers, body)}

    intake.__annotations__["request"] = Request  # the name is known only here, where the string would not be found
    app.post("/intake/generic", status_code=201)(intake)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


def main() -> None:
    """Serves one of RIVALS until it is ended."""
    name, port, file = sys.argv[1:4]
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    {"flask": flask, "fastapi": fastapi}[name](int(port), engine)


if __name__ == "__main__":
    main()
