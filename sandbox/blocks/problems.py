"""Collecting what is wrong with a piece of Block Kit, each problem with its JSON pointer as Slack gives it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
ID_CHARACTERS = 255
TEXT_FIELDS = {"plain_text": ("type", "text", "emoji"), "mrkdwn": ("type", "text", "verbatim")}


def kind_of(thing: Any) -> str | None:
    """The type of a block, element or text object; None for what has none."""
    kind = thing.get("type") if isinstance(thing, dict) else None
    return kind if isinstance(kind, str) else None


class Problems(list[str]):
    """Collects what is wrong; every check returns whether all was well, so that deeper checks can be left out."""

    def add(self, message: str, pointer: str) -> bool:
        """Write a problem down; False, so that a check can end with it."""
        self.append(f"{message} [json-pointer:{pointer}]")
        return False

    def only(self, holder: Json, fields: Iterable[str], pointer: str) -> bool:
        """No fields but these."""
        strange = sorted(str(name) for name in set(holder) - set(fields))
        for name in strange:
            self.add(f"invalid additional property: {name}", pointer)
        return not strange

    def string(self, holder: Json, key: str, pointer: str, longest: int, *, required: bool = False) -> bool:
        """A string of at most `longest` characters; not empty when required."""
        value = holder.get(key)
        if value is None:
            return not required or self.add(f"missing required field: {key}", pointer)
        if not isinstance(value, str):
            return self.add("must be a string", f"{pointer}/{key}")
        if required and not value:
            return self.add("must be more than 0 characters", f"{pointer}/{key}")
        return len(value) <= longest or self.add(f"must be less than {longest + 1} characters", f"{pointer}/{key}")

    def text(
        self, holder: Json, key: str, pointer: str, longest: int, *, plain: bool = False, required: bool = False
    ) -> bool:
        """A text object under this key."""
        value = holder.get(key)
        if value is None:
            return not required or self.add(f"missing required field: {key}", pointer)
        return self.text_object(value, f"{pointer}/{key}", longest, plain=plain)

    def text_object(self, value: Any, pointer: str, longest: int, *, plain: bool = False) -> bool:
        """A text object: plain_text, or mrkdwn unless only plain is allowed."""
        allowed = {"plain_text"} if plain else {"plain_text", "mrkdwn"}
        if not isinstance(value, dict):
            return self.add("must be an object", pointer)
        if kind_of(value) not in allowed:
            return self.add(f"must be one of {', '.join(sorted(allowed))}", f"{pointer}/type")
        if not self.only(value, TEXT_FIELDS[value["type"]], pointer):
            return False
        return self.string(value, "text", pointer, longest, required=True)

    def items(self, holder: Json, key: str, pointer: str, most: int, least: int = 1) -> list[Any]:
        """A list of so many items; what is there, for checking one by one."""
        value = holder.get(key)
        if not isinstance(value, list):
            self.add(f"missing required field: {key}", pointer)
            return []
        if len(value) < least:
            self.add(f"no fewer than {least} items allowed", f"{pointer}/{key}")
        if len(value) > most:
            self.add(f"no more than {most} items allowed", f"{pointer}/{key}")
        return value

    def unique(self, holders: list[Any], key: str, pointer: str) -> None:
        """No two of these may carry the same name under this key."""
        named = [holder[key] for holder in holders if isinstance(holder, dict) and isinstance(holder.get(key), str)]
        for name in sorted({name for name in named if named.count(name) > 1}):
            self.add(f"`{key}` already exists: {name}", pointer)
