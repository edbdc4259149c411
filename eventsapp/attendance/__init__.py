"""Participants: registration, check-in, and the evidence of who took part and how."""
