"""The shapes a model must answer in, how they are found in what it said, and what becomes of them; pure."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError

from cases.model import Severity
from cases.replies.drafts import Reply, as_shown, is_too_long
from prompts.masking import Masked

A = TypeVar("A", bound=BaseModel)

TITLE_LENGTH = 80  # characters
LONGEST_ASIDE = 500  # characters of what is said about a reply or a verdict beside it
MOST_ITEMS = 20  # questions or promises that are named again beside the body
LONGEST_ANSWER = 200_000  # characters that are searched for an answer, its end first; the rest is thinking aloud
MOST_OBJECTS = 200  # places where one may begin, the last ones
_OPENS = re.compile(r'\{\s*["}]')
_NOTHING = frozenset({"", "null", "none", "n/a", "-"})


# Smaller models fill the right fields in the wrong way: a text where a list belongs, null for an empty list, a list of
# paragraphs. What was meant is plain, so it is taken.


def _text(given: Any) -> str:
    if isinstance(given, list):
        return "\n\n".join(filter(None, map(_text, given)))
    if isinstance(given, dict):  # as where a model gives the schema back instead of an answer
        raise ValueError("not a text")
    return "" if given is None else str(given)


def _perhaps(given: Any) -> str | None:
    text = _text(given)
    return None if text.strip().casefold() in _NOTHING else text


def _texts(given: Any) -> list[str]:
    items = given if isinstance(given, list) else [given]
    flat = [_text(list(item.values())) if isinstance(item, dict) else item for item in items]
    return [text for item in flat if (text := _perhaps(item)) is not None]


def _known_severity(given: Any) -> Any:
    written = str(given).strip().casefold()
    return written if written in set(Severity) else None


def _worded(text: str) -> str:
    if not text.strip():
        raise ValueError("no words")
    return text.strip()


# Validators of our own rather than min_length: strict JSON schemas do not take length limits everywhere.
Text = Annotated[str, BeforeValidator(_text)]
Worded = Annotated[str, BeforeValidator(_text), AfterValidator(_worded)]
Texts = Annotated[list[str], BeforeValidator(_texts)]
Perhaps = Annotated[str | None, BeforeValidator(_perhaps)]


class ReplyAnswer(BaseModel):
    """A reply to the customer and what it asks, promises and offers; in short, for colleagues who do not read its language.

    All of it is asked for; a smaller model that leaves out all but subject and body has still written.
    """

    subject: Worded
    body: Worded
    questions: Texts = []
    promises: Texts = []
    remedy: Perhaps = None
    translation: Perhaps = None


class OpinionAnswer(BaseModel):
    """A judgement of one feedback."""

    negative: bool
    severity: Annotated[Severity | None, BeforeValidator(_known_severity)] = None
    title: Worded
    why: Text = ""


class TooLong(ValueError):
    """The reply is longer than what the card shows, so nobody could approve what they saw."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A model's view of one feedback. `title` is one line of at most 80 characters; `severity` is None unless negative."""

    negative: bool
    severity: Severity | None
    title: str
    why: str


def read(text: str, shape: type[A]) -> A | None:
    """The last object in `text` that has this shape, wherever it stands; None where there is none.

    The last, since models think aloud first and answer then. Bounded work whatever the text.
    """
    answer = None
    for candidate in _objects(text[-LONGEST_ANSWER:]):
        try:
            answer = shape.model_validate({str(name).strip().casefold(): value for name, value in candidate.items()})
        except ValidationError:
            continue
    return answer


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every JSON object in a text and in itself, from the left; a text that is JSON in a JSON string is unwrapped."""
    decoder = json.JSONDecoder(strict=False)  # models leave line breaks bare
    after = 0
    for opening in deque(_OPENS.finditer(_unwrapped(text)), maxlen=MOST_OBJECTS):
        if opening.start() < after:
            continue
        try:
            found, after = decoder.raw_decode(opening.string, opening.start())
        except (ValueError, RecursionError):
            continue
        yield from _within(found)


def _unwrapped(text: str) -> str:
    if not text.lstrip().startswith('"'):
        return text
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return said if isinstance(said, str) else text


def _within(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """What is wrapped comes before its wrapping: {"reply": {…}} is an answer, and so is {…, "notes": {…}}."""
    if depth < 4 and isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _within(each, depth + 1)
    if isinstance(value, dict):
        yield value


def strict_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The shape as a JSON schema in the strict form: no default, no title, no reference, nothing optional, nothing else allowed."""
    whole = shape.model_json_schema()
    definitions = whole.get("$defs", {})

    def plain(node: Any) -> Any:
        if isinstance(node, list):
            return [plain(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return plain(definitions[node["$ref"].rpartition("/")[2]])
        return {name: plain(each) for name, each in node.items() if name not in ("default", "title", "description")}

    fields = {name: plain(each) for name, each in whole["properties"].items()}
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def fields_in_words(shape: type[BaseModel]) -> str:
    """The shape's fields for a model whose server takes no schema, one a line."""
    fields = strict_schema(shape)["properties"]
    return "\n".join(f"- `{name}`: {_in_words(field)}" for name, field in fields.items())


def _in_words(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(map(_in_words, field["anyOf"]))
    if "enum" in field:
        return " or ".join(f'"{value}"' for value in field["enum"])
    named = {
        "string": "text",
        "null": "null",
        "boolean": "true or false",
        "array": "a list of texts, [] where there is none",
    }
    return named[field["type"]]


def reply(answer: ReplyAnswer, masked: Masked) -> Reply:
    """The answer as a reply, private details back in place; the gist is read by many and gets none. Raises TooLong."""
    written = as_shown(
        Reply(
            subject=masked.restore(answer.subject),
            body=masked.restore(answer.body),
            questions=tuple(map(masked.restore, answer.questions[:MOST_ITEMS])),
            promises=tuple(map(masked.restore, answer.promises[:MOST_ITEMS])),
            remedy=masked.restore(_shortened(answer.remedy, LONGEST_ASIDE)) if answer.remedy else None,
            translation=_shortened(_one_line(masked.hushed(answer.translation or "")), LONGEST_ASIDE) or None,
        )
    )
    if is_too_long(written):
        raise TooLong
    return written


def opinion(answer: OpinionAnswer, masked: Masked) -> Opinion:
    """The answer as an opinion, which the whole channel reads: no private detail comes back into it.

    Negative without a severity counts as normal: a slip must not hide a customer.
    """
    return Opinion(
        negative=answer.negative,
        severity=(answer.severity or Severity.NORMAL) if answer.negative else None,
        title=_shortened(_one_line(masked.hushed(answer.title))),
        why=_shortened(_one_line(masked.hushed(answer.why)), LONGEST_ASIDE),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, most: int = TITLE_LENGTH) -> str:
    """Cut at a word, with an ellipsis, where the model wrote more than a card shows."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept.rsplit(" ", 1)[0] or kept).rstrip(" ,;:-") + "…"
