"""What a workshop achieved, what stood in its way, and what it adds to its project's targets."""
