"""Used by every capability; uses nothing of ours."""
