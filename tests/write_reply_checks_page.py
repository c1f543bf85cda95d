"""Writes docs/reply-checks.md from the rules: `python -m tests.write_reply_checks_page`."""

from __future__ import annotations

from pathlib import Path

from cases.replies.checks.page import as_markdown

PAGE = Path(__file__).parents[1] / "docs" / "reply-checks.md"

if __name__ == "__main__":
    PAGE.write_text(as_markdown(), encoding="utf-8")
