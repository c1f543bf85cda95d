"""Writes docs/house.md, what each file is about, from the first sentences of the modules: `python -m tests.write_house_page`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "house.md"
ROOMS = ("cases", "handlers", "store", "prompts", "sandbox")
_BEGINNING = """# The house, room by room

The first sentence of every module, as it stands in the code; `python -m tests.write_house_page` writes this page, and a test holds it.
Imports go down only: `bot.py`, then `handlers`, then `store` and `prompts`, then `cases`. `sandbox` is used by the demo and the tests alone.
"""


def modules() -> list[Path]:
    """Every module of the house, save for migrations."""
    inside = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]
    return [HOUSE / "bot.py", *(path for path in inside if "versions" not in path.parts)]


def first_sentence(path: Path) -> str:
    """What a module says it is about."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split())


def as_markdown() -> str:
    """The page: a heading for each folder with its own sentence, and a line for each of its modules."""
    return _BEGINNING + "".join(_folders())


def _folders() -> Iterator[str]:
    folders: dict[Path, list[Path]] = {}
    for path in modules():
        folders.setdefault(path.parent, []).append(path)
    for folder in sorted(folders):
        name = folder.relative_to(HOUSE).as_posix()
        yield f"\n## {name}/\n" if folder != HOUSE else "\n## At the top\n"
        own = folder / "__init__.py"
        if own in folders[folder]:
            yield f"\n{first_sentence(own)}\n"
        yield "\n"
        for path in folders[folder]:
            if path != own:
                yield f"- [{path.name}](../{path.relative_to(HOUSE).as_posix()}): {first_sentence(path)}\n"


if __name__ == "__main__":
    PAGE.write_text(as_markdown(), encoding="utf-8")
