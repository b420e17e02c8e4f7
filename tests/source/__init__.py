"""Tests of what may be opened and of the program it becomes."""
