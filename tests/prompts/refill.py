"""Write the reviewed prompts anew after an edit: `python -m tests.prompts.refill`, then read the difference."""

from __future__ import annotations

from pathlib import Path

from tests.prompts.examples import prompts

FILLED = Path(__file__).parent / "filled"

if __name__ == "__main__":
    for name, text in prompts().items():
        (FILLED / name).write_text(text, encoding="utf-8")
        print(FILLED / name)
