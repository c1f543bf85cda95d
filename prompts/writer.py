"""The one module that knows openai: has a model draft a reply or judge a feedback, in bounded time, or says why not."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from cases.model import Assessment, Feedback
from cases.replies.drafts import Reply
from prompts import answers, brief
from prompts.answers import Opinion, OpinionAnswer, ReplyAnswer
from prompts.brief import Asked, Brief
from prompts.calls import Call, FailureReason, ModelSettings, WriterFailed, Written

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI, OpenAIError

__all__ = ["Brief", "Call", "ModelSettings", "Opinion", "Writer", "WriterFailed", "Written"]

OPENAI = "https://api.openai.com/v1"
WITHOUT_RESPONSES = frozenset({404, 405, 501})  # how compatible servers say that they only speak chat completions

T = TypeVar("T")
A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Answer(Generic[A]):
    parsed: A
    model: str
    response_id: str | None
    input_tokens: int
    output_tokens: int


class Writer:
    """Asks the model; any thread may. Raises WriterFailed, and nothing else, for what the server or the network does."""

    def __init__(self, settings: ModelSettings, clock: Callable[[], float] = perf_counter) -> None:
        self._settings = settings
        self._clock = clock
        self._chat_only = False

    def draft(self, about: Brief, *, timeout: float | None = None) -> Written[Reply]:
        """A reply in the customer's language; blanks ⟨like this⟩ are left for a person to fill.

        `timeout`, in seconds, can only shorten the one of the settings.
        """
        asked = brief.reply_draft(about)
        answer, call = self._ask(asked, ReplyAnswer, timeout)
        return Written(answers.reply(answer, asked.masked.restore), call)

    def second_opinion(self, feedback: Feedback, assessment: Assessment, language: str) -> Written[Opinion]:
        """The model's own verdict on a feedback that the rules have judged, with a title in `language`."""
        asked = brief.second_opinion(feedback, assessment, language)
        answer, call = self._ask(asked, OpinionAnswer)
        return Written(answers.opinion(answer, asked.masked.restore), call)

    def _ask(self, asked: Asked, shape: type[A], timeout: float | None = None) -> tuple[A, Call]:
        started = self._clock()
        most = min(self._settings.timeout, timeout or self._settings.timeout)
        answer = self._in_time(lambda client: self._patiently(client, asked, shape), most)
        call = Call(
            prompt=asked.prompt.name,
            prompt_hash=asked.prompt.hash,
            model=answer.model,
            input_tokens=answer.input_tokens,
            output_tokens=answer.output_tokens,
            latency_ms=round((self._clock() - started) * 1000),
            response_id=answer.response_id,
        )
        return answer.parsed, call

    def _in_time(self, ask: Callable[[OpenAI], _Answer[A]], timeout: float) -> _Answer[A]:
        """What `ask` answers, unless `timeout` seconds pass first.

        The library's timeout starts anew with every byte, so a trickling server could hold us for ever. The call runs
        beside us instead; when its time is over, closing the client cuts the connection, and the thread ends too.
        """
        future: Future[_Answer[A]] = Future()
        with self._client() as client:
            threading.Thread(target=_settle, args=(future, lambda: ask(client)), name="model call", daemon=True).start()
            try:
                return future.result(timeout)
            except TimeoutError:
                raise WriterFailed("timeout") from None

    def _client(self) -> OpenAI:
        from openai import OpenAI  # half a second of imports: only processes that write pay for it

        settings = self._settings
        return OpenAI(
            api_key=settings.api_key,
            base_url=settings.base_url or OPENAI,
            timeout=settings.timeout,
            max_retries=0,  # the library would sleep through Retry-After, which is for our caller to know
        )

    def _patiently(self, client: OpenAI, asked: Asked, shape: type[A]) -> _Answer[A]:
        """Once more, at once, when the connection dropped or the server fell over; all within the same timeout."""
        try:
            return self._once(client, asked, shape)
        except WriterFailed as failed:
            if failed.reason != "down" or failed.retry_after is not None:
                raise
        return self._once(client, asked, shape)

    def _once(self, client: OpenAI, asked: Asked, shape: type[A]) -> _Answer[A]:
        from openai import OpenAIError

        try:
            return self._either_way(client, asked, shape)
        except OpenAIError as error:
            raise _failure(error) from None
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            # A 200 in another shape than promised. The library trusts it, and trips over it with whatever Python raises.
            raise WriterFailed("malformed", detail=type(error).__name__) from None

    def _either_way(self, client: OpenAI, asked: Asked, shape: type[A]) -> _Answer[A]:
        """Through the Responses API, or through chat completions where the server has no other; that is remembered."""
        from openai import APIStatusError

        if not self._chat_only:
            try:
                return _through_responses(client, self._settings.model, asked, shape)
            except APIStatusError as error:
                if error.status_code not in WITHOUT_RESPONSES or error.code == "model_not_found":
                    raise
        answer = _through_chat(client, self._settings.model, asked, shape)
        self._chat_only = True
        return answer


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
        future.set_exception(error)


def _through_responses(client: OpenAI, model: str, asked: Asked, shape: type[A]) -> _Answer[A]:
    response = client.responses.parse(
        model=model,
        instructions=asked.prompt.rules,
        input=asked.masked.text,
        text_format=shape,
        store=False,  # kept for 30 days otherwise (SDK, ResponseCreateParams.store); these are a customer's words
    )
    if response.status == "failed":
        raise WriterFailed("down", detail=response.error.code if response.error else "failed")
    if response.output_parsed is None or response.status == "incomplete":
        parts = [part.type for item in response.output if item.type == "message" for part in item.content]
        raise WriterFailed("refused" if "refusal" in parts else "malformed", detail=response.status or "")
    usage = response.usage
    spent = (usage.input_tokens, usage.output_tokens) if usage else (0, 0)
    return _Answer(response.output_parsed, response.model or model, response.id, *spent)


def _through_chat(client: OpenAI, model: str, asked: Asked, shape: type[A]) -> _Answer[A]:
    completion = client.chat.completions.parse(
        model=model,
        messages=[{"role": "system", "content": asked.prompt.rules}, {"role": "user", "content": asked.masked.text}],
        response_format=shape,
    )
    message = completion.choices[0].message
    if message.parsed is None:
        raise WriterFailed("refused" if message.refusal else "malformed", detail=completion.choices[0].finish_reason)
    usage = completion.usage
    spent = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
    return _Answer(message.parsed, completion.model or model, completion.id, *spent)


def _failure(error: OpenAIError) -> WriterFailed:
    import openai

    match error:
        case openai.APITimeoutError():
            return WriterFailed("timeout")
        case openai.APIConnectionError():
            return WriterFailed("down", detail=type(error.__cause__).__name__)
        case openai.APIStatusError():
            return WriterFailed(_status_reason(error), _retry_after(error), error.code or str(error.status_code))
        case openai.ContentFilterFinishReasonError():
            return WriterFailed("refused")
        case _:  # cut off for length, or not the shape of an answer
            return WriterFailed("malformed", detail=type(error).__name__)


def _status_reason(error: APIStatusError) -> FailureReason:
    if error.code == "content_filter":
        return "refused"  # some servers filter before the model is asked, with a 400
    if error.status_code >= 500:
        return "down"
    named: dict[int, FailureReason] = {401: "wrong_key", 403: "wrong_key", 408: "timeout", 429: "rate_limited"}
    return named.get(error.status_code, "bad_request")


def _retry_after(error: APIStatusError) -> float | None:
    """Seconds from the Retry-After header; a date there is read as no answer, since it would need a clock."""
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
