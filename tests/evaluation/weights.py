"""Learns the judge anew from the examples in `sets/learn`, and what stands in for it: `make weights`.

Writes handlers/judging/learnt.npz and cases/judgement/stand_in.json; the same examples and the same engine give the same.
Another engine is put in handlers/judging/engine.py; then this is all there is to run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cases.judgement.heads import OPENS, SURE
from cases.judgement.words import words_of
from cases.text import one_line
from handlers.judging import engine
from handlers.judging.likeness import FILE, HEADS, WHOLE, Learnt, placed, read, spread
from handlers.judging.scorer import clauses_of
from tests.evaluation.embedded import embed
from tests.evaluation.sets import Example, examples
from tests.evaluation.small import FILE as SMALL
from tests.evaluation.small import balanced, logit, write
from tests.evaluation.small import learn as small

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Any]
AXES = 128  # of an embedding's 384 numbers: more find nothing more
RIDGE = 0.1  # how little a single example may insist
MANY = 30  # examples by which a language is known
# The share of those whom a head should let pass that gets a score of OPENS, and of SURE, all the same: counted on authors
# whom the head had not read. One card too many costs a click; a false alarm for danger calls the lead.
ALLOWED = {"unhappy": (0.26, 0.06), "danger": (0.04, 0.008), "no_contact": (0.04, 0.006)}
FOLDS = 5
LONGEST_TEXT = 160  # characters kept of an example, to be named


def learn(known: Sequence[Example], embed: Embed) -> Learnt:
    """The judge that these examples make."""
    return read(arrays(known, embed))


def arrays(known: Sequence[Example], embed: Embed) -> dict[str, Any]:
    """The judge, as the file has it."""
    embeddings = np.array(embed([words_of(example.feedback) for example in known]))
    centre = embeddings.mean(axis=0).astype(np.float32)
    axes = main_axes(embeddings - centre, [example.lang for example in known]).astype(np.float32)
    places = np.rint(placed(embeddings, centre, axes) * WHOLE).astype(np.int8)
    whole = spread((places / WHOLE) @ (places / WHOLE).T)
    owners, clauses = clauses_of_several(known)
    apart = spread(placed(embed(clauses), centre, axes) @ (places / WHOLE).T)
    count = {"no_contact": Clauses(np.array(owners), apart)}  # for the others the whole says more
    authors = np.array([example.author for example in known])
    heads = [head(whole, labels_of(name, known), authors, ALLOWED[name], count.get(name)) for name in HEADS]
    return {
        "engine": np.array(engine.NAME),
        "fingerprint": np.array(fingerprint(known)),
        "centre": centre,
        "axes": axes,
        "places": places,
        "says": np.stack([say for say, _, _ in heads], axis=1).astype(np.float32),
        "moved": np.array([moved for _, moved, _ in heads]),
        "stretched": np.array([stretched for _, _, stretched in heads]),
        "texts": np.frombuffer("\n".join(named(example) for example in known).encode(), np.uint8),
        "langs": np.frombuffer("".join(example.lang for example in known).encode(), np.uint8),
    }


def main_axes(seen: Floats, languages: Sequence[str]) -> Floats:
    """The directions in which embeddings differ most, apart from those by which languages do, as columns.

    So a complaint is as like one in another language as one in its own, and what few write learns from what many do.
    """
    of = np.array(languages)
    middles = np.stack([seen[of == lang].mean(axis=0) for lang, many in Counter(languages).items() if many >= MANY])
    by_language = np.linalg.svd(middles, full_matrices=False)[2]
    seen = seen - seen @ by_language.T @ by_language
    return np.linalg.eigh(seen.T @ seen)[1][:, : -AXES - 1 : -1]


def clauses_of_several(known: Sequence[Example]) -> tuple[list[int], list[str]]:
    """The clauses that are read by themselves too, and of which example each is."""
    found = [(at, clauses_of(words_of(example.feedback))) for at, example in enumerate(known)]
    several = [(at, clause) for at, clauses in found if len(clauses) > 1 for clause in clauses]
    return [at for at, _ in several], [clause for _, clause in several]


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses that count beside the whole: whose each is, and how much the examples say to it."""

    owners: NDArray[np.int64]
    apart: Floats

    def most(self, says: Floats, many: int) -> Floats:
        """For each of so many texts what the clause says that says most; less than nothing where there are none."""
        found = np.full(many, -np.inf)
        np.maximum.at(found, self.owners, self.apart @ says)
        return found


def head(
    whole: Floats, labels: Floats, authors: NDArray[Any], allowed: tuple[float, float], clauses: Clauses | None
) -> tuple[Floats, float, float]:
    """What each example says, and how their sum is moved and stretched: so that of those whom the head should let pass just
    the allowed shares reach OPENS, and SURE, each judged by a head that had read nothing else of its author's.

    `whole` is how much examples say to each other.
    """
    insisting = Insisting(whole, labels, authors)
    unseen = insisting.tells(whole, authors, clauses)
    opens, sure = np.quantile(unseen[labels < 0], [1 - share for share in allowed])
    stretched = (logit(SURE) - logit(OPENS)) / (sure - opens)
    return insisting.says, logit(OPENS) - opens * stretched, stretched


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

    def tells(self, whole: Floats, authors: NDArray[Any], clauses: Clauses | None) -> Floats:
        """What is told of each text without anything else of its author's: `whole` is how much the examples say to it."""
        told = np.zeros(len(whole))
        for author in np.unique(authors):
            theirs, says = authors == author, self.without(author)
            told[theirs] = whole[theirs] @ says
            if clauses:
                most = clauses.most(says, len(whole))[theirs]
                told[theirs] = (told[theirs] + np.where(np.isinf(most), told[theirs], most)) / 2
        return told


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
    made = arrays(known, embed)
    np.savez_compressed(FILE, **made)
    write(stand_in(known, read(made)))
    for file in (FILE, SMALL):
        print(f"{file.name}: learnt from {len(known)} examples, {file.stat().st_size // 1024} kB")


def stand_in(known: Sequence[Example], judge: Learnt) -> dict[str, Any]:
    """What stands in for the judge, as its file has it."""
    texts = [words_of(example.feedback) for example in known]
    owners, clauses = clauses_of_several(known)
    odds = judge.odds(embed(texts)), judge.odds(embed(clauses))
    labels = [labels_of(name, known) for name in HEADS]
    folds = np.unique([example.author for example in known], return_inverse=True)[1] % FOLDS
    kept = small(texts, clauses, owners, odds, labels, list(ALLOWED.values()), folds)
    return {"fingerprint": fingerprint(known), **kept}


if __name__ == "__main__":
    main()
