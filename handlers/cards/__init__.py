"""Everything the bot says in Slack: pure functions from values to Block Kit; nothing in here sends or reads a clock."""
