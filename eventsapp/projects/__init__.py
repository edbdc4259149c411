"""Organisations, donors and projects, and how donors must be acknowledged."""
