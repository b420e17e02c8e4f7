"""What a script finds around it: modules made harmless, a file each for what has to be made."""
