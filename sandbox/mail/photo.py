"""A customer's photo: a vase that arrived broken, drawn pixel by pixel, so that no picture of anybody's is needed."""

from __future__ import annotations

import struct
import zlib
from functools import cache

NAME = "the-vase.png"
WIDTH, HEIGHT = 320, 240
_TABLE, _WALL, _VASE, _SHADE, _CRACK = (
    b"\xb0\x8a\x62",
    b"\xe8\xe2\xd6",
    b"\x3f\x7f\x93",
    b"\x2d\x61\x73",
    b"\x14\x1c\x20",
)
_MIDDLE, _TOP, _FOOT, _FLOOR = 160, 70, 210, 180


@cache
def photo() -> bytes:
    """A PNG of it."""
    rows = b"".join(b"\0" + b"".join(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _colour(x: int, y: int) -> bytes:
    across = x - _MIDDLE
    if _is_vase(across, y):
        if abs(across - (y - 130) // 3 + (9 if y // 14 % 2 else -9)) < 3:
            return _CRACK
        return _SHADE if across > _half_width(y) // 2 else _VASE
    if y > _FLOOR + 20 and (across - 95) ** 2 / 500 + (y - 216) ** 2 / 60 < 1:  # what broke off lies beside it
        return _SHADE
    return _TABLE if y > _FLOOR else _WALL


def _is_vase(across: int, y: int) -> bool:
    """Its rim is broken away on one side, along a jagged line."""
    missing = across > 0 and y < _TOP + across + 6 * (across // 7 % 2)
    return _TOP <= y <= _FOOT and abs(across) <= _half_width(y) and not missing


def _half_width(y: int) -> int:
    """Wide in the belly, narrow at the neck and the foot."""
    return 26 + max(0, 44 - (y - 148) ** 2 // 60)
