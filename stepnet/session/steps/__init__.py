"""``.steps`` scripts: the debugger's own commands, written down, replayed, and asserted on.

A file is read whole by `grammar` before any of it runs, carried out line by line by `replay`, and
what it expects is parsed by `expectation` and judged by `judge`.
"""
