"""What the practice workspace is filled with for Amends: its cast, its customers and their way to its intake."""
