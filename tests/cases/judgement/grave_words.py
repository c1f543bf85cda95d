"""The table of grave words, word by word: `python -m tests.cases.judgement.grave_words` writes a row for each into grave_words.tsv.

A word that no row needs is found by another phrase as well, and is better taken out of the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import TypeAlias, Union

from cases.judgement.grave import STAKES
from cases.spoken.plain import any_of, plain

ROWS = Path(__file__).with_name("grave_words.tsv")
Parts: TypeAlias = list[Union[str, "Group"]]


class Group(list[Parts]):
    """Alternatives in brackets."""


@cache
def phrases() -> list[tuple[str, str, str]]:
    """(reason, language, phrase) of the whole table."""
    return [(stake.code, lang, each) for stake in STAKES for lang, told in stake.phrases.items() for each in told]


def words(phrase: str) -> Iterator[tuple[str | None, str]]:
    """For each word that may stand in a place of the phrase: the phrase without it, and the phrase where only it stands there."""
    group = _parsed(phrase)
    yield from [(_written(without), _written(only)) for without, only in _narrowed(group)] or [(None, phrase)]


def _parsed(phrase: str) -> Group:
    opened = [Group([[]])]
    for sign in re.findall(r"\(\?![^)]*\)|[()|]|[^()|]+", phrase):
        if sign == "(":
            opened.append(Group([[]]))
        elif sign == ")":
            group = opened.pop()
            opened[-1][-1].append(group)
        elif sign == "|":
            opened[-1].append([])
        else:
            opened[-1][-1].append(sign)
    return opened[0]


def _written(group: Group, bracket: Callable[[str], str] = str) -> str:
    return bracket(
        "|".join("".join(p if isinstance(p, str) else _written(p, "({})".format) for p in parts) for parts in group)
    )


def _narrowed(group: Group) -> Iterator[tuple[Group, Group]]:
    for at, parts in enumerate(group):
        within = False
        for place, part in enumerate(parts):
            for without, only in _narrowed(part) if isinstance(part, Group) else ():
                within = True
                left, kept = ([*parts[:place], each, *parts[place + 1 :]] for each in (without, only))
                yield Group([*group[:at], left, *group[at + 1 :]]), Group([kept])
        if not within and len(group) > 1:
            yield Group([*group[:at], *group[at + 1 :]]), Group([parts])


def texts(phrase: str) -> Iterator[str]:
    """Short texts that a phrase finds, the shortest first."""
    return (re.sub(" +", " ", each).strip() for each in _said(_parsed(phrase)))


def _said(group: Group) -> Iterator[str]:
    for parts in group:
        choices = []
        for part, after in zip(parts, [*parts[1:], ""], strict=True):
            if isinstance(part, str):
                choices.append([_plainly(part.removeprefix("?"))])
            else:
                optional = isinstance(after, str) and after.startswith("?")
                choices.append(([""] if optional else []) + list(islice(_said(part), 12)))
        yield from map("".join, product(*choices))


def _plainly(written: str) -> str:
    digits = re.sub(r"\[(\d)-\d\]", r"\1", re.sub(r"\(\?!.*?\)", "", written))
    return re.sub(r".\?|\*", "", digits).replace("~", "")


@cache
def finds(*of: str) -> Callable[[str], bool]:
    """Whether any of these phrases stands in a text."""
    pattern = any_of(*of)
    return lambda text: pattern.search(plain(text)) is not None


def needing(without: str | None, text: str, code: str, phrase: str) -> bool:
    """Whether a text is found by this phrase alone, and not without the word that was taken out of it."""
    if not finds(phrase)(text) or (without is not None and finds(without)(text)):
        return False
    return not any(finds(each)(text) for reason, _, each in phrases() if reason == code and each != phrase)


def main() -> None:
    """Writes a row for each word that has none, and prints those that nothing needs."""
    rows = []
    for code, lang, phrase in phrases():
        for without, only in words(phrase):
            fit = (text for text in islice(texts(only), 400) if needing(without, text, code, phrase))
            text = next(fit, None)
            if text is None:
                print(code, lang, only, "<-", phrase[:60])
            else:
                rows.append(f"{lang}\t{code}\t{text}")
    ROWS.write_text("\n".join(dict.fromkeys(rows)) + "\n", "utf-8")
    print(len(rows))


if __name__ == "__main__":
    main()
