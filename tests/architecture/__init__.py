"""What may import what, and how big a file may be."""
