"""Layouts of attendance exports: one module each, found by itself."""
