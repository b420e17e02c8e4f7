"""One debugging session, which a front end drives."""
