"""What comes with a letter: what is listed of it, and which of it may be shown, by its first bytes and never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cases.model import Picture
from cases.text import one_line

# Why these: a telephone's photo has 2 to 6 MB, and a letter of more than 20 MB is not read at all.
MOST_SHOWN = 5  # of one letter
LARGEST_SHOWN = 8_000_000  # bytes
MOST_OF_CASE, LARGEST_OF_CASE = 20, 40_000_000  # files and bytes that are kept at a time
_ORNAMENT = 10_000  # bytes: pictures that stand within a letter and are smaller are signs below a signature
_MOST_LISTED = 20
_LONGEST_NAME = 80
# Where the first bytes of a kind begin, and what they are: pictures that Slack shows, and PDF.
_MAGIC = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"GIF8", "gif"),
    (8, b"WEBP", "webp"),
    (4, b"ftyphei", "heic"),
    (4, b"ftypmif1", "heic"),
    (0, b"%PDF-", "pdf"),
)


@dataclass(frozen=True, slots=True)
class Attached:
    """One piece that came with a letter. `kind` is what the sender says that it is; `size` in bytes.

    `is_within`: the words of the letter show it themselves, by its Content-ID, as they do the logo below a signature.
    """

    name: str
    kind: str
    content: bytes = b""
    size: int = 0
    is_within: bool = False

    @classmethod
    def rest(cls, size: int) -> Attached:
        """What of a letter of so many bytes is too large to be fetched."""
        return cls("the rest is too large to be read", "the whole letter", b"", size)

    @property
    def is_ornament(self) -> bool:
        """Whether it belongs to the looks of the letter rather than to what it says."""
        return self.is_within and self.size < _ORNAMENT

    @property
    def listed(self) -> str:
        """Its name, kind and size."""
        return one_line(f"{self.name or 'unnamed'} ({self.kind}, {max(self.size // 1000, 1)} kB)", 120)


class State(StrEnum):
    """How far a file is on its way into Slack, and into the message that shows it."""

    KEPT = "kept"  # nobody has asked to see it
    WANTED = "wanted"
    BEGUN = "begun"  # Slack has given it an id; whether it has the bytes is known to Slack alone
    UPLOADED = "uploaded"  # Slack has it, and may still look through it
    SHOWN = "shown"
    REFUSED = "refused"
    ERASED = "erased"  # of all that we had only Slack's id is left, by which Slack is to lose it, too


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that a message of ours shows, or could, without its bytes.

    `feedback` is what it came with, None for a picture that we draw, of which `alt` says in words what it shows. `file` is
    Slack's id of it, `why` Slack's word where it will not show it.
    """

    id: int
    feedback: int | None
    name: str
    size: int
    state: State
    file: str | None = None
    why: str | None = None
    alt: str | None = None

    @property
    def stands_in_block(self) -> bool:
        """Whether Slack's blocks show it: docs.slack.dev, slack file object, names these kinds and no other."""
        return self.name.lower().endswith((".png", ".jpg", ".jpeg", ".gif"))


def listed(pieces: Iterable[Attached]) -> list[str]:
    """What a letter brought along, in words; of very many only the first."""
    told = [each.listed for each in pieces if not each.is_ornament]
    more = len(told) - _MOST_LISTED
    return [*told[:_MOST_LISTED], f"and {more} more"] if more > 0 else told


def shown(pieces: Iterable[Attached]) -> list[Picture]:
    """Those that may be shown: pictures and PDFs, neither too many nor too large, the first ones first."""
    return list(_pictures(each for each in pieces if not each.is_ornament))[:MOST_SHOWN]


def with_room(pictures: Iterable[Picture], there: int, bytes_there: int) -> Iterator[Picture]:
    """Those for which a case has room beside so many that it keeps already."""
    for each in pictures:
        if there < MOST_OF_CASE and bytes_there + len(each.content) <= LARGEST_OF_CASE:
            there, bytes_there = there + 1, bytes_there + len(each.content)
            yield each


def _pictures(pieces: Iterable[Attached]) -> Iterator[Picture]:
    for each in pieces:
        ending = really(each.content)
        if ending and len(each.content) <= LARGEST_SHOWN:
            yield Picture(_named(each.name, ending), each.content)


def really(content: bytes) -> str | None:
    """What it is by its first bytes, as the ending of a name; None where it is nothing that is shown."""
    return next((ending for at, magic, ending in _MAGIC if content[at : at + len(magic)] == magic), None)


def _named(name: str, ending: str) -> str:
    """A plain name: no paths, no odd signs, and an ending that does not lie."""
    plain = one_line(re.sub(r"[^\w .()-]", "_", re.split(r"[/\\]", name)[-1]), _LONGEST_NAME).strip(" .")
    known = {"jpg": ("jpg", "jpeg"), "heic": ("heic", "heif")}.get(ending, (ending,))
    return plain if plain.lower().endswith(tuple(f".{each}" for each in known)) else f"{plain or 'attached'}.{ending}"
