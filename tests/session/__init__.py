"""Tests of what a front end drives and what it is shown."""
