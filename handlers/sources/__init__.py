"""Where feedback comes from: every module of this folder that has a NAME is a source, and is found by itself."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from handlers.sources.contract import LARGEST, Example, Guide, Known, Opened, Source
from handlers.sources.envelope import Foreign, bears
from handlers.sources.signatures import BadSignature, NotSigned, header_if_any

__all__ = [
    "SOURCES",
    "BadSignature",
    "Example",
    "Foreign",
    "Guide",
    "Known",
    "NotSigned",
    "Opened",
    "Source",
    "signs_so",
    "whose",
]


def _source(module: ModuleType) -> Source:
    """A module that lacks a part of the contract fails here, at start, with the name of what it lacks."""
    return Source(
        name=module.NAME,
        vendor=module.VENDOR,
        secret_env=module.SECRET_ENV,
        known=module.KNOWN,
        marks=module.MARKS,
        signature=module.SIGNATURE,
        open_=module.open_,
        guide=module.GUIDE,
        example=Example(_body(module.EXAMPLE), module.SIGNATURE),
        letter=getattr(module, "letter", None),
        largest=getattr(module, "LARGEST", LARGEST),
        free=getattr(module, "FREE", False),
    )


def _body(example: Any) -> bytes:
    return example if isinstance(example, bytes) else json.dumps(example).encode()


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


SOURCES: dict[str, Source] = {module.NAME: _source(module) for module in _modules() if hasattr(module, "NAME")}


def whose(value: Mapping[str, Any]) -> Source | None:
    """The source whose body this looks like; None where it looks like nobody's, or like several."""
    found = [source for source in SOURCES.values() if bears(value, source.marks)]
    return found[0] if len(found) == 1 else None


def signs_so(headers: Mapping[str, str]) -> Source | None:
    """The source that signs with headers such as these; None where none does, or several."""
    found = [
        source
        for source in SOURCES.values()
        if source.signature.covers_body and _has_all(headers, source.signature.headers)
    ]
    return found[0] if len(found) == 1 else None


def _has_all(headers: Mapping[str, str], names: Iterable[str]) -> bool:
    return all(header_if_any(headers, name) for name in names)
