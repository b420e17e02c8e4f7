"""`.steps` scripts."""
