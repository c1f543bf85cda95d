"""Where a setting stands: the line of its key, whatever way of writing TOML allows for it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy.toml_lines import line_of

OURS = (Path(__file__).parents[3] / "policy.toml").read_text(encoding="utf-8")

PAGE = """\
# team = "this is a comment"
team = "A # B"

clocks.normal.claim = "15m"        # dotted
"clocks".'high' . claim = "10m"
motto = \"\"\"
claim = "not a setting"
[digest]
\"\"\"
inline = { at = "09:00", deeper = { chart = true } }
[hours]
days_off = [ 2026-12-24,
    # the quiet days
    2026-12-31,

    2027-01-01 ]
mon = '''
09:00-18:00'''

[[nudges]]
when = "unclaimed"
[[ nudges ]]   # the second
when = "promised"
rows = [
  { name = "a", tell = "lead" },
  [ 1,
    [2, 3] ],
]
[hours.further."a.b"]
deep = 1"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("team",), 2),
        (("clocks",), 4),
        (("clocks", "normal", "claim"), 4),
        (("clocks", "high", "claim"), 5),
        (("motto",), 6),
        (("inline", "at"), 10),
        (("inline", "deeper", "chart"), 10),
        (("hours",), 11),
        (("hours", "days_off"), 12),
        (("hours", "days_off", 0), 12),
        (("hours", "days_off", 1), 14),
        (("hours", "days_off", 2), 16),
        (("hours", "mon"), 17),
        (("nudges",), 20),
        (("nudges", 0, "when"), 21),
        (("nudges", 1), 22),
        (("nudges", 1, "when"), 23),
        (("nudges", 1, "rows", 0, "tell"), 25),
        (("nudges", 1, "rows", 1), 26),
        (("nudges", 1, "rows", 1, 1, 1), 27),
        (("hours", "further", "a.b"), 29),
        (("hours", "further", "a.b", "deep"), 30),
    ],
)
def test_setting_stands_where_its_key_is_written(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(PAGE, path) == line
    assert line_of(PAGE.replace("\n", "\r\n"), path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("nudges", 0, "tell"), 20),
        (("nudges", 7), 20),
        (("hours", "tue"), 11),
        (("team", "name"), 2),
        (("team", 0), 2),
        (("hours", "days_off", -1), 12),
    ],
)
def test_what_is_missing_stands_where_it_would_belong(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(PAGE, path) == line


@pytest.mark.parametrize("path", [(), ("lead",), ("digest", "at"), (0,)])
def test_what_has_no_place_at_all_has_no_line(path: tuple[str | int, ...]) -> None:
    assert line_of(PAGE, path) is None


def test_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        line_of("team = ", ("team",))


def test_every_setting_of_our_page_is_found_by_name() -> None:
    lines = OURS.split("\n")
    paths = list(_paths(tomllib.loads(OURS)))
    assert len(paths) > 80
    for path in paths:
        found = line_of(OURS, path)
        named = str(path[-1]) if isinstance(path[-1], str) else str(path[-2])
        assert found is not None
        assert named in lines[found - 1].partition("#")[0]


def _paths(said: Any, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    return [path for step, value in inside for path in [(*before, step), *_paths(value, (*before, step))]]


# Documents made up at random, each statement of which says on which line it stands


@dataclass(frozen=True)
class Written:
    """A piece of a page: its lines, and where within it (from 0) which path is first written."""

    lines: tuple[str, ...]
    places: tuple[tuple[tuple[str | int, ...], int], ...]


keys = st.text("abcde_-1", min_size=1, max_size=4) | st.sampled_from(["a.b", "", "ä", "#x", "[y]"])
quoted = st.sampled_from(["'{}'", '"{}"'])
scalars = st.sampled_from(
    ['"text # no comment"', "7", "true", "2026-12-24", "'[x]'", '"""a\nb = 1\n"""', "'''\n]\n'''"]
)
spaces = st.sampled_from(["", " ", "  "])
fillers = st.lists(st.sampled_from(["", "# note", "   ", '# a = "b"']), max_size=2).map(tuple)


@st.composite
def statements(draw: st.DrawFn, key: str) -> Written:
    """One setting with a value of some kind, which may go over several lines."""
    name = draw(quoted).format(key)
    before, after = draw(fillers), draw(spaces)
    kind = draw(st.sampled_from(["scalar", "list", "inline"]))
    if kind == "inline":
        lines = (f"{name}{after}={after}{{ one = 1, 'two' = [1, 2] }} # said",)
        places = (((key,), 0), ((key, "one"), 0), ((key, "two"), 0), ((key, "two", 1), 0))
    elif kind == "list":
        count = draw(st.integers(0, 3))
        lines = (f"{name} = [{after}", *(f"  {n}, # nr {n}" for n in range(count)), "]")
        places = (((key,), 0), *(((key, n), n + 1) for n in range(count)))
    else:
        lines = tuple(f"{name}{after}={after}{draw(scalars)}".split("\n"))
        places = (((key,), 0),)
    return Written((*before, *lines), tuple((path, len(before) + at) for path, at in places))


@st.composite
def sections(draw: st.DrawFn, header: str, path: tuple[str | int, ...]) -> Written:
    """A table's header and some settings below it."""
    lines, places = [header], [(path, 0)]
    for key in draw(st.lists(keys, max_size=4, unique=True)):
        statement = draw(statements(key))
        places += [((*path, *inner), len(lines) + at) for inner, at in statement.places]
        lines += statement.lines
    return Written(tuple(lines), tuple(places))


@st.composite
def pages(draw: st.DrawFn) -> Written:
    """Some tables, then some entries of a list of tables."""
    names = draw(st.lists(keys, max_size=3, unique=True))
    made = [draw(sections(f"['{name}'] # {name}", (name,))) for name in names]
    made += [draw(sections("[[ 'steps of' ]]", ("steps of", n))) for n in range(draw(st.integers(0, 3)))]
    lines: list[str] = []
    places = []
    for section in made:
        places += [(path, len(lines) + at) for path, at in section.places]
        lines += section.lines
    return Written(tuple(lines), tuple(places))


@pytest.mark.long
@given(pages(), st.booleans())
def test_line_is_right_on_pages_of_any_kind(page: Written, ends_in_newline: bool) -> None:
    text = "\n".join(page.lines) + ("\n" if ends_in_newline else "")
    assert [(path, line_of(text, path)) for path, _ in page.places] == [(path, at + 1) for path, at in page.places]
