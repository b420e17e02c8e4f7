"""Calls of the script's own functions, wherever they stand, happen when Python makes them happen."""
