"""Calendar entries that two independent readers accept."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from flask import Flask

from eventsapp.attendance.calendar import registration_calendar
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.service import cancel_registration, change_mode
from eventsapp.core.texts import Texts
from eventsapp.workshops.calendar import workshop_calendar
from eventsapp.workshops.types import Mode
from tests.attendance.calendars import NotACalendar, event_of, parse_strictly, unescaped
from tests.factories.attendance import register
from tests.factories.workshops import NOW, make_workshop

HOSTILE = 'A; title, with "quotes"\\ and: colons; ' + "x" * 120 + " ورشة تمهيدية لنقاط الاتصال"


def read(data: bytes) -> icalendar.Event:
    """The event as the library reads it, which must raise no complaint about any property."""
    calendar = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    assert calendar.get_missing_tzids() == set()
    assert isinstance(event, icalendar.Event)
    return event


def test_both_readers_see_the_same_moments_and_words(sqlite_app: Flask) -> None:
    workshop = make_workshop(title=Texts.of(en=HOSTILE))
    data = registration_calendar(register(workshop), lang="en", method="REQUEST")

    event = read(data)
    strict = event_of(data)

    assert (event.start, event.end) == (
        datetime(2022, 2, 8, 7, 0, tzinfo=UTC),
        datetime(2022, 2, 9, 14, 0, tzinfo=UTC),
    )
    assert str(event["summary"]) == HOSTILE
    assert strict["DTSTART"] == "20220208T090000"
    assert unescaped(strict["SUMMARY"]) == HOSTILE


def test_the_zone_stands_in_the_file_with_its_rules(sqlite_app: Flask) -> None:
    workshop = make_workshop(timezone="Europe/Vienna")
    components = parse_strictly(workshop_calendar(workshop, lang="en"))

    assert ("TZID", {}, "Europe/Vienna") in components["VTIMEZONE"]
    offsets = {value for name, _, value in components["STANDARD"] if name == "TZOFFSETTO"}
    assert offsets == {"+0100"}


def test_an_invitation_names_attendee_organiser_and_what_itip_wants(sqlite_app: Flask) -> None:
    registration = register(make_workshop(), Mode.ONLINE, name='Quote "Q" Name, Jr.')
    data = registration_calendar(registration, lang="en", method="REQUEST")
    components = parse_strictly(data)
    event = {name: (parameters, value) for name, parameters, value in components["VEVENT"]}

    assert ("METHOD", {}, "REQUEST") in components["VCALENDAR"]
    assert event["ATTENDEE"][1] == f"mailto:{registration.person.email}"
    assert event["ATTENDEE"][0]["PARTSTAT"] == "ACCEPTED"
    assert event["ORGANIZER"][1] == "mailto:no-reply@demo.example"
    assert event["STATUS"][1] == "CONFIRMED"
    assert event["UID"][1] == f"{registration.workshop.ref.lower()}@localhost"


def test_the_sequence_grows_with_each_change_and_the_uid_stays(app: Flask) -> None:
    registration = register(make_workshop())
    actor = participant(registration)
    entries = [registration_calendar(registration, lang="en", method="REQUEST")]
    change_mode(registration.id, Mode.ONLINE, by=actor, now=NOW + timedelta(minutes=1))
    entries.append(registration_calendar(registration, lang="en", method="REQUEST"))
    cancel_registration(registration.id, by=actor, now=NOW + timedelta(minutes=2))
    entries.append(registration_calendar(registration, lang="en", method="CANCEL"))

    events = [event_of(entry) for entry in entries]

    assert [int(event["SEQUENCE"]) for event in events] == [1, 2, 3]
    assert len({event["UID"] for event in events}) == 1
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_the_same_state_gives_the_same_bytes(sqlite_app: Flask) -> None:
    registration = register(make_workshop())

    one, other = (
        registration_calendar(registration, lang="fr", method="REQUEST") for _ in range(2)
    )

    assert one == other


def test_the_joining_link_is_only_in_the_entry_of_whom_it_is_for(sqlite_app: Flask) -> None:
    workshop = make_workshop()
    in_room, online = register(workshop, Mode.IN_PERSON), register(workshop, Mode.ONLINE)
    link = workshop.join_link.encode()

    entries = {
        "public": workshop_calendar(workshop, lang="en"),
        "in person": registration_calendar(in_room, lang="en", method="REQUEST"),
        "online": registration_calendar(online, lang="en", method="REQUEST"),
    }

    holders = [name for name, data in entries.items() if link in data.replace(b"\r\n ", b"")]
    assert holders == ["online"]


def test_the_public_entry_names_nobody(sqlite_app: Flask) -> None:
    workshop = make_workshop()
    register(workshop)

    event = event_of(workshop_calendar(workshop, lang="ar"))

    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == "ورشة تمهيدية"


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nSUMMARY:a\\q\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nno colon\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\r\n",
    ],
)
def test_the_strict_reader_refuses_what_breaks_the_standard(broken: bytes) -> None:
    """Positive control of the reader itself."""
    with pytest.raises(NotACalendar):
        parse_strictly(broken)
