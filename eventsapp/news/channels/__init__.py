"""Ways in which news leaves: a module each."""
