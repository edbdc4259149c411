"""Photos of a workshop: what may be shown of it, how, and with whose consent."""
