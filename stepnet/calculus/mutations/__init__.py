"""The mistakes people make in a backward pass: what each does to a derivative, and to a line.

`table` lists them. `diagnosis` finds the one whose result a wrong claim equals; `mutants` makes
wrong statements out of right ones, for tests and for exercises.
"""
