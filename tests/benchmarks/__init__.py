"""Ratios measured in one run, beside the plainest thing that does the same work."""
