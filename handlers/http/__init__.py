"""HTTP: the server, the addresses it answers, and feedback that comes in crowds."""
