"""The lines to the bot: what Slack sends an app, over HTTP, through Socket Mode or within this process."""
