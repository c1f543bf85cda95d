"""What happens to us: feedback arrives, a colleague acts, time passes, a message must be delivered."""
