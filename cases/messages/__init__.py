"""What the bot says, by kind: what is known of each kind, what its messages carry, and the names they are owed under."""
