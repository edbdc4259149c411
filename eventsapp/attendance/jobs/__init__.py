"""What attendance does in the background."""

from eventsapp.attendance.jobs import files, mails, papers

__all__ = ["files", "mails", "papers"]
