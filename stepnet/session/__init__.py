"""One debugging session: what a front end drives."""
