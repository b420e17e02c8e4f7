"""The verbs that answer in plain text, a file each."""
