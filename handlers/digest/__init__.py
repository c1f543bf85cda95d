"""The day begins: the digest is owed, with its figures and its picture."""
