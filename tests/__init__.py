"""The tests of stepnet."""
