"""Reminders: when one is due, whom it reaches, why, and when a silent owner loses a case."""
