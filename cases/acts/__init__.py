"""What a colleague can do to a case: acts, the table of actions with their effects, and the commands that name them."""
