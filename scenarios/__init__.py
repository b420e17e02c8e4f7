"""NumPy scripts to step through, and their data."""
