"""The list of a workshop's people is found by keys that follow each person."""

from dataclasses import asdict

import pytest
from flask import Flask

from eventsapp.attendance import queries, service
from eventsapp.attendance.queries import PeopleFilter
from eventsapp.attendance.rules.registering import participant
from eventsapp.attendance.rules.roster import needles_of, roster_keys
from eventsapp.core.actor import Role
from eventsapp.people.models import Person
from tests.factories.attendance import person_draft, register
from tests.factories.calls import fill_roster
from tests.factories.workshops import NOW, make_actor, make_workshop

SALMA = Person(
    name="Dr Salma El-Haddad",
    name_key="el haddad salma",
    email_key="s.haddad+work@ministry.example",
    institution="Ministère de l'Équipement [MoE]",
)


def test_roster_keys_hold_what_is_looked_for_without_case_and_accents() -> None:
    assert asdict(roster_keys(SALMA)) == {
        "list_key": "dr salma el haddad",
        "search_key": "dr salma el haddad\ns.haddad+work@ministry.example\n"
        "ministere de lequipement moe",
        "name_key": "el haddad salma",
    }


def test_roster_keys_fit_an_index_entry() -> None:
    long = Person(name="\U00010345" * 900, name_key="x" * 900, institution="y" * 900)
    keys = asdict(roster_keys(long))
    assert sum(len(keys[name].encode()) for name in ("list_key", "search_key")) < 2_600


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("Haddad", (("haddad",),)),
        ("El-Haddad", (("el", "haddad"), ("el-haddad",))),
        ("أحمد", (("احمد",), ("أحمد",))),
        ("%", (("%",),)),
        ("", ()),
    ],
)
def test_needles_of_a_word(word: str, ways: tuple[tuple[str, ...], ...]) -> None:
    assert needles_of(word) == ways


def found(workshop_id: int, words: str) -> list[str]:
    page = queries.list_people(workshop_id, PeopleFilter(words=words), page=1)
    return [row.person.name for row in page.rows]


def test_every_list_finds_somebody_as_they_are_written_now(app: Flask) -> None:
    one, other = make_workshop(), make_workshop()
    registration = register(one, name="Salma Hadad", email="salma@ministry.example")
    register(other, name="Salma Hadad", email="salma@ministry.example")
    by = participant(registration)

    service.correct_participant(
        registration.id, person_draft(name="سلمى حدّاد", institution="Équipement"), by=by, now=NOW
    )

    for workshop in (one, other):
        assert found(workshop.id, "حداد equipement salma@") == ["سلمى حدّاد"]
        assert found(workshop.id, "hadad") == []
    assert found(one.id, registration.code.lower()) == ["سلمى حدّاد"]

    by = make_actor(Role.ADMIN)
    service.correct_address(registration.id, "s.haddad@ministry.example", by=by, now=NOW)

    assert found(other.id, "s.haddad@") == ["سلمى حدّاد"]
    assert found(other.id, "salma@") == []


def test_a_name_that_is_a_part_of_a_pattern_finds_only_itself(app: Flask) -> None:
    workshop = make_workshop()
    register(workshop, name="Amal Sherif", email="a@ministry.example")
    assert [found(workshop.id, words) for words in ("%", "_", "amal sherif")] == [
        [],
        [],
        ["Amal Sherif"],
    ]


def test_a_search_past_its_last_page_shows_the_last_one(app: Flask) -> None:
    workshop = make_workshop(by=make_actor(Role.ORGANISER))
    fill_roster(workshop.id, 60)
    page = queries.list_people(workshop.id, PeopleFilter(words="person"), page=9)
    assert (page.number, page.pages, page.total, len(page.rows)) == (2, 2, 60, 10)
