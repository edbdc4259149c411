"""Use cases of persons: the only place that writes them."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.people import rules
from eventsapp.people.models import Consent, Person, PersonAddress
from eventsapp.people.queries import consents_of, find_by_address
from eventsapp.people.types import CONSENT_TEXTS, ConsentChoice, PersonDraft


@transaction
def find_or_create_person(draft: PersonDraft, *, by: Actor, now: datetime) -> Person:
    """The person of this mail address, as already known, or a new one.

    What is known is never changed here: whoever types an address may not be its owner. Without
    an address nobody is found, for two people may share a name.
    """
    rules.check_person(draft)
    known = find_by_address(draft.email)
    return known or _create(draft, by=by, now=now)


def _create(draft: PersonDraft, *, by: Actor, now: datetime) -> Person:
    values = _described(draft) | {
        "email": draft.email.strip() or None,
        "email_key": rules.email_key(draft.email) or None,
        "created_at": now,
        "version": 1,
    }
    # Of two who come at once with one address, the unique key lets one in; the other finds it.
    statement = (
        db.insert_for(Person)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["email_key"])
        .returning(Person.id)
    )
    person_id = db.session().execute(statement).scalar_one_or_none()
    if person_id is None:
        found = find_by_address(draft.email)
        if found is None:
            raise RuntimeError("an address is taken by a person who is not known by it")
        return found
    if values["email_key"]:
        db.session().add(PersonAddress(email_key=values["email_key"], person_id=person_id))
    db.session().flush()
    audit.record("person.created", f"person:{person_id}", by=by, now=now)
    return db.get(Person, person_id)


def _described(draft: PersonDraft) -> dict[str, str]:
    return {
        "name": draft.name.strip(),
        "name_key": rules.name_key(draft.name),
        "language": draft.language,
        "sex": draft.sex,
        "institution": draft.institution.strip(),
        "function": draft.function.strip(),
        "country_code": draft.country_code,
    }


@transaction
def describe_person(person_id: int, draft: PersonDraft, *, by: Actor, now: datetime) -> Person:
    """Correct what is known of a person; the mail address stays as it is."""
    rules.check_person(draft)
    person = db.get(Person, person_id)
    for name, value in _described(draft).items():
        setattr(person, name, value)
    audit.record("person.described", f"person:{person_id}", by=by, now=now)
    return person


@transaction
def record_consents(
    person_id: int, choices: Iterable[ConsentChoice], *, by: Actor, now: datetime
) -> None:
    """Note what a person agreed to or refused; a choice that stands already is not repeated."""
    standing = consents_of(person_id)
    for choice in choices:
        version = CONSENT_TEXTS[choice.purpose].version
        last = standing.get(choice.purpose)
        if last is not None and (last.granted, last.text_version) == (choice.granted, version):
            continue
        db.session().add(
            Consent(
                person_id=person_id,
                purpose=choice.purpose,
                text_version=version,
                granted=choice.granted,
                at=now,
            )
        )
        action = "person.consented" if choice.granted else "person.refused_consent"
        detail = {"purpose": choice.purpose, "text": version}
        audit.record(action, f"person:{person_id}", by=by, now=now, detail=detail)


@transaction
def take_over_addresses(person_id: int, other_id: int, *, by: Actor, now: datetime) -> None:
    """From now on the other person's addresses mean this one: they are the same human being."""
    db.session().execute(
        sa.update(PersonAddress)
        .where(PersonAddress.person_id == other_id)
        .values(person_id=person_id)
    )
    audit.record(
        "person.addresses_taken_over",
        f"person:{person_id}",
        by=by,
        now=now,
        detail={"other": other_id},
    )


@transaction
def note_bounce(person_id: int, status: str, *, by: Actor, now: datetime) -> Person:
    """Remember that mail to somebody's present address came back; ``status`` reads ``5.1.1``."""
    person = db.get(Person, person_id)
    person.bounced_at, person.bounce_status = now, status
    audit.record(
        "person.mail_bounced", f"person:{person_id}", by=by, now=now, detail={"status": status}
    )
    return person


@transaction
def change_address(person_id: int, email: str, *, by: Actor, now: datetime) -> Person:
    """Give somebody another mail address; raises AddressTaken where it is somebody else's."""
    person = db.get(Person, person_id)
    key = rules.email_key(email)
    rules.check_address(email)
    owner = find_by_address(email)
    if owner is not None and owner.id != person_id:
        raise rules.AddressTaken
    if owner is None:
        db.session().add(PersonAddress(email_key=key, person_id=person_id))
    person.email, person.email_key = email.strip(), key
    person.bounced_at, person.bounce_status = None, ""
    audit.record("person.address_changed", f"person:{person_id}", by=by, now=now)
    return person
