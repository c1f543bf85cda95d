"""Real bodies made wrong: one to three faults each, in what a value is, in where it stands, or in the bytes themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

# What stands where something else belongs. Numbers that no table holds, texts that no table takes, shapes nobody expects.
STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 10**30, -(2**63) - 1, float("inf"), float("nan")),
    *(
        "",
        " ",
        "0",
        "x",
        "\0",
        "a\0b",
        "\ud800",
        "\udfff",
        "\ufeff",
        "\u202e",
        "\U0001f600" * 50,
        "x" * 5000,
        "9" * 5000,
    ),
    *("<@U0ANA>", "<!channel>", "{0} %s %d", "'; DROP TABLE cases; --", "../../etc/passwd", "2026-13-45T99:99:99Z"),
    *(
        "v1:99999999999999999999",
        "v1:-1",
        "v1:1:",
        "v2:1",
        "v1:1:no_such_action",
        "1e999",
        "NaN",
        "https://evil.test/x",
    ),
    *([], {}, [[]], [{}], [None], {"": ""}, {"id": []}, {"value": {}}, [1, "two", {"three": 3}]),
)
_DEEP = (10, 100, 500, 5000)  # as bytes
_AS_DEEP_AS_CAN_BE_WRITTEN = (10, 100, 250)  # three of them within each other are written without Python's own limit
_NOISE = (
    b"\0",
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b'"',
    b"\\",
    b"{",
    b"]",
    b"\xef\xbb\xbf",
    b"&",
    b"=",
    b"%00",
    b"%zz",
    b"+",
)


def spoiled(value: Any, chance: Random) -> Any:
    """A copy of a JSON value with one to three faults in it."""
    found = deepcopy(value)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        found = _with_a_fault(found, chance)
    return found


def _with_a_fault(value: Any, chance: Random) -> Any:
    places = list(_places(value))
    if not places:
        return _stranger(value, chance)
    holder, key = chance.choice(places)
    fault = chance.choice(_FAULTS)
    fault(holder, key, chance)
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Where something stands: an object or list, and its key in it. The upper ones more often: there readers look first."""
    found, level = [], [value]
    while level:
        inner = []
        for holder in level:
            keys = (
                list(holder)
                if isinstance(holder, dict)
                else list(range(len(holder)))
                if isinstance(holder, list)
                else []
            )
            found += [(holder, key) for key in keys]
            inner += [holder[key] for key in keys]
        level = inner
        found += found if len(found) < 40 else []
    return found


def _stranger(value: Any, chance: Random) -> Any:
    if isinstance(value, str) and chance.random() < 0.3:
        return _other_text(value, chance)
    if chance.random() < 0.05:
        return _nested(chance.choice(_AS_DEEP_AS_CAN_BE_WRITTEN))
    return deepcopy(chance.choice(STRANGE))  # a later fault may be planted within it


def _other_text(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    piece = chance.choice(("\0", "\ud83d", "9" * 20, "<", "\u0000", "﷽", "|", ":", ".", "\n", "-", text, " "))
    return text[:at] + piece + text[at + chance.choice((0, 1, 3)) :]


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def _replace(holder: Any, key: Any, chance: Random) -> None:
    holder[key] = _stranger(holder[key], chance)


def _remove(holder: Any, key: Any, chance: Random) -> None:
    del holder[key]


def _wrap(holder: Any, key: Any, chance: Random) -> None:
    holder[key] = chance.choice(([holder[key]], {"value": holder[key]}, [holder[key]] * 3))


def _rename(holder: Any, key: Any, chance: Random) -> None:
    if isinstance(holder, dict):
        holder[chance.choice((f"{key}x", str(key).upper(), "", "__proto__", "type"))] = holder.pop(key)


def _add(holder: Any, key: Any, chance: Random) -> None:
    if isinstance(holder, dict):
        names = (
            "enterprise",
            "authorizations",
            "user",
            "channel",
            "team",
            "thread_ts",
            "subtype",
            "command",
            "ssl_check",
        )
        holder[chance.choice((*names, "response_urls", "item", "is_ext_shared_channel"))] = deepcopy(
            chance.choice(STRANGE)
        )
    else:
        holder.insert(0, deepcopy(chance.choice(STRANGE)))


def _swap(holder: Any, key: Any, chance: Random) -> None:
    other = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[key], holder[other] = holder[other], holder[key]


_FAULTS: tuple[Callable[[Any, Any, Random], None], ...] = (
    _replace,
    _replace,
    _replace,
    _remove,
    _remove,
    _wrap,
    _rename,
    _add,
    _swap,
)


def written(value: Any, chance: Random) -> bytes:
    """A value as JSON, perhaps with letters as they are instead of escaped, or a name that comes twice."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.7)
    if chance.random() < 0.03 and text.startswith("{"):
        again = chance.choice(("type", "event", "data", "user", "form_response", "actions"))
        text = f'{text[:-1]}, "{again}": {json.dumps(chance.choice(STRANGE))}}}'
    return text.encode("utf-8", "surrogatepass")


def garbled(body: bytes, chance: Random) -> bytes:
    """Bytes that are lost, doubled, put in between or nested without end."""
    at = chance.randrange(len(body) + 1)
    kind = chance.randrange(5)
    if kind == 0:
        return body[:at]
    if kind == 1:
        return body[:at] + chance.choice(_NOISE) + body[at:]
    if kind == 2:
        return body[:at] + body[at + chance.randrange(1, 20) :]
    if kind == 3:
        return body[:at] + chance.choice((b"[", b'{"a":', b"(")) * chance.choice((*_DEEP, 100_000)) + body[at:]
    return body[:at] + body[at // 2 : at] + body[at:]
