"""Exports of calls as long as one likes, and rosters to go with them."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.roster import roster_keys
from eventsapp.core import db
from eventsapp.core.db import transaction
from eventsapp.people.models import Person, PersonAddress
from eventsapp.people.rules import name_key
from eventsapp.workshops.models import Workshop
from tests.factories.workshops import NOW

HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest"
LETTERS = "abcdefghij"


def name_of(number: int) -> str:
    """A name of its own for each number, as names have no digits."""
    return "Person " + "".join(LETTERS[int(digit)] for digit in str(number)).capitalize()


@transaction
def fill_roster(workshop_id: int, count: int) -> None:
    """As many confirmed people as one likes, at once: the use case would take minutes."""
    session = db.session()
    first = (session.scalar(sa.select(sa.func.max(Person.id))) or 0) + 1
    people = [
        {
            "id": first + n,
            "name": name_of(n),
            "name_key": name_key(name_of(n)),
            "email": f"person{first + n}@ministry.example",
            "email_key": f"person{first + n}@ministry.example",
            "institution": f"Institution {n % 40}",
            "country_code": ("LY", "TN", "DZ", "MA")[n % 4],
            "sex": ("female", "male")[n % 2],
            "created_at": NOW,
            "version": 1,
        }
        for n in range(count)
    ]
    session.execute(sa.insert(Person), people)
    session.execute(
        sa.insert(PersonAddress),
        [{"email_key": one["email_key"], "person_id": one["id"]} for one in people],
    )
    session.execute(
        sa.insert(Registration),
        [
            {
                "workshop_id": workshop_id,
                "person_id": first + n,
                "mode": "online",
                "status": "confirmed",
                "code": f"C{n:05}",
                "queued_at": NOW,
                "created_at": NOW,
                "changed_at": NOW,
                "version": 1,
                **asdict(roster_keys(Person(**person))),
            }
            for n, person in enumerate(people)
        ],
    )


def call_lines(workshop: Workshop, rows: int, people: int) -> Iterator[str]:
    """A Zoom export of ``rows`` stays of ``people`` people, each some minutes within the day."""
    yield HEAD
    day: datetime = workshop.starts_at.astimezone(ZoneInfo(workshop.timezone))
    for n in range(rows):
        start = day + timedelta(seconds=n % 3600)
        end = start + timedelta(minutes=20)
        times = f"{start:%m/%d/%Y %I:%M:%S %p},{end:%m/%d/%Y %I:%M:%S %p}"
        yield f"{name_of(n % people)},,{times},20,No"


def call_file(workshop: Workshop, rows: int, people: int) -> bytes:
    return "\r\n".join([*call_lines(workshop, rows, people), ""]).encode()
