"""One module for each rule of donor visibility."""
