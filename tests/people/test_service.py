"""One person for each mail address, and consents that say what was agreed to."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, VISITOR
from eventsapp.people import queries, service
from eventsapp.people.models import Consent, Person, PersonAddress
from eventsapp.people.types import CONSENT_TEXTS, ConsentChoice, PersonDraft, Purpose, Sex
from tests.factories.races import at_once

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SALMA = PersonDraft(
    name="Salma Haddad",
    email="Salma@example.org",
    language="ar",
    sex=Sex.FEMALE,
    institution="Ministry of Planning",
    function="Adviser",
    country_code="LY",
)


def count_persons() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def test_find_or_create_person_creates_somebody_unknown(app: Flask) -> None:
    person = service.find_or_create_person(SALMA, by=VISITOR, now=NOW)

    assert (person.name, person.name_key, person.email, person.email_key) == (
        "Salma Haddad",
        "haddad salma",
        "Salma@example.org",
        "salma@example.org",
    )
    assert (person.language, person.sex, person.institution) == (
        "ar",
        "female",
        "Ministry of Planning",
    )


def test_find_or_create_person_finds_the_same_address_and_changes_nothing(app: Flask) -> None:
    known = service.find_or_create_person(SALMA, by=VISITOR, now=NOW)
    again = PersonDraft(name="Somebody Else", email="SALMA@EXAMPLE.ORG", institution="Nowhere")

    found = service.find_or_create_person(again, by=VISITOR, now=NOW)

    assert (found.id, found.name, found.institution) == (
        known.id,
        "Salma Haddad",
        "Ministry of Planning",
    )
    assert count_persons() == 1


def test_find_or_create_person_finds_an_address_of_the_past(app: Flask) -> None:
    known = service.find_or_create_person(SALMA, by=VISITOR, now=NOW)

    @db.transaction
    def remember() -> None:
        db.session().add(PersonAddress(email_key="s.haddad@old.example", person_id=known.id))

    remember()
    draft = PersonDraft(name="S. Haddad", email="S.Haddad@old.example")

    assert service.find_or_create_person(draft, by=VISITOR, now=NOW).id == known.id


def test_many_who_come_at_once_with_one_address_are_one_person(app: Flask) -> None:
    results = at_once(
        app,
        [lambda: service.find_or_create_person(SALMA, by=VISITOR, now=NOW).id for _ in range(8)],
    )

    assert len(set(results)) == 1
    assert count_persons() == 1


def test_find_or_create_person_takes_two_without_address_for_two(app: Flask) -> None:
    for _ in range(2):
        service.find_or_create_person(PersonDraft(name="Omar Ali"), by=SYSTEM, now=NOW)

    assert count_persons() == 2


def test_describe_person_corrects_the_name_and_its_key(app: Flask) -> None:
    person = service.find_or_create_person(SALMA, by=VISITOR, now=NOW)

    service.describe_person(
        person.id, PersonDraft(name="Selma Haddad", language="fr"), by=VISITOR, now=NOW
    )

    assert (person.name, person.name_key, person.language, person.email) == (
        "Selma Haddad",
        "haddad selma",
        "fr",
        "Salma@example.org",
    )


def test_record_consents_notes_each_change_and_no_repetition(app: Flask) -> None:
    person = service.find_or_create_person(SALMA, by=VISITOR, now=NOW)
    yes = ConsentChoice(Purpose.PHOTO, granted=True)
    no = ConsentChoice(Purpose.PHOTO, granted=False)

    for minute, choice in enumerate([yes, yes, no]):
        service.record_consents(
            person.id, [choice], by=VISITOR, now=NOW + timedelta(minutes=minute)
        )

    rows = db.session().scalars(sa.select(Consent).order_by(Consent.at)).all()
    version = CONSENT_TEXTS[Purpose.PHOTO].version
    assert [(row.granted, row.text_version, row.at) for row in rows] == [
        (True, version, NOW),
        (False, version, NOW + timedelta(minutes=2)),
    ]
    assert queries.consents_of(person.id)[Purpose.PHOTO].granted is False


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_a_text_to_agree_to(purpose: Purpose) -> None:
    assert CONSENT_TEXTS[purpose].text
    assert CONSENT_TEXTS[purpose].version
