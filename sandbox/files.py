"""Uploaded files: how far each upload has come, which of them are pictures, and which picture a block names."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# The first bytes of the only kinds that Slack takes for a picture in a block (reference: slack file object).
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass
class File:
    """One upload. Slack processes it after its completion: until that is done it has no type, and no block may show it.

    `length` is the size announced, in bytes; `url` where its content is served; `calls_left` how many answers of
    files.info will still show it unprocessed; `created_at` Unix seconds.
    """

    id: str
    name: str
    length: int
    url: str
    created_at: int
    title: str = ""
    alt_text: str = ""
    content: bytes = b""
    completed: bool = False
    calls_left: int = 0
    channels: list[str] = field(default_factory=list)

    @property
    def processed(self) -> bool:
        """Whether Slack is through with it."""
        return self.completed and self.calls_left == 0

    @property
    def media_type(self) -> str:
        """What it holds, once Slack has looked; empty before."""
        if not self.processed:
            return ""
        return picture_type(self.content) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def is_picture(self) -> bool:
        """Whether a block may show it now."""
        return self.media_type in PICTURES.values()


def picture_type(content: bytes) -> str | None:
    """The media type of a picture, told by its first bytes; None for any other file."""
    return next((kind for magic, kind in PICTURES.items() if content.startswith(magic)), None)


def named_file(files: Mapping[str, File], reference: Mapping[str, Any]) -> File | None:
    """The file that a block's `slack_file` names, by id or by address."""
    if "id" in reference:
        return files.get(reference["id"])
    return next((file for file in files.values() if file.url == reference.get("url")), None)


def picture_problems(files: Mapping[str, File], blocks: Any, pointer: str) -> list[str]:
    """What Slack refuses in well-formed blocks: pictures it does not have, or has not processed yet."""
    named = _slack_files(blocks, pointer)
    unfit = [at for at, reference in named if not (file := named_file(files, reference)) or not file.is_picture]
    return [f"invalid slack file [json-pointer:{at}]" for at in unfit]


def _slack_files(part: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every `slack_file` at any depth, with its place."""
    if isinstance(part, list):
        for number, child in enumerate(part):
            yield from _slack_files(child, f"{pointer}/{number}")
    elif isinstance(part, dict):
        for key, child in part.items():
            if key == "slack_file":
                yield f"{pointer}/{key}", child
            else:
                yield from _slack_files(child, f"{pointer}/{key}")
