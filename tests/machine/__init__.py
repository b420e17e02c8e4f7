"""Tests of the machine: a program runs, forwards and backwards, and every bit is what it was."""
