"""One module for each set of questions to start from."""
