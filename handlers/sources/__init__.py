"""Where feedback comes from: every module of this folder that has a NAME is a source, and is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from handlers.sources.contract import BadSignature, Example, Guide, Known, NotSigned, Opened, Source
from handlers.sources.envelope import Foreign, bears

__all__ = ["SOURCES", "BadSignature", "Example", "Foreign", "Guide", "Known", "NotSigned", "Opened", "Source", "whose"]


def _source(module: ModuleType) -> Source:
    """A module that lacks a part of the contract fails here, at start, with the name of what it lacks."""
    return Source(
        name=module.NAME,
        vendor=module.VENDOR,
        secret_env=module.SECRET_ENV,
        known=module.KNOWN,
        marks=module.MARKS,
        verify=module.verify,
        open_=module.open_,
        guide=module.GUIDE,
        example=module.EXAMPLE,
    )


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


SOURCES: dict[str, Source] = {module.NAME: _source(module) for module in _modules() if hasattr(module, "NAME")}


def whose(value: Mapping[str, Any]) -> Source | None:
    """The source whose body this looks like; None where it looks like nobody's, or like several."""
    found = [source for source in SOURCES.values() if bears(value, source.marks)]
    return found[0] if len(found) == 1 else None
