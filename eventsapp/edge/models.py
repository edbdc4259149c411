"""The tables of the outside world, gathered where discovery looks for them."""

from eventsapp.edge.jobs.models import Job, WorkerHeartbeat
from eventsapp.edge.mail.models import MailLog

__all__ = ["Job", "MailLog", "WorkerHeartbeat"]
