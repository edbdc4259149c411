"""Persons: those who take part. They have no account."""
