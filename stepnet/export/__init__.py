"""A session leaves as a file."""
