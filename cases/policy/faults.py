"""What is wrong with a page of settings, in sentences that name the line, the setting and the fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from cases.policy.toml_lines import line_of

Path = tuple[str | int, ...]
_PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_QUOTES = "text stands in quotes; numbers, true and false do not"

# Of pydantic's kinds of error those whose own words speak to programmers.
_FIXES = {
    "missing": "is missing; add it",
    "string_type": "must be text in quotes",
    "bool_": "must be true or false, without quotes",
    "int_": "must be a whole number, without quotes",
    "date_": "must be a date without quotes, for instance 2026-12-24",
    "time_": 'must be a valid time of day, for instance "09:00"',
    "tuple_type": 'must be a list in square brackets, for instance ["@dana"]',
}
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SECTION = ("model_type", "dict_type", "mapping_type")


# A team's page has some five kilobytes and names of five parts. TOML's reader takes seconds for names of thousands of parts,
# and to find the lines of faults a page is read again and again.
LARGEST = 256 * 1024  # bytes
_MOST_PARTS = 16
_FINDABLE = 32 * 1024  # bytes of a page in which lines are looked for
_MOST_FAULTS = 20
_STRINGS = re.compile(r"""\"(?:[^\"\\\n]|\\.)*+\"?|'[^'\n]*+'?""")
_LONG_NAME = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{_MOST_PARTS}}}")


def too_large(name: str) -> str:
    """The sentence about a page that is larger than any page of settings."""
    return f"{name} is larger than {LARGEST // 1024} kB; a page of settings has some five"


def unfit_page(text: str, name: str) -> str | None:
    """The sentence about a page that nobody can have meant, and that would take long to read; None for any other."""
    if len(text.encode()) > LARGEST:
        return too_large(name)
    found = _LONG_NAME.search(_STRINGS.sub("x", text))
    if found is None:
        return None
    line = found.string.count("\n", 0, found.start()) + 1
    return f"{name}, line {line}: a name has more than {_MOST_PARTS} parts with dots between; no setting has"


def toml_fault(text: str, name: str, broken: tomllib.TOMLDecodeError) -> str:
    """The sentence about a page called `name` that is not TOML at all."""
    place = _PLACE.fullmatch(str(broken))
    if place is None:
        return f"{name}: {broken}; {_QUOTES}"
    line, column = place["line"] or text.count("\n") + 1, f" at column {place['column']}" if place["column"] else ""
    what = place["what"][:1].lower() + place["what"][1:]
    return f"{name}, line {line}: {what}{column}; {_QUOTES}"


def setting_faults(text: str, name: str, page: type[BaseModel], wrong: ValidationError) -> Iterator[str]:
    """A sentence for each of the first faults pydantic found in a page called `name`, in the order of the page."""
    errors = wrong.errors(include_url=False)
    first = [_fault(page, error) for error in errors[:_MOST_FAULTS]]  # to look for what was meant takes long
    return placed(text, name, first, others=len(errors) - len(first))


def placed(text: str, name: str, faults: Sequence[tuple[Path, str]], others: int = 0) -> Iterator[str]:
    """A sentence for each of the first faults of a page called `name`, by the setting and what is wrong with it, in the order of the page.

    `others` are so many that nobody has looked at.
    """
    where = line_of if len(text) <= _FINDABLE else (lambda *_: None)
    found = [(where(text, path) or 0, path, what) for path, what in faults[:_MOST_FAULTS]]
    for line, path, what in sorted(found, key=lambda fault: fault[0]):
        before = f"{name}, line {line}" if line else name
        yield f"{before}: {_named(path)}: {what}" if path else f"{before}: {what}"
    if untold := others + max(0, len(faults) - _MOST_FAULTS):
        yield f"{name}: and {untold} more"


def _named(path: Path) -> str:
    """`nudges.2.tell`: places in a list count from 1, as people do."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _header(path: Path) -> str:
    """The same as TOML wants it above a section."""
    steps = (str(step) if _BARE.fullmatch(str(step)) else f'"{step}"' for step in path)
    return f"[{'.'.join(steps)}]"


def _fault(page: type[BaseModel], error: Any) -> tuple[Path, str]:
    # Where a key itself is wrong, pydantic puts "[key]" behind it.
    path = tuple(step for step in error["loc"] if step != "[key]")
    return path, _what(page, path, error)


def _what(page: type[BaseModel], path: Path, error: Any) -> str:
    kind, said = error["type"], " ".join(error["msg"].removeprefix("Value error, ").split())
    if kind == "extra_forbidden":
        return f"there is no such setting; {_spelling(page, path, is_section=isinstance(error['input'], dict))}"
    if kind in ("literal_error", "enum"):
        return f"there is no {error['input']!r} here; write {error['ctx']['expected']}"
    if kind in _SECTION:
        return f"must be a section: write {_header(path)}, and its settings below it"
    return next((fix for begins, fix in _FIXES.items() if kind.startswith(begins)), said)


def _spelling(page: type[BaseModel], path: Path, *, is_section: bool) -> str:
    """The setting that was probably meant: this one in the section where it belongs, else one written much the same.

    A setting was not meant for a section of the same name: `mail = …` is none of [mail].
    """
    name = str(path[-1])
    elsewhere = [
        within
        for within, fields in _sections(page)
        if name in fields and _is_section(fields[name].annotation) is is_section
    ]
    if elsewhere and is_section:
        return f"write {' or '.join(_header((*within, name)) for within in elsewhere)}"
    if elsewhere:
        return f"it belongs {' or '.join(f'in {_header(within)}' if within else 'above the first section' for within in elsewhere)}"
    near = get_close_matches(name, _settings_in(page, path[:-1]), n=1)
    return f"did you mean {near[0]}?" if near else "check the spelling or take the line out"


def _settings_in(page: type[BaseModel], path: Path) -> list[str]:
    kind: Any = page
    for step in path:
        kind = _within(kind, step)
    return list(written_fields(kind)) if _is_model(kind) else []


def written_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """What may stand in a section, by the name it is written under: `import` is a word of Python's own."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _within(kind: Any, step: str | int) -> Any:
    """The type of what stands under a name or place in a value of this type: a model, a list or a mapping."""
    if _is_model(kind):
        field = written_fields(kind).get(str(step))
        return field.annotation if field else None
    types = [each for each in get_args(kind) if each is not Ellipsis]
    return types[-1] if types else None


def _is_section(kind: Any) -> bool:
    return _is_model(kind) or get_origin(kind) is Mapping


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _sections(
    model: type[BaseModel], within: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], dict[str, FieldInfo]]]:
    """Every section that can be written, and what may stand in it."""
    yield within, written_fields(model)
    for name, field in written_fields(model).items():
        if _is_model(field.annotation):
            yield from _sections(field.annotation, (*within, name))  # type: ignore[arg-type]
