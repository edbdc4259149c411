"""One module for each kind of row that facts are gathered from."""
