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
from cases.replies.links import links
from prompts.masking import Masked

A = TypeVar("A", bound=BaseModel)

TITLE_LENGTH = 80  # characters
MOST_REMARKS = 3  # of a second reader: more would be a wall of text
LONGEST_WHY = 200  # characters of each
LONGEST_ASIDE = 500  # characters of what is said about a reply or a verdict beside it
MOST_ITEMS = 20  # questions or promises that are named again beside the body
LONGEST_ANSWER = 200_000  # characters that are searched for an answer, its end first; the rest is thinking aloud
MOST_OBJECTS = 200  # places where one may begin, the last ones
_OPENS = re.compile(r'\{\s*["}]')
_WORD = re.compile(r"\w+")
_BETWEEN = r"\W{1,12}"
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


def _objects_only(given: Any) -> list[Any]:
    return [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict)]


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


class RemarkAnswer(BaseModel):
    """One remark of a second reader: words of the reply, and what is wrong with them."""

    quote: Text = ""
    why: Text = ""


class JudgementAnswer(BaseModel):
    """What a second reader remarks on in a reply; whatever else a model says of it, a verdict above all, is not read."""

    findings: Annotated[list[RemarkAnswer], BeforeValidator(_objects_only)]


class TooLong(ValueError):
    """The reply is longer than what the card shows, so nobody could approve what they saw."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A model's view of one feedback. `title` is one line of at most 80 characters; `severity` is None unless negative."""

    negative: bool
    severity: Severity | None
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a model remarks on in a reply. `quote` stands in the reply, to the letter; `why` is a line in the team's language."""

    quote: str
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
    definitions = whole.pop("$defs", {})

    def plain(node: Any) -> Any:
        if isinstance(node, list):
            return [plain(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return plain(definitions[node["$ref"].rpartition("/")[2]])
        left_out = ("default", "title", "description", "properties")
        kept = {name: plain(each) for name, each in node.items() if name not in left_out}
        if "properties" not in node:
            return kept
        fields = {name: plain(each) for name, each in node["properties"].items()}
        return kept | {"properties": fields, "required": list(fields), "additionalProperties": False}

    schema: dict[str, Any] = plain(whole)
    return schema


def fields_in_words(shape: type[BaseModel]) -> str:
    """The shape's fields for a model whose server takes no schema, one a line."""
    return "\n".join(f"- {field}" for field in _each_in_words(strict_schema(shape)))


def _each_in_words(schema: dict[str, Any]) -> Iterator[str]:
    return (f"`{name}`: {_in_words(field)}" for name, field in schema["properties"].items())


def _in_words(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(map(_in_words, field["anyOf"]))
    if "enum" in field:
        return " or ".join(f'"{value}"' for value in field["enum"])
    if "properties" in field.get("items", {}):
        return f"a list of objects, each with {' and '.join(_each_in_words(field['items']))}; [] where there is none"
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


def remarks(answer: JudgementAnswer, masked: Masked, reply: Reply) -> tuple[Remark, ...]:
    """The first few remarks that are about words of the reply; a colleague reads them, so none leads anywhere else."""
    text, found = f"{reply.subject}\n{reply.body}", dict[str, str]()
    for each in answer.findings[:MOST_ITEMS]:
        quote = _standing(masked.restore(each.quote), text)
        why = _shortened(_one_line(masked.hushed(each.why)), LONGEST_WHY)
        if quote and why and not any(link.sure for link in links(why)):
            found.setdefault(quote, why)
    return tuple(Remark(quote, why) for quote, why in found.items())[:MOST_REMARKS]


def _standing(quote: str, text: str) -> str:
    """The words of `text` that are quoted, as they stand there; empty where they do not.

    Whatever stands between the words may differ: models copy words well, and quotation marks, dashes and line ends badly.
    """
    words = _WORD.findall(quote[:LONGEST_ASIDE])
    pattern = _BETWEEN.join(map(re.escape, words))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if words else None
    return found[0] if found else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, most: int = TITLE_LENGTH) -> str:
    """Cut at a word, with an ellipsis, where the model wrote more than a card shows."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept.rsplit(" ", 1)[0] or kept).rstrip(" ,;:-") + "…"
