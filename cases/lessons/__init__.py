"""Lessons: when there is something to learn from a case, how nobody is named in it, and which is near another case."""
