"""A letter to a customer, from the click that sends it to the hands of a mail server."""
