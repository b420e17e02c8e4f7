"""The panes of the debugger screen, one a file."""
