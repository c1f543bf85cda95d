"""The stage of the stories, for those who attack what stands on it."""

from __future__ import annotations

from tests.stories.conftest import blank, database_url, served, stage, staging

__all__ = ["blank", "database_url", "served", "stage", "staging"]
