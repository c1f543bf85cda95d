"""Incoming feedback: read from JSON or from a file, and who and which it is."""
