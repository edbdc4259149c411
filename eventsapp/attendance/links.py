"""Private links with this installation's secret, and what they open."""

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import merged_into
from eventsapp.attendance.rules import links as rules
from eventsapp.core import db
from eventsapp.edge.mail import absolute_url
from eventsapp.edge.qr import qr_png, qr_uri
from eventsapp.edge.settings import current_settings


def private_link(registration: Registration) -> str:
    """A participant's own page. The token stands behind the "#": browsers send that to nobody."""
    token = rules.make_token(registration, secret=current_settings().secret_key)
    page = absolute_url("attendance.mine", lang=registration.person.language)
    return f"{page}#{token}"


def find_by_token(token: str) -> Registration | None:
    registration_id = rules.id_in(token)
    registration = db.session().get(Registration, registration_id) if registration_id else None
    if registration is None:
        return None
    if not rules.opens(token, registration, secret=current_settings().secret_key):
        return None
    into = merged_into(registration.id)
    return registration if into is None else db.session().get(Registration, into)


def door_link(registration: Registration) -> str:
    """What the QR code says: the check-in page with the code filled in, for those at the door."""
    page = absolute_url("attendance.check_in", workshop_id=registration.workshop_id)
    return f"{page}#{registration.code}"


def door_code_png(registration: Registration) -> bytes:
    """The QR code as a picture for mails, large enough to be scanned from a phone."""
    return qr_png(door_link(registration), border=4)


def door_code_uri(registration: Registration) -> str:
    """The QR code for a page: dark on light in every colour scheme, or scanners fail."""
    return qr_uri(door_link(registration), border=4)
