"""Feedback arrives: by webhook, alone or in a crowd, or from a file."""
