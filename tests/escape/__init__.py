"""Attempts to do more than compute."""
