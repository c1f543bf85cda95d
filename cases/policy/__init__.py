"""The team's own page, policy.toml, as a checked value, and the working time that follows from it."""
