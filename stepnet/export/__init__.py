"""A session leaves as code, a document or data."""
