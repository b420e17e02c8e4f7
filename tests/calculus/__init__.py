"""Tests of the calculus: every derivative against differences, and against autograd."""
