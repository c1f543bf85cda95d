"""A colleague clicks, types, reacts, submits or asks: Slack's payloads, and what each of them sets going."""
