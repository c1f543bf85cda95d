"""How fast replies are judged, and near-copies found among very many: `python -m tests.bench.replies`."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from cases.arrivals.feedback import read_feedback
from cases.replies.checks import check_reply
from cases.replies.checks.likeness import bands, shingles
from store import cases, replies, schema
from store import tables as t
from store.engine import Tx, connect
from tests.evaluation.replies import judged
from tests.store.rows import opened

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CHUNK = 2_000
LOOK_UPS = 300


def corpus() -> list[str]:
    return [row.reply for row in judged("learn", "dev")]


def invented(count: int, chance: random.Random) -> Iterator[str]:
    """Replies as unlike as people write them: sentences of the corpus, shuffled, with words of their own between."""
    sentences = [part.strip() for reply in corpus() for part in reply.replace("\n", " ").split(". ") if part.strip()]
    words = sorted({word.lower() for sentence in sentences for word in sentence.split() if word.isalpha()})
    for number in range(count):
        own = " ".join(chance.choices(words, k=30))
        yield f"Dear Customer {number},\n\n{'. '.join(chance.sample(sentences, 4))}. {own}.\n\nAna"


def fill(tx: Tx, texts: Sequence[str], case: int, first: int) -> None:
    """Rows in bulk, as `replies.keep` writes them one by one."""
    rows, marks = [], []
    for number, body in enumerate(texts, first):
        rows.append(
            {"id": number, "case_number": case, "version": number, "at": NOW + timedelta(seconds=number), "body": body}
            | {"approved_by": "UANA00001", "subject": "", "promises": [], "prompt_hash": None, "use": "written"}
        )
        marks += [{"band": band - (1 << 63), "reply": number} for band in set(bands(shingles(body)))]
    tx.execute(insert(t.replies), rows)
    tx.execute(insert(t.reply_bands), marks)


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def figures(name: str, measured: Sequence[float], unit: str = "ms") -> None:
    ordered = sorted(measured)
    print(f"{name:<58}{statistics.median(ordered):>9.2f}{ordered[int(len(ordered) * 0.95)]:>9.2f}  {unit}")


def checks() -> None:
    texts = corpus()
    soup = read_feedback({"external_id": "1", "comment": "The soup was cold and an hour late."}, route="bench")
    took = [milliseconds(lambda text=text: check_reply(text, soup, signed_by="Ana")) for text in texts * 3][
        len(texts) :
    ]
    figures("one reply checked by every rule", took)
    print(f"{'replies checked per second on one core':<58}{1000 * len(took) / sum(took):>9.0f}")


def look_ups(count: int, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'replies.db'}")
        schema.migrate(engine)
        texts = list(invented(count, chance))
        begun = time.perf_counter()
        with engine.begin() as tx:
            case = opened(tx).number
            assert cases.load(tx, case) is not None
            for at in range(0, count, CHUNK):
                fill(tx, texts[at : at + CHUNK], case, at + 1)
        print(f"{count:,} replies written and indexed in {time.perf_counter() - begun:.0f} s\n")
        with engine.connect() as tx:
            fresh = list(invented(LOOK_UPS, random.Random(2)))
            copies = [text.replace("Customer", "Ms").replace(".", "!", 1) for text in chance.sample(texts, LOOK_UPS)]
            figures(
                "look-up of a reply unlike all of them",
                [milliseconds(lambda b=b: replies.near_copies(tx, b)) for b in fresh],
            )
            figures(
                "look-up of a near-copy of one", [milliseconds(lambda b=b: replies.near_copies(tx, b)) for b in copies]
            )
            found = sum(bool(replies.near_copies(tx, body)) for body in copies)
            alarms = sum(bool(replies.near_copies(tx, body)) for body in fresh)
            print(f"near-copies found: {found} of {LOOK_UPS}; others taken for copies: {alarms} of {LOOK_UPS}")
        engine.dispose()


def main() -> None:
    """Prints the figures; the number of replies may be given, 100,000 otherwise."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'':<58}{'median':>9}{'p95':>9}")
    checks()
    look_ups(count, random.Random(1))


if __name__ == "__main__":
    main()
