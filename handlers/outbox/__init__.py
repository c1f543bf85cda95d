"""A message must be delivered: rendered, shown in Slack, and found again where its fate is unknown."""
