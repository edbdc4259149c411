"""Workshops: when, where, in which format, what for, and who presents."""
