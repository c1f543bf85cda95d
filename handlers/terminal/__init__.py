"""The commands for a person at a terminal: their settings, what they print, and what the doctor finds."""
