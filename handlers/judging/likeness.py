"""The learned judge: a text is judged by how like it is to each of the examples; `make weights` learns what each of them says.

A ridge regression on a kernel of the engine's embeddings, for each of three heads. It finds more than a line through the
embeddings can, and names the example it went by: docs/decisions/0019-a-learned-score.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("learnt.npz")
HEADS = ("unhappy", "danger", "no_contact")
WHOLE = 127  # places are kept as whole numbers of this part
SHARPNESS = 2.0  # how quickly an example says less, the less a text is like it


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from examples: arrays of numpy, which is there wherever the engine is.

    `centre` and `axes` turn an embedding into a place, of length 1; `places` are those of the examples, `says` what each of
    them says to each head, `moved` and `stretched` make a score of the sum. `texts` are the words of unhappy examples, empty
    for others. `engine` and `fingerprint`: of which engine and which examples.
    """

    engine: str
    fingerprint: str
    centre: Any
    axes: Any
    places: Any
    says: Any
    moved: Any
    stretched: Any
    texts: Sequence[str]

    def judged(self, embeddings: Any) -> list[tuple[tuple[float, ...], str]]:
        """For each embedding its scores, from 0 to 1 in the order of HEADS, and the unhappy example that it is most like."""
        import numpy as np

        like = placed(embeddings, self.centre, self.axes) @ self.places.T
        odds = (spread(like) @ self.says) * self.stretched + self.moved
        scores = 1 / (1 + np.exp(-odds))
        unhappy = np.where([bool(text) for text in self.texts], like, -1.0)
        return [(tuple(map(float, row)), self.texts[at]) for row, at in zip(scores, unhappy.argmax(1), strict=True)]


def placed(embeddings: Any, centre: Any, axes: Any) -> Any:
    """Where embeddings lie among those of the examples: along their main axes, seen from the middle, at length 1."""
    import numpy as np

    seen = (np.asarray(embeddings) - centre) @ axes
    return seen / np.linalg.norm(seen, axis=1, keepdims=True)


def spread(like: Any) -> Any:
    """How much an example has to say, by how like it is: from 1 for the same to nearly nothing."""
    import numpy as np

    return np.exp(SHARPNESS * (like - 1))


@cache
def learnt() -> Learnt:
    """What the repository has learnt."""
    import numpy as np

    with np.load(FILE, allow_pickle=False) as of:
        return read(of)


def read(of: Mapping[str, Any]) -> Learnt:
    """As the file has it."""
    return Learnt(
        engine=str(of["engine"]),
        fingerprint=str(of["fingerprint"]),
        centre=of["centre"],
        axes=of["axes"],
        places=of["places"] / WHOLE,
        says=of["says"],
        moved=of["moved"],
        stretched=of["stretched"],
        texts=bytes(of["texts"]).decode().split("\n"),
    )
