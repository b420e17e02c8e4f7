"""How fast stepnet is, always beside something else in the same run: never a test, never asserted.

python -m tests.benchmarks                    every row of the design's section 10 there is
python -m tests.benchmarks stepping goto      some of them
"""
