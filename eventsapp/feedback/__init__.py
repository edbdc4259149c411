"""Feedback: asked once of each participant, and nobody can tell who gave which answer."""
