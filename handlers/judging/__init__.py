"""The learned judge: a customer's words become an embedding, and the embedding a score."""
