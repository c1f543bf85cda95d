"""How much of what vendors send is read: `make eval-sources`, or `python -m tests.evaluation.sources`.

Bodies in the shapes that vendors send them in, invented, with what a careful reader would take from them. Each is read twice:
with nothing said in policy, and with what a team would say there of that source. A rating of which only the scale is not
known is right without a word of policy (the lead is asked once), and wrong with one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cases.arrivals.feedback import BadFeedback, to_data
from cases.policy.page import Policy, read_policy
from handlers.terminal.sources_desk import read_file

BODIES = Path(__file__).parents[1] / "handlers" / "sources" / "bodies"
FIELDS = ("external_id", "rating", "comment", "subject", "name", "email", "phone", "customer_id", "order_ref", "occurred_at",
          "locale", "contact_ok", "public_url")  # fmt: skip
Read = dict[str, Any]


def cases() -> dict[str, Mapping[str, Any]]:
    """Each body by its file: its kind, what a team would say of it, and what is to be read."""
    found: dict[str, Mapping[str, Any]] = json.loads((BODIES / "expected.json").read_text(encoding="utf-8"))
    return found


def read(file: str, *, told: bool) -> list[Read]:
    """The fields of each feedback in a body; with what policy says of its source, or with nothing said."""
    case = cases()[file]
    kind = str(case["kind"])
    try:
        return [
            _flat(each.feedback) for each in read_file(kind, BODIES / file, _policy(kind, case) if told else Policy())
        ]
    except BadFeedback:
        return []


def _policy(kind: str, case: Mapping[str, Any]) -> Policy:
    told = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in case["told"].items()]
    return read_policy("\n".join([f"[sources.{kind}]", f'kind = "{kind}"', *told]))


def _flat(feedback: Any) -> Read:
    data = to_data(feedback)
    customer = data.pop("customer")
    return {
        **data,
        "name": customer["name"],
        "email": customer["email"],
        "phone": customer["phone"],
        "customer_id": customer["id"],
    }


def wrong(found: Read, wanted: Read, *, told: bool) -> list[str]:
    """The fields that were not read as they should be."""
    return [name for name in FIELDS if not _fits(name, found.get(name), wanted.get(name), told=told)]


def _fits(name: str, found: Any, wanted: Any, *, told: bool) -> bool:
    if isinstance(wanted, Mapping) and "derived" in wanted:
        return bool(found)
    if isinstance(wanted, Mapping) and "any_of" in wanted:
        return found in wanted["any_of"]
    if name == "comment" and isinstance(found, str) and isinstance(wanted, str):
        return all(part.strip() in found for part in wanted.replace("; ", "\n\n").split("\n\n"))
    if name == "rating" and found and wanted:
        unknown = not told and found["scale"] is None and found["value"] == wanted["value"]
        return unknown or _share(found) == _share(wanted)
    return bool(found == wanted)


def _share(rating: Mapping[str, float]) -> tuple[float, float] | None:
    """Worst and best are the same on every scale of two."""
    if not rating["scale"]:
        return None
    return (rating["value"], rating["scale"])


def report() -> Iterator[str]:
    """A line for each body: of its fields, how many were read right without policy and with it, and which were not."""
    totals = {False: [0, 0], True: [0, 0]}
    yield f"{'body':<24} {'untold':>8} {'told':>8}  not right (untold / told)"
    for file, case in cases().items():
        figures, missed = [], []
        for told in (False, True):
            found, wanted = read(file, told=told), case["expected"]
            pairs = [(found[place] if place < len(found) else {}, each) for place, each in enumerate(wanted)]
            bad = [name for one, each in pairs for name in wrong(one, each, told=told)]
            if len(found) > len(wanted):
                bad.append(f"{len(found) - len(wanted)} feedback too many")
            of = len(FIELDS) * len(wanted)
            right = max(0, of - len(bad))
            totals[told][0] += right
            totals[told][1] += of
            figures.append(f"{right}/{of}")
            missed.append(", ".join(bad) or "–")
        yield f"{file:<24} {figures[0]:>8} {figures[1]:>8}  {missed[0]} / {missed[1]}"
    yield f"{'all':<24} " + " ".join(f"{f'{right}/{of}':>8}" for right, of in totals.values())


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
