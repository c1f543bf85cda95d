"""A reply to a customer: its draft, what it may offer, what it promises, and what it must not contain."""
