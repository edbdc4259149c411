"""What all workshops of a project add up to: a page, a PDF and a table of the same figures."""
