"""Reports: drafted from the data, reviewed, frozen as a snapshot and issued as editions."""
