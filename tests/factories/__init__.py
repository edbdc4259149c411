"""Plain functions that make what a test needs, through the public services."""
