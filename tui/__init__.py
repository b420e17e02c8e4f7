"""The face of stepnet: its command line and its Textual application."""
