"""When people are told of a changed workshop."""

from eventsapp.core.errors import N_, Refused


class NoChangeWaits(Refused):
    message = N_("Nothing waits to be told any more: the mails are on their way, or were stopped.")
