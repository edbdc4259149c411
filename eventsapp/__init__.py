"""Workshops, from registration to published report."""
