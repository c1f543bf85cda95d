"""Mail in practice: the team's mail server, and the mailboxes of the customers whom it writes to."""
