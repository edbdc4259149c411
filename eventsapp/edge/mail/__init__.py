"""Mail: rendered in the reader's language, sent by jobs, noted without personal content.

A capability's ``jobs.py`` does it in two steps::

    letter = render_mail("attendance/confirmation", lang, workshop=workshop, name=person.name)
    deliver(
        letter.addressed(person.email, person.name, calendar=("REQUEST", ics)),
        run=run, kind="attendance/confirmation", subject_ref=f"registration:{registration.id}",
    )
"""

from eventsapp.edge.mail.bounces import Bounce, NotABounce, NotOurMail, find_logged, read_bounce
from eventsapp.edge.mail.message import AddressRefused, Attachment, Mail, MailRefused
from eventsapp.edge.mail.models import MailLog, MailStatus
from eventsapp.edge.mail.render import Letter, absolute_url, render_mail
from eventsapp.edge.mail.service import deliver, note_returned, send
from eventsapp.edge.mail.transports import MailDeferred

__all__ = [
    "AddressRefused",
    "Attachment",
    "Bounce",
    "Letter",
    "Mail",
    "MailDeferred",
    "MailLog",
    "MailRefused",
    "MailStatus",
    "NotABounce",
    "NotOurMail",
    "absolute_url",
    "deliver",
    "find_logged",
    "note_returned",
    "read_bounce",
    "render_mail",
    "send",
]
