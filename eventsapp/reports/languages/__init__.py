"""One module a language that reports can be written in."""
