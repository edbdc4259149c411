"""HTTP plumbing that every capability uses."""
