"""Time passes: who is reminded of what, and the one message that says it."""
