"""Other people's words made fit to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.text import _UNSHOWABLE, clean, cut, one_line, parts

HARMLESS = [
    ("plain words stay", "Soup cold, an hour late", "Soup cold, an hour late"),
    ("newlines and tabs stay", "a\n\tb", "a\n\tb"),
    ("null bytes go", "so\x00up", "soup"),
    ("terminal escapes go", "\x1b[31mred", "[31mred"),
    ("C1 controls go", "a\x9bb\x80c", "abc"),
    ("carriage returns become newlines", "a\r\nb\rc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
    ("overrides and isolates go", "a\u202eb\u202cc\u2066d\u2069e", "abcde"),
    ("Hebrew keeps its direction marks", "\u200fשלום\u200e 5", "\u200fשלום\u200e 5"),
    ("lone surrogates go", "a\ud83db", "ab"),
    ("real emoji stay whole", "👩‍👩‍👧 👍🏽 🇩🇪", "👩‍👩‍👧 👍🏽 🇩🇪"),
    ("hidden tag characters go", "hi\U000e0049\U000e0067", "hi"),
    ("a byte order mark goes", "\ufeffhi", "hi"),
]


@pytest.mark.parametrize(("text", "shown"), [row[1:] for row in HARMLESS], ids=[row[0] for row in HARMLESS])
def test_clean_keeps_writing_and_drops_what_harms(text: str, shown: str) -> None:
    assert clean(text) == shown


CUTS = [
    ("short enough", "soup", 4, "soup"),
    ("too long", "soups", 4, "sou…"),
    ("no space before the dots", "the soup", 5, "the…"),
    ("room for the dots only", "soup", 1, "…"),
    ("no room at all", "soup", 0, ""),
    ("less than no room", "soup", -3, ""),
    ("an accent stays on its letter", "cafe\u0301s", 5, "caf…"),
    ("a family is not divorced", "ab👩\u200d👧cd", 5, "ab…"),
    ("a flag is not halved", "ab🇩🇪🇫🇷c", 6, "ab🇩🇪…"),
    ("a skin tone stays on its hand", "ab👍🏽cd", 4, "ab…"),
]


@pytest.mark.parametrize(("text", "limit", "shown"), [row[1:] for row in CUTS], ids=[row[0] for row in CUTS])
def test_cut_leaves_whole_letters_and_says_so(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


def test_a_tower_of_accents_is_cut_anyway() -> None:
    assert len(cut("a" + "\u0301" * 500, 100)) == 100


def test_one_line_folds_every_kind_of_space() -> None:
    assert one_line("  cold\r\n\tsoup \u2029 again ", 40) == "cold soup again"


@given(st.text(), st.integers(0, 50))
def test_a_cut_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
    assert len(one_line(text, limit)) <= limit
    assert "\n" not in one_line(text, limit)


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_and_encodes(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")


@pytest.mark.long
def test_nothing_that_must_go_counts_as_printable() -> None:
    """Printable text is passed on without a look at each of its characters."""
    must_go = [*_UNSHOWABLE.findall("".join(map(chr, range(0x110000)))), *"\r\n\x85\u2028\u2029"]
    assert not any(map(str.isprintable, must_go))


@given(st.text(alphabet="ab \n\u0301\u200d👍🏽🇩🇪", max_size=400), st.integers(40, 90))
def test_parts_make_up_the_text_again(text: str, limit: int) -> None:
    pieces = list(parts(text, limit))
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces) or text == ""
