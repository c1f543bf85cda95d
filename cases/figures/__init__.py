"""Figures: of a day, of a week, of the last month, and how they are put in a row."""
