"""A script becomes a program."""
