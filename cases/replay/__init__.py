"""Replay: feedback of a time that is over, played through triage, clocks and ladder, with people who act as is assumed."""
