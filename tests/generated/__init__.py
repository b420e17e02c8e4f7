"""Scripts nobody wrote: generated ones, and a corpus of tricky ones."""
