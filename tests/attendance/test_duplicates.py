"""People who stand on the list twice: found, merged or kept apart."""

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import queries, service
from eventsapp.attendance.links import find_by_token, private_link
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import PeopleFilter
from eventsapp.attendance.rules import duplicates as rules
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden
from eventsapp.people.queries import find_by_address
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.feedback import DURING
from tests.factories.queries import statements
from tests.factories.workshops import NOW, make_actor, make_workshop


def names(workshop: Workshop) -> list[str]:
    return [
        row.person.name for row in queries.list_people(workshop.id, PeopleFilter(), page=1).rows
    ]


def test_the_same_name_in_any_order_and_nearly_the_same_address_are_found(app: Flask) -> None:
    workshop = make_workshop()
    one = register(workshop, name="Salma Haddad")
    other = register(workshop, name="HADDAD, Salma")
    plus = register(workshop, name="Nuri G", email="nuri+work@ministry.example")
    plain = register(workshop, name="N. Ghariani", email="nuri@ministry.example")
    register(workshop, name="Salma Sherif")

    assert queries.find_duplicates(workshop.id) == [(one.id, other.id), (plus.id, plain.id)]


def test_finding_them_takes_as_many_statements_for_many_as_for_few(app: Flask) -> None:
    workshop = make_workshop(seats_in_person=100)
    counts = []
    for more in (3, 30):
        for _ in range(more):
            register(workshop)
        with statements() as sent:
            queries.find_duplicates(workshop.id)
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_the_one_that_is_kept_takes_over_the_better_place_and_everything_else(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by, seats_in_person=1)
    other = register(workshop, name="Salma Haddad", email="old@ministry.example")
    keep = register(workshop, name="Salma Haddad", email="new@ministry.example")
    service.check_in_registration(other.id, by=by, now=DURING)

    service.merge_registrations(keep.id, other.id, by=by, now=DURING)

    db.session().expire_all()
    assert (keep.status, other.status, workshop.taken_in_person) == ("confirmed", "cancelled", 1)
    assert names(workshop) == ["Salma Haddad"]
    assert list(queries.presences_of(workshop)) == [keep.id]
    assert find_by_address("old@ministry.example") == keep.person
    assert find_by_token(private_link(other).split("#")[1]) == keep


def test_a_second_seat_goes_to_whoever_waits(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by, seats_in_person=2)
    keep, other = (register(workshop, name="Salma Haddad") for _ in range(2))
    waiting = register(workshop)

    service.merge_registrations(keep.id, other.id, by=by, now=NOW)

    assert (keep.status, waiting.status, workshop.taken_in_person) == ("confirmed", "confirmed", 2)


def test_two_people_who_are_kept_apart_are_not_named_again(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    one, other = (register(workshop, name="Salma Haddad") for _ in range(2))

    for _ in range(2):
        service.keep_apart(other.id, one.id, by=by, now=NOW)

    assert queries.find_duplicates(workshop.id) == []
    assert len(names(workshop)) == 2


def test_merging_refuses_lists_that_changed_and_strangers(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop, elsewhere = make_workshop(by=by), make_workshop(by=by)
    keep, other = (register(workshop, name="Salma Haddad") for _ in range(2))
    away = register(elsewhere, Mode.ONLINE)

    with pytest.raises(Forbidden):
        service.merge_registrations(keep.id, other.id, by=make_actor(Role.ORGANISER), now=NOW)
    service.merge_registrations(keep.id, other.id, by=by, now=NOW)
    for pair in ((other.id, keep.id), (keep.id, other.id), (keep.id, away.id), (keep.id, keep.id)):
        with pytest.raises(rules.NotTwoOfOne):
            service.merge_registrations(*pair, by=by, now=NOW)

    statement = sa.select(sa.func.count()).select_from(Registration)
    assert db.session().scalar(statement) == 3
