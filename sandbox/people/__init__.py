"""People in Slack: what a colleague does, fills in and reads."""
