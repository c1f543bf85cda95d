"""The learned judge: a text is judged by how like it is to each of the examples; `make weights` learns what each of them says.

A ridge regression on a kernel of the engine's embeddings, for each of three heads. It finds more than a line through the
embeddings can, and names the example it went by. What groups of letters and words tell (cases/judgement/stand_in.py) is heard
beside it, for that errs otherwise: docs/decisions/0019-a-learned-score.md.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from cases.judgement import stand_in
from handlers.judging import engine

LEAST_ALIKE = 0.28
"""How alike two texts of one matter are at least; of two matters they are 0.15 at most as a rule, in whatever languages."""
FAMILIAR = 0.08
"""How much less like a text an example may be that is quoted rather, for being in the writer's language, or in English, which the team reads."""
_REMEMBERED = 1_000  # places of texts, by what these are and not as words
_places: OrderedDict[bytes, Any] = OrderedDict()
FILE = Path(__file__).with_name("learnt.npz")
HEADS = ("unhappy", "danger", "no_contact")
WHOLE = 127  # places are kept as whole numbers of this part
SHARPNESS = 2.0  # how quickly an example says less, the less a text is like it
BESIDE = 0.1  # what the odds of groups of letters and words count, beside a sum of what examples say, from -1 to 1


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from examples: arrays of numpy, which is there wherever the engine is.

    `centre` and `axes` turn an embedding into a place, of length 1; `places` are those of the examples, `says` what each of
    them says to each head, `moved` and `stretched` make odds of the sum. `texts` are the words of unhappy examples, empty
    for others, `named` which these are, `langs` what language each example is in. `engine` and `fingerprint`: of which engine
    and which examples.
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
    named: Any
    langs: Any

    def odds(self, texts: Sequence[str], embeddings: Any) -> Any:
        """A row for each text, given its embedding too: the odds of every head, in the order of HEADS, as logarithms."""
        return self._odds(texts, self._like(embeddings))

    def odds_and_like(self, text: str, embedding: Any, lang: str) -> tuple[list[float], str]:
        """The odds of a text in that language, and the unhappy example that it is most like."""
        import numpy as np

        [like] = self._like([embedding])
        readable = np.isin(self.langs, (lang, "en"))
        quoted = int(np.where(self.named, like + FAMILIAR * readable, -1.0).argmax())
        return self._odds([text], like)[0].tolist(), self.texts[quoted]

    def _like(self, embeddings: Any) -> Any:
        import numpy as np

        short = np.asarray(embeddings, np.float32)  # longer numbers would have all places copied as long, for each text
        return placed(short, self.centre, self.axes) @ self.places.T

    def _odds(self, texts: Sequence[str], like: Any) -> Any:
        import numpy as np

        beside = np.array([stand_in.odds(text) for text in texts])
        return (spread(like) @ self.says + BESIDE * beside) * self.stretched + self.moved


def placed(embeddings: Any, centre: Any, axes: Any) -> Any:
    """Where embeddings lie among those of the examples: along their main axes, seen from the middle, at length 1."""
    import numpy as np

    seen = (np.asarray(embeddings) - centre) @ axes
    return seen / np.linalg.norm(seen, axis=1, keepdims=True)


def spread(like: Any) -> Any:
    """How much an example has to say, by how like it is: from 1 for the same to nearly nothing."""
    import numpy as np

    return np.exp(SHARPNESS * (like - 1))


def alike(one: str, other: str) -> float:
    """How alike two texts are in meaning, from about 0 to 1 for the same. Takes some 25 ms for each that is not remembered."""
    return float(_place(one) @ _place(other))


def _place(text: str) -> Any:
    name = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if (known := _places.get(name)) is None:
        known = _places[name] = placed(engine.embed([text]), learnt().centre, learnt().axes)[0]
        if len(_places) > _REMEMBERED:
            _places.popitem(last=False)
    return known


@cache
def learnt() -> Learnt:
    """What the repository has learnt."""
    import numpy as np

    with np.load(FILE, allow_pickle=False) as of:
        return read(of)


def read(of: Mapping[str, Any]) -> Learnt:
    """As the file has it."""
    import numpy as np

    texts = bytes(of["texts"]).decode().split("\n")
    return Learnt(
        engine=str(of["engine"]),
        fingerprint=str(of["fingerprint"]),
        centre=of["centre"],
        axes=of["axes"],
        places=of["places"] / np.float32(WHOLE),
        says=of["says"],
        moved=of["moved"],
        stretched=of["stretched"],
        texts=texts,
        named=np.array([bool(text) for text in texts]),
        langs=np.frombuffer(bytes(of["langs"]), "S2").astype(str),
    )
