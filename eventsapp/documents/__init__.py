"""Renderer-neutral blocks, and how they become HTML, paper and plain text."""
