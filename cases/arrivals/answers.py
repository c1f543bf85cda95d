"""Answers: what somebody told us in a form, a body of JSON or a row of a table, each with its question; no field of ours yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from cases.arrivals.json_fields import BadFeedback, read_json
from cases.arrivals.labels import letters, meanings
from cases.arrivals.told import Means
from cases.arrivals.voices import is_ours
from cases.spoken.english import words
from cases.text import storable

Said: TypeAlias = str | float | bool | tuple[str, ...]
"""A text, a number, yes or no, or what was chosen from a list."""

_LARGEST = 2**53  # a number that JSON can tell from the next one
_DEEPEST, _MOST = 12, 2_000  # steps into a body, and answers out of it


class Nature(StrEnum):
    """Where an answer comes from: how far a text may be taken for what the customer wanted to say."""

    ESSAY = "essay"  # typed into a large field
    TYPED = "typed"
    PICKED = "picked"
    NOTED = "noted"  # a cell, a key of an object, a hidden field
    COMPUTED = "computed"  # a quiz's score: nobody said it
    OURS = "ours"  # an agent or a bot said it


NOT_THEIRS = (Nature.COMPUTED, Nature.OURS)  # what the customer cannot have said


class Answer(NamedTuple):
    """One answer. `key` is the vendor's name of the question, a column or a dotted path, `label` what the customer read.

    `means` is what the vendor says it is, where there is a kind of question for it; `steps` the best answer there is, where
    the vendor tells; `also_called` are further names of the question, such as its ref.
    """

    key: str
    label: str
    said: Said
    means: Means | None = None
    nature: Nature = Nature.NOTED
    steps: float | None = None
    also_called: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """What is shown of it."""
        return self.label or self.key

    @property
    def text(self) -> str:
        """The answer in words."""
        said = self.said
        if isinstance(said, str):
            return said
        if isinstance(said, bool):
            return "yes" if said else "no"
        if isinstance(said, tuple):
            return "; ".join(said)
        return f"{int(said)}" if said.is_integer() else f"{said}"

    @property
    def is_theirs(self) -> bool:
        """Whether the customer can have said it."""
        return self.nature not in NOT_THEIRS

    @property
    def home(self) -> str:
        """The path of the object that it stands in."""
        return self.key.rpartition(".")[0]

    def is_part_of(self, name: str) -> bool:
        """Whether it stands in an object of that name: the first name in a name."""
        return self.means is not Means.SCALE and _ends_with(self.home, name)

    def is_called(self, name: str) -> bool:
        """Whether somebody who says `name` means this question: its title, ref or id, its dotted path, or the end of that."""
        paths = (self.key, *self.also_called) if "." in name else (self.key,)
        return self.is_just(name) or (letters(name) != "" and any(_ends_with(path, name) for path in paths))

    def is_just(self, name: str) -> bool:
        """Whether that is its whole title, ref, id or path."""
        wanted = letters(name)
        return wanted != "" and wanted in map(letters, (self.label, self.key, *self.also_called))


def _ends_with(path: str, end: str) -> bool:
    steps, wanted = path.casefold().split("."), end.strip().casefold().split(".")
    return steps[-len(wanted) :] == wanted


def answer(
    key: str,
    label: Any,
    said: Any,
    means: Means | None = None,
    nature: Nature = Nature.NOTED,
    steps: Any = None,
    also_called: Iterable[Any] = (),
) -> Iterator[Answer]:
    """The answer to a question, or none where nothing was said. Whatever is no text, number or list of them is none."""
    if (value := said_in(said)) is not None:
        counts = isinstance(steps, int | float) and not isinstance(steps, bool) and 0 < steps < _LARGEST
        best = float(steps) if counts else None
        names = tuple(_text(name) for name in also_called if isinstance(name, str | int))
        yield Answer(_text(key), _text(label), value, means, nature, best, names)


def said_in(value: Any) -> Said | None:
    """A value as what an answer says; None where nothing is said, or what is no text, number or list of them."""
    if isinstance(value, str):
        written = storable(value)
        return written if written.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value) if abs(value) < _LARGEST else _text(value)
    if isinstance(value, list | tuple):
        chosen = tuple(text for each in value if isinstance(each, str | int | float) and (text := _text(each)))
        return chosen[0] if len(chosen) == 1 else chosen or None
    return None


def _text(value: Any) -> str:
    return storable(str(value)).strip() if value is not None and value is not False else ""


Known: TypeAlias = Mapping[tuple[str, ...], Answer]
"""What is asked at a path, where that is known beforehand: an answer that says nothing yet."""


def of_json(value: Any, root: str = "", known: Known = MappingProxyType({})) -> list[Answer]:
    """Any JSON object, flat or nested → an answer for each text and number in it, by dotted path; list items from 0."""
    found: list[Answer] = []
    _add_leaves(found, value, (root,) if root else (), 0, known)
    return found[:_MOST]


def _add_leaves(
    found: list[Answer],
    value: Any,
    path: tuple[str, ...],
    depth: int,
    known: Known = MappingProxyType({}),
) -> None:
    if depth > _DEEPEST or len(found) >= _MOST:
        return
    if isinstance(value, str):  # as most are
        if value.startswith(("{", "[{")) and (inner := _within(value)) is not None:
            _add_leaves(found, inner, path, depth + 1, known)
        else:
            _add_leaf(found, value, path, known)
    elif isinstance(value, Mapping):
        if (asked := pair(value, path)) is not None:
            found.extend(asked)
            return
        before = len(found)
        for key, inner in value.items():
            if inner is not None:
                _add_leaves(found, inner, (*path, str(key)), depth + 1, known)
        if is_ours(value):
            found[before:] = [each._replace(nature=Nature.OURS) for each in found[before:]]
    elif isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
        if (names := _asked_in(value)) is not None:
            found.extend(_each_asked(value[:_MOST], path, *names))
            return
        for place, inner in enumerate(value):
            _add_leaves(found, inner, (*path, str(place)), depth + 1, known)
    else:
        _add_leaf(found, value, path, known)


def _add_leaf(found: list[Answer], value: Any, path: tuple[str, ...], known: Known) -> None:
    if (said := said_in(value)) is not None:
        key, label, _, means, *_ = known.get(path) or _asked_at(path)
        found.append(Answer(key, label, said, means))


def _asked_at(path: tuple[str, ...], means: Means | None = None) -> Answer:
    """What a path asks for, not answered yet."""
    return Answer(_text(".".join(path)), _text(_label(path)), "", means)


def _each_asked(items: Sequence[Any], path: tuple[str, ...], asks: str, says: str) -> Iterator[Answer]:
    for place, inner in enumerate(items):
        at = ".".join((*path, str(place)))
        yield from answer(at, inner[asks], inner[says], also_called=[f"{at}.{says}"])


def _asked_in(items: Sequence[Any]) -> tuple[str, str] | None:
    """The names of question and answer, whatever they are called, in a list of nothing but such pairs.

    All have the same two names, neither of which is a part of feedback in its own right; the questions all differ, and most
    are more than a word.
    """
    names = list(items[0]) if isinstance(items[0], Mapping) else []
    if len(names) != 2 or len(items) < 2 or any(not isinstance(each, Mapping) or list(each) != names for each in items):
        return None
    if any(_OF_A_WHOLE.intersection(meanings(str(name))) for name in names):
        return None
    asked, said = ([each[name] for each in items] for name in names)
    if any(not isinstance(each, str) for each in asked) or any(isinstance(each, Mapping) for each in said):
        return None
    wordy = sum(len(each.split()) > 1 for each in asked)
    return (names[0], names[1]) if len(set(asked)) == len(asked) and 2 * wordy > len(asked) else None


def _within(value: str) -> Any:
    """JSON that some tools send as the text of a field."""
    try:
        return read_json(value.encode("utf-8", "replace"))
    except BadFeedback:
        return None


# Bodies of many form tools hold a list of questions with their answers, each an object of its own.
_QUESTIONS = ("question", "label", "title", "text", "name")
_ANSWERS = ("value", "answer", "response", "responsevalue", "answers", "answertext")
_STEPS = ("scale", "steps", "max")
_BESIDE = words(
    "id key customkey ref type kind order sorting options choices scale steps max required hidden sublabels qid slug duration"
)
_EXPLAINS = words("description help helptext hint placeholder subtitle instructions")  # a question, in a form's words
_OF_A_WHOLE = frozenset({Means.RATING, Means.COMMENT, Means.NAME, Means.EMAIL})


def pair(asked: Mapping[str, Any], path: tuple[str, ...]) -> list[Answer] | None:
    """A question with its answer, where an object is that and nothing else; None where it is something else.

    What calls itself a question may have more beside it, as long as that is not feedback in its own right.
    """
    keys = {_bare(str(key)): key for key in asked} if path else {}
    question = next((name for name in _QUESTIONS if name in keys), None)
    said = question and next((name for name in _ANSWERS if name in keys), None)
    if not question or not said:
        return None
    title, given = _title(asked[keys[question]]), _only(asked[keys[said]])
    known = {*_BESIDE, *_QUESTIONS, *_ANSWERS, *(_EXPLAINS if "type" in keys and question != "name" else ())}
    more = [key for name, key in keys.items() if name not in known and said_in(asked[key]) is not None]
    if title is None or isinstance(given, Mapping) or (more and not _may_have(asked, str(keys[question]), more)):
        return None
    means, nature, best = kind_of(str(asked.get(keys.get("type", "type"), asked.get(keys.get("kind", "kind")))))
    steps = next((asked[keys[name]] for name in _STEPS if name in keys), best)
    value = chosen(given, asked.get(keys.get("options", "options"), asked.get(keys.get("choices", "choices"))))
    ids = [asked[keys[name]] for name in ("id", "key", "ref") if name in keys]
    key = str(next(iter(ids), ".".join(path)))
    called = [*ids, ".".join((*path, str(keys[said])))]
    found = [*answer(key, title, value, means, nature, steps, called)]
    for other in more:
        _add_leaves(found, asked[other], (*path, str(other)), len(path))
    return found


def _bare(key: str) -> str:
    """A key by what counts of it: "question_id" and "id" are one, "rating_scale" and "scale"."""
    whole = letters(key)
    name = whole.removeprefix("question") or whole
    steps = name.removeprefix("rating")
    return steps if steps in _STEPS else name


def _title(question: Any) -> str | None:
    """The words of a question; it may be an object that has them."""
    if isinstance(question, Mapping):
        question = next((question[name] for name in _QUESTIONS if isinstance(question.get(name), str)), None)
    return question if isinstance(question, str) else None


def _only(said: Any) -> Any:
    """What an answer says, where it is an object with nothing else in it."""
    inner = list(said.values()) if isinstance(said, Mapping) else []
    return inner[0] if len(inner) == 1 else said


def _may_have(asked: Mapping[str, Any], question: str, more: Iterable[Any]) -> bool:
    return letters(question).startswith("question") and not any(
        isinstance(asked[key], Mapping) or _OF_A_WHOLE.intersection(meanings(str(key))) for key in more
    )


def chosen(value: Any, options: Any) -> Any:
    """The labels of what was chosen, where a form sends ids of its options."""
    if not isinstance(options, list):
        return value
    labels = {
        str(each.get("id", each.get("value"))): each.get("text", each.get("label", each.get("name")))
        for each in options
        if isinstance(each, Mapping)
    }
    if isinstance(value, list):
        return [labels.get(str(each)) or each for each in value if isinstance(each, str | int | float)]
    return labels.get(str(value)) or value


_KINDS: tuple[tuple[str, Means | None, Nature, int | None], ...] = (
    ("calculated", None, Nature.COMPUTED, None),
    ("hidden", None, Nature.NOTED, None),
    ("email", Means.EMAIL, Nature.TYPED, None),
    ("phone", Means.PHONE, Nature.TYPED, None),
    ("nps", Means.RATING, Nature.PICKED, 10),
    ("rating", Means.RATING, Nature.PICKED, None),
    ("scale", Means.RATING, Nature.PICKED, None),
    ("star", Means.RATING, Nature.PICKED, None),
    ("textarea", None, Nature.ESSAY, None),
    ("long", None, Nature.ESSAY, None),
    ("multiline", None, Nature.ESSAY, None),
    ("choice", None, Nature.PICKED, None),
    ("checkbox", None, Nature.PICKED, None),
    ("dropdown", None, Nature.PICKED, None),
    ("select", None, Nature.PICKED, None),
    ("radio", None, Nature.PICKED, None),
    ("yes_no", None, Nature.PICKED, None),
    ("matrix", None, Nature.PICKED, None),
    ("text", None, Nature.TYPED, None),
)


def kind_of(written: str) -> tuple[Means | None, Nature, int | None]:
    """What the kind of a question tells, as most form tools call it: INPUT_EMAIL, LongAnswer, opinion_scale, nps."""
    kind = written.casefold()
    for part, means, nature, best in _KINDS:
        if part in kind:
            return means, nature, best
    return None, Nature.NOTED, None


_SAYS_LITTLE = frozenset(
    {
        "value",
        "text",
        "name",
        "id",
        "label",
        "answer",
        "number",
        "email",
        "phone",
        "at",
        "url",
        "scale",
        "first",
        "last",
        "full",
    }
)


def _label(path: tuple[str, ...]) -> str:
    """The last step of the path; where that alone says little, with what it belongs to: "customer id", "rating value"."""
    if len(path) == 1:
        return "" if path[0].isdecimal() else path[0]
    words = [step for step in path if not step.isdecimal()]
    if len(words) > 1 and words[-1].casefold() in _SAYS_LITTLE:
        return f"{words[-2]} {words[-1]}"
    return words[-1] if words else ""


_OF_DATA = {
    **{
        field: Means(field)
        for field in ("external_id", "source", "comment", "subject", "order_ref", "occasion", "occasion_at")
    },
    **{field: Means(field) for field in ("locale", "contact_ok", "public_url", "occurred_at", "rating")},
    "rating.value": Means.RATING,
    "rating.scale": Means.SCALE,
    "customer": Means.NAME,
    "customer.name": Means.NAME,
    "customer.email": Means.EMAIL,
    "customer.phone": Means.PHONE,
    "customer.id": Means.CUSTOMER_ID,
}


_AT_OUR_PATHS: Known = {(path := tuple(at.split("."))): _asked_at(path, means) for at, means in _OF_DATA.items()}


def of_data(data: Any) -> list[Answer]:
    """The `data` object of the generic intake, as far as it has our shape; whatever else is in it, as in any object."""
    answers = of_json(data, known=_AT_OUR_PATHS)
    # What stands at our own path is what we call it, and at any other path nothing that we know, whatever it looks like.
    known = _OF_DATA.get
    return [each if each.means is known(each.key) else each._replace(means=known(each.key)) for each in answers]
