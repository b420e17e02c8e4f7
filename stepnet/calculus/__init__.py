"""What each derivative should be, and what is wrong with one that is not."""
