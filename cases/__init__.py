"""The rules of Amends: pure functions and values; no Slack, SQL, HTTP, model, clock or environment."""
