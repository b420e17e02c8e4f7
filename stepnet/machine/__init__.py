"""A program runs, forwards and backwards."""
