"""What each derivative should be."""
