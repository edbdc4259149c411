"""The calendar entry of one registration."""

from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.registering import may_join
from eventsapp.workshops.calendar import Invited, Method, workshop_calendar
from eventsapp.workshops.types import Mode


def registration_calendar(registration: Registration, *, lang: str, method: Method) -> bytes:
    """An invitation to one person, with the joining link where it is for them.

    Its sequence grows with changes of the workshop and of the registration alike.
    """
    workshop, person = registration.workshop, registration.person
    return workshop_calendar(
        workshop,
        lang=lang,
        method=method,
        sequence=workshop.calendar_sequence + registration.calendar_sequence,
        stamp=max(workshop.changed_at, registration.changed_at),
        invited=Invited(
            name=person.name,
            email=person.email or "",
            join_link=workshop.join_link if may_join(registration) else "",
            online=registration.mode == Mode.ONLINE,
        ),
    )
