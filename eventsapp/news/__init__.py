"""News: articles composed from issued editions, corrected and withdrawn everywhere at once."""
