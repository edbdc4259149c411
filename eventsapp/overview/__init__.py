"""Home, dashboard and search: what is composed of every capability."""
