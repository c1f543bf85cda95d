"""Colleagues come and go, want quiet, take turns, and look at their Home tab."""
