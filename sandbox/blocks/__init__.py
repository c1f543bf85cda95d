"""What Slack's Block Kit takes and refuses: blocks, views, their elements and rich text."""
