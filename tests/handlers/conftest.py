"""The same stage as the stories have: one served practice workspace, and a fresh copy of an empty database each time."""

from tests.stories.conftest import blank, served, stage

__all__ = ["blank", "served", "stage"]
