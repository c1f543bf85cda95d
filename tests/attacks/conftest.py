"""The stage of the stories, for those who attack what stands on it, and a store on either database."""

from __future__ import annotations

from tests.store.conftest import another, sqlite_url, store, tx, url
from tests.stories.conftest import blank, database_url, served, stage, staging

__all__ = ["another", "blank", "database_url", "served", "sqlite_url", "stage", "staging", "store", "tx", "url"]
