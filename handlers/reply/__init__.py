"""A reply is proposed, written, checked, edited and approved."""
