"""Decisions of attendance: registering, private links, what evidence adds up to, matching."""
