"""The one module that knows openai: has a model draft a reply, judge one or judge a feedback, in bounded time, or says why not."""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import asdict
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from cases.model import Assessment, Feedback
from cases.replies.drafts import Reply
from prompts import answers, brief, dialects
from prompts.answers import JudgementAnswer, Opinion, OpinionAnswer, Remark, ReplyAnswer
from prompts.brief import Asked, Brief
from prompts.calls import Call, ModelSettings, WriterFailed, Written
from prompts.dialects import Dialect, Misunderstood, Said
from prompts.learnt import Learnt

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI, OpenAIError

__all__ = ["Brief", "Call", "ModelSettings", "Opinion", "Remark", "Writer", "WriterFailed", "Written"]

_FEW = 8  # models that are named

A = TypeVar("A", bound=BaseModel)
T = TypeVar("T")


class Writer:
    """Asks the model; any thread may. Raises WriterFailed, and nothing else, whatever the server, the network or our settings do."""

    def __init__(self, settings: ModelSettings, clock: Callable[[], float] = perf_counter) -> None:
        self._settings = settings
        self._clock = clock
        self._learnt = Learnt(dialects.first(settings.base_url), clock)
        self._told: Dialect | None = None

    @property
    def dialect(self) -> Dialect:
        """How the server is spoken to, as far as is known by now."""
        return self._learnt.dialect

    @property
    def is_new(self) -> bool:
        """True while this server has understood nothing yet."""
        return self._learnt.is_new

    def recall(self, told: object) -> None:
        """What `news` told another process; of another server or model, or in a form of another version, it is passed over."""
        if isinstance(told, dict) and told.get("server") == self._server():
            dialect = dialects.read_dialect(told.get("dialect"))
            if dialect is not None:
                self._learnt.recall(dialect)

    def news(self) -> dict[str, Any] | None:
        """What was learnt of the server since this was asked last, to be kept for other processes; None where nothing was."""
        if self._learnt.is_new or self._told == self._learnt.dialect:
            return None
        self._told = self._learnt.dialect
        return {"server": self._server(), "dialect": asdict(self._told)}

    def _server(self) -> str:
        """A name for server and model; an address may hold a password, so it is not written down."""
        named = f"{self._settings.base_url} {self._settings.model}"
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    def draft(self, about: Brief, *, timeout: float | None = None) -> Written[Reply]:
        """A reply in the customer's language; blanks ⟨like this⟩ are left for a person to fill.

        `timeout`, in seconds, can only shorten the one of the settings.
        """
        asked = brief.reply_draft(about)
        answer, call = self._ask(asked, ReplyAnswer, timeout)
        try:
            return Written(answers.reply(answer, asked.masked), call)
        except answers.TooLong:
            raise WriterFailed("malformed", detail="too long") from None

    def second_opinion(self, feedback: Feedback, assessment: Assessment, language: str) -> Written[Opinion]:
        """The model's own verdict on a feedback that the rules have judged, with a title in `language`."""
        asked = brief.second_opinion(feedback, assessment, language)
        answer, call = self._ask(asked, OpinionAnswer)
        return Written(answers.opinion(answer, asked.masked), call)

    def judge_reply(self, about: Brief, reply: Reply, found: Sequence[str] = ()) -> Written[tuple[Remark, ...]]:
        """What a second reader remarks on in a reply, in the language of `about`; `found` has been said of it already."""
        asked = brief.reply_judgement(about, reply, found)
        answer, call = self._ask(asked, JudgementAnswer)
        return Written(answers.remarks(answer, asked.masked, reply), call)

    def models(self) -> tuple[str, ...]:
        """The first few models that the server says it has; none where it does not say. For who set up one it has not."""
        try:
            listed = self._in_time(self._listed, self._settings.timeout)
            return tuple(str(each["id"])[:80] for each in json.loads(listed)["data"][:_FEW])
        except (WriterFailed, ValueError, TypeError, LookupError, RecursionError):
            return ()

    def _listed(self, client: OpenAI) -> str:
        return _text_of(client.models.with_raw_response.list(extra_headers=self._headers()))

    def _ask(self, asked: Asked, shape: type[A], timeout: float | None = None) -> tuple[A, Call]:
        started = self._clock()
        most = min(self._settings.timeout, timeout or self._settings.timeout)
        with self._learnt.asking():
            parsed, said = self._in_time(lambda client: self._understood(client, asked, shape), most)
        call = Call(
            prompt=asked.prompt.name,
            prompt_hash=asked.prompt.hash,
            model=said.model or self._settings.model,
            input_tokens=said.input_tokens,
            output_tokens=said.output_tokens,
            latency_ms=round((self._clock() - started) * 1000),
            response_id=said.response_id,
        )
        return parsed, call

    def _in_time(self, ask: Callable[[OpenAI], T], timeout: float) -> T:
        """What `ask` answers, unless `timeout` seconds pass first.

        The library's timeout starts anew with every byte, so a trickling server could hold us for ever. The call runs
        beside us instead; when its time is over, closing the client cuts the connection, and the thread ends too.
        """
        future: Future[T] = Future()
        over_at = monotonic() + timeout  # making a client takes its time too, the first of a process a second
        with self._client() as client:
            threading.Thread(target=_settle, args=(future, lambda: ask(client)), name="model call", daemon=True).start()
            try:
                return future.result(over_at - monotonic())
            except TimeoutError:
                raise WriterFailed("timeout") from None

    def _client(self) -> OpenAI:
        """A client of its own for each call. Proxy variables and certificates of this machine can keep it from being made."""
        from openai import DefaultHttpxClient, OpenAI  # half a second of imports: only processes that write pay for it

        from prompts.bounded import bound

        settings = self._settings
        try:
            return OpenAI(
                api_key=settings.api_key or "none",
                base_url=settings.base_url or dialects.OPENAI,
                max_retries=0,  # the library would sleep through Retry-After, which is for our caller to know
                # A customer's words go to the address that was set, and not to where it points.
                http_client=DefaultHttpxClient(
                    timeout=settings.timeout, follow_redirects=False, event_hooks={"response": [bound]}
                ),
            )
        except Exception as broken:  # noqa: BLE001 - ValueError, OSError, ImportError: whatever reads the surroundings
            raise WriterFailed("surroundings", detail=type(broken).__name__) from None

    def _understood(self, client: OpenAI, asked: Asked, shape: type[A]) -> tuple[A, Said]:
        """Asks in the dialect that is known to work, or in one after the other until one does."""
        learnt, tried = self._learnt, list[Dialect]()
        dialect: Dialect | None = learnt.dialect
        failure: Misunderstood | None = None
        while dialect is not None:
            tried.append(dialect)
            try:
                answer = self._patiently(client, dialect, asked, shape)
            except Misunderstood as failed:
                # What is told is how the road failed that we took first: of the other we only hoped that it is there.
                failure = failed if failure is None or dialect.road == tried[0].road else failure
                dialect = dialects.plainer(dialect, failed, tried) if learnt.may_search(dialect) else None
                learnt.tries(dialect)
            else:
                learnt.works(dialect)
                return answer
        assert failure is not None
        learnt.found_none(searched=len(tried) > 1)
        raise failure from None

    def _patiently(self, client: OpenAI, dialect: Dialect, asked: Asked, shape: type[A]) -> tuple[A, Said]:
        """Once more, at once, when the connection dropped or a server fell over that had understood before."""
        try:
            return self._once(client, dialect, asked, shape)
        except WriterFailed as failed:
            again = failed.reason == "down" and failed.retry_after is None
            if not again or (isinstance(failed, Misunderstood) and self._learnt.is_new):
                raise
        return self._once(client, dialect, asked, shape)

    def _once(self, client: OpenAI, dialect: Dialect, asked: Asked, shape: type[A]) -> tuple[A, Said]:
        from openai import OpenAIError

        from prompts.bounded import TooMuch

        try:
            body = dialects.question(dialect, self._settings.model, asked.prompt, asked.masked.text, shape)
            said = dialects.answer(dialect, self._sent(client, dialect, body))
        except OpenAIError as error:
            raise _failure(error) from None
        except UnicodeError as odd:
            raise Misunderstood(WriterFailed("malformed", detail=type(odd).__name__), 200) from None
        except TooMuch:  # whatever it was asked
            raise WriterFailed("malformed", detail="TooMuch") from None
        if said.declined:
            raise WriterFailed("refused")
        parsed = None if said.cut else answers.read(said.text, shape)
        if parsed is None:
            raise Misunderstood(WriterFailed("malformed", detail="cut off" if said.cut else "no answer in it"), 200)
        return parsed, said

    def _sent(self, client: OpenAI, dialect: Dialect, body: dict[str, Any]) -> str:
        road: Any = client.responses if dialect.road == "responses" else client.chat.completions
        return _text_of(road.with_raw_response.create(**body, extra_headers=self._headers()))

    def _headers(self) -> dict[str, Any]:
        from openai import Omit

        # Servers on one's own machine know no keys, and some refuse one that they do not know.
        keyless = {} if self._settings.api_key else {"Authorization": Omit()}
        return {"Accept-Encoding": "identity", **keyless}


def _text_of(answer: Any) -> str:
    return cast(bytes, answer.http_response.content).decode("utf-8-sig").strip()


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except WriterFailed as failed:
        future.set_exception(failed)
    except BaseException as error:  # noqa: BLE001 - handed to the thread that waits: nobody else would hear of it
        future.set_exception(WriterFailed("malformed", detail=type(error).__name__))


def _failure(error: OpenAIError) -> WriterFailed:
    import openai

    match error:
        case openai.APITimeoutError():
            return WriterFailed("timeout")
        case openai.APIConnectionError():
            return WriterFailed("down", detail=type(error.__cause__).__name__)
        case openai.APIStatusError():
            return dialects.refusal(error.status_code, error.response.text, error.code, _retry_after(error))
        case _:
            return WriterFailed("malformed", detail=type(error).__name__)


def _retry_after(error: APIStatusError) -> float | None:
    """Seconds from the Retry-After header; a date there is read as no answer, since it would need a clock."""
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
