"""Where feedback comes from: every module of this folder that has a NAME is a source, and is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from handlers.sources.contract import BadSignature, Example, NotSigned, Opened, Source

__all__ = ["SOURCES", "BadSignature", "Example", "NotSigned", "Opened", "Source"]


def _source(module: ModuleType) -> Source:
    """A module that lacks a part of the contract fails here, at start, with the name of what it lacks."""
    return Source(
        name=module.NAME,
        secret_env=module.SECRET_ENV,
        verify=module.verify,
        open_=module.open_,
        example=module.EXAMPLE,
    )


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


SOURCES: dict[str, Source] = {module.NAME: _source(module) for module in _modules() if hasattr(module, "NAME")}
