"""Learns the judge anew from the examples in `sets/learn`, and what stands in for it: `make weights`.

Writes handlers/judging/learnt.npz and cases/judgement/stand_in.json; the same examples and the same engine give the same.
Another engine is put in handlers/judging/engine.py; then this is all there is to run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cases.judgement.heads import words_of
from cases.text import one_line
from handlers.judging import engine
from handlers.judging.likeness import BESIDE, FILE, HEADS, WHOLE, placed, spread
from handlers.judging.scorer import clauses_of
from tests.evaluation.embedded import embed
from tests.evaluation.sets import Example, examples
from tests.evaluation.small import FILE as SMALL
from tests.evaluation.small import balanced, measured, write
from tests.evaluation.small import learn as small

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Any]
AXES = 128  # of an embedding's 384 numbers: more find nothing more
RIDGE = 0.1  # how little a single example may insist
MANY = 30  # examples by which a language is known
# The share of those whom a head should let pass that gets a score of OPENS, and of SURE, all the same: counted on authors
# whom the head had not read. One card too many costs a click; a false alarm for danger calls the lead.
ALLOWED = {"unhappy": (0.26, 0.06), "danger": (0.03, 0.006), "no_contact": (0.04, 0.006)}
ALONE = ALLOWED | {
    "danger": (0.04, 0.008)
}  # likeness without the small judge, that one without likeness: each finds less
BY_CLAUSES = {"no_contact"}  # heads for which the clause that says it most counts as much as the whole
FOLDS = 5
LONGEST_TEXT = 160  # characters kept of an example, to be named


@dataclass(frozen=True, slots=True)
class Made:
    """What examples make: the judge, and what is heard beside it and stands in for it, as their files have them."""

    judge: dict[str, Any]
    small: dict[str, Any]
    heads: list[Insisting]
    beside: Floats
    """What the small judge says of each example, then of each clause, having read nothing else of its author's: odds."""


def learn(known: Sequence[Example], embed: Embed) -> Made:
    """The judges that these examples make."""
    texts, labels = [words_of(example.feedback) for example in known], [labels_of(name, known) for name in HEADS]
    authors, fold_of = np.unique([example.author for example in known], return_inverse=True)
    embeddings = np.array(embed(texts))
    centre = embeddings.mean(axis=0).astype(np.float32)
    axes = main_axes(embeddings - centre, [example.lang for example in known]).astype(np.float32)
    places = np.rint(placed(embeddings, centre, axes) * WHOLE).astype(np.int8)
    whole = spread((places / WHOLE) @ (places / WHOLE).T)
    owners, clauses = clauses_of_several(known)
    apart = spread(placed(embed(clauses), centre, axes) @ (places / WHOLE).T)
    heads = [Insisting(whole, label, authors[fold_of]) for label in labels]
    says = np.stack([head.says for head in heads], axis=1)
    heard = Heard(whole, authors[fold_of], np.array(owners), apart, np.zeros((len(texts) + len(clauses), len(HEADS))))
    moved, stretched = stretching(heads, heard, labels, ALONE)
    alone = np.concatenate([whole @ says, apart @ says]) * stretched + moved
    kept, beside = small(texts, clauses, owners, alone, labels, list(ALONE.values()), fold_of % FOLDS)
    moved, stretched = stretching(heads, replace(heard, beside=beside), labels, ALLOWED)
    judge = {
        "engine": np.array(engine.NAME),
        "fingerprint": np.array(fingerprint(known)),
        "centre": centre,
        "axes": axes,
        "places": places,
        "says": says.astype(np.float32),
        "moved": moved,
        "stretched": stretched,
        "texts": np.frombuffer("\n".join(named(example) for example in known).encode(), np.uint8),
        "langs": np.frombuffer("".join(example.lang for example in known).encode(), np.uint8),
    }
    return Made(judge, {"fingerprint": fingerprint(known), **kept}, heads, beside)


def main_axes(seen: Floats, languages: Sequence[str]) -> Floats:
    """The directions in which embeddings differ most, apart from those by which languages do, as columns.

    So a complaint is as like one in another language as one in its own, and what few write learns from what many do.
    """
    of = np.array(languages)
    middles = np.stack([seen[of == lang].mean(axis=0) for lang, many in Counter(languages).items() if many >= MANY])
    by_language = np.linalg.svd(middles, full_matrices=False)[2]
    seen = seen - seen @ by_language.T @ by_language
    return np.linalg.eigh(seen.T @ seen)[1][:, : -AXES - 1 : -1]


def spoken(known: Sequence[Example]) -> list[str]:
    """What is read of them: the words of each, then the clauses that are read by themselves too."""
    return [*(words_of(example.feedback) for example in known), *clauses_of_several(known)[1]]


def clauses_of_several(known: Sequence[Example]) -> tuple[list[int], list[str]]:
    """The clauses that are read by themselves too, and of which example each is."""
    found = [(at, clauses_of(words_of(example.feedback))) for at, example in enumerate(known)]
    several = [(at, clause) for at, clauses in found if len(clauses) > 1 for clause in clauses]
    return [at for at, _ in several], [clause for _, clause in several]


class Insisting:
    """A ridge regression in which both classes weigh alike, and examples without a label nothing."""

    def __init__(self, kernel: Floats, labels: Floats, authors: NDArray[Any]) -> None:
        self._inverse = np.linalg.inv(kernel + np.diag(RIDGE / np.maximum(balanced(labels), 1e-6)))
        self._authors = authors
        self.says: Floats = self._inverse @ labels

    def without(self, author: Any) -> Floats:
        """What the examples say where nothing of this author's is learnt: exactly, and without solving all anew."""
        theirs = self._authors == author
        back = np.linalg.solve(self._inverse[np.ix_(theirs, theirs)], self.says[theirs])
        return np.where(theirs, 0.0, self.says - self._inverse[:, theirs] @ back)

    def tells(self, kernel: Floats, authors: NDArray[Any]) -> Floats:
        """What is told of each text without anything else of its author's: `kernel` is how much the examples say to it."""
        told = np.zeros(len(kernel))
        for author in np.unique(authors):
            told[authors == author] = kernel[authors == author] @ self.without(author)
        return told


@dataclass(frozen=True, slots=True)
class Heard:
    """Texts to be judged: how much the examples say to each, whose each is, of which text each clause is, how much the
    examples say to the clauses; and beside these the odds by the small judge, of the texts and then of the clauses."""

    whole: Floats
    authors: NDArray[Any]
    owners: NDArray[np.int64]
    apart: Floats
    beside: Floats


def unseen_by(heads: Sequence[Insisting], heard: Heard) -> Floats:
    """What each head, as a column, tells of each text without anything else of its author's."""
    told = np.zeros((len(heard.whole), len(heads)))
    for at, (name, head) in enumerate(zip(HEADS, heads, strict=True)):
        whole, clauses = np.split(BESIDE * heard.beside[:, at], [len(told)])
        whole += head.tells(heard.whole, heard.authors)
        if name in BY_CLAUSES:
            clauses += head.tells(heard.apart, heard.authors[heard.owners])
            most = np.full(len(told), -np.inf)
            np.maximum.at(most, heard.owners, clauses)
            whole = np.where(np.isinf(most), whole, (whole + most) / 2)
        told[:, at] = whole
    return told


def stretching(
    heads: Sequence[Insisting], heard: Heard, labels: Sequence[Floats], allowed: Mapping[str, tuple[float, float]]
) -> tuple[Floats, Floats]:
    """How what is told of the examples themselves is moved and stretched, for each head."""
    unseen = unseen_by(heads, heard)
    moved, stretched = zip(*map(measured, unseen.T, labels, allowed.values()), strict=True)
    return np.array(moved), np.array(stretched)


def labels_of(name: str, known: Sequence[Example]) -> Floats:
    """What a head is to say of each example: 1, -1, or 0 where readers would differ."""
    given: list[bool | None] = {
        "unhappy": [example.negative for example in known],
        "danger": [example.danger for example in known],
        "no_contact": [example.asks_no_contact for example in known],
    }[name]
    return np.array([0.0 if label is None else 1.0 if label else -1.0 for label in given])


def named(example: Example) -> str:
    """How an example is named where a text is like it; only unhappy ones are."""
    return one_line(words_of(example.feedback), LONGEST_TEXT) if example.negative else ""


def known_examples() -> list[Example]:
    """Those to learn from: all in `sets/learn` that have words."""
    return [example for example in examples("learn") if words_of(example.feedback)]


def fingerprint(known: Sequence[Example]) -> str:
    """Changes when an example's words or labels do, so that a test can tell a judge that is out of date."""
    told = [
        [each.author, each.lang, words_of(each.feedback), each.negative, each.danger, each.asks_no_contact]
        for each in known
    ]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def main() -> None:
    """Learns, and writes."""
    known = known_examples()
    made = learn(known, embed)
    np.savez_compressed(FILE, **made.judge)
    write(made.small)
    for file in (FILE, SMALL):
        print(f"{file.name}: learnt from {len(known)} examples, {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
