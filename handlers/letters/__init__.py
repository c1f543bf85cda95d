"""Letters to customers: a person sends an approved reply, a mail server takes it."""
