"""A practice Slack workspace on this machine: what the demo shows and what the story tests run against."""
