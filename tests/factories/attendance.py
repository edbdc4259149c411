"""Participants and their registrations, through the public services."""

import itertools
from dataclasses import replace
from datetime import datetime
from typing import Any

from eventsapp.attendance import service
from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import RegistrationDraft
from eventsapp.core.actor import VISITOR
from eventsapp.people.types import PersonDraft, Sex
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.workshops import NOW

_numbers = itertools.count(1)


def person_draft(**changes: Any) -> PersonDraft:
    """Somebody with a mail address of their own."""
    number = next(_numbers)
    draft = PersonDraft(
        name=f"Participant Number{number}",
        email=f"participant{number}@ministry.example",
        language="en",
        sex=Sex.FEMALE,
        institution="Ministry of Planning",
        function="Adviser",
        country_code="LY",
    )
    return replace(draft, **changes)


def registration_draft(
    mode: Mode = Mode.IN_PERSON, group_id: int | None = None, **person: Any
) -> RegistrationDraft:
    return RegistrationDraft(person=person_draft(**person), mode=mode, group_id=group_id)


def register(
    workshop: Workshop,
    mode: Mode = Mode.IN_PERSON,
    *,
    now: datetime = NOW,
    group_id: int | None = None,
    **person: Any,
) -> Registration:
    """Somebody who registered by themselves."""
    return service.register_participant(
        workshop.id, registration_draft(mode, group_id, **person), by=VISITOR, now=now
    )
