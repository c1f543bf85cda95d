"""What every section of policy.toml keeps to: a setting it does not know is an error, and what was read never changes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """One section of the page; its fields are the settings that may stand in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
