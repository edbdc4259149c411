"""Which spellings are one name, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.people.rules import (
    NameMissing,
    check_person,
    email_key,
    name_key,
    names_within,
)
from eventsapp.people.types import PersonDraft


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salma Haddad", "HADDAD, Salma"),
        ("Éloïse N'Diaye", "N’DIAYE Eloise"),
        ("Jean-Luc Øster", "Oster Jean Luc"),
        ("Salma Haddad (External)", "[IOM] Salma Haddad"),
        ("Dr Salma Haddad", "Salma  Haddad"),
        ("سلمى الحداد", "الحداد سَلمى"),
        ("أحمد مصطفى", "احمد مصطفي"),
        ("Salma\u202a Haddad\u202c", "Salma Haddad"),
        ("ﬁona Straße", "Fiona STRASSE"),
    ],
)
def test_name_key_is_the_same_for_two_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_name_key_tells_names_apart() -> None:
    assert name_key("Salma Haddad") != name_key("Salma Hadad")


def test_name_key_keeps_what_stands_in_brackets_when_there_is_nothing_else() -> None:
    assert name_key("(Salma)") == "salma"


def test_name_key_keeps_a_title_when_there_is_nothing_else() -> None:
    assert name_key("Mr.") == "mr"


@given(st.text(max_size=300))
def test_name_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.lists(st.sampled_from(["salma", "haddad", "omar", "ben", "ali"]), max_size=5))
def test_name_key_does_not_depend_on_the_order_of_words(words: list[str]) -> None:
    assert name_key(" ".join(words)) == name_key(" ".join(reversed(words)))


def test_names_within_finds_the_other_spelling_in_brackets() -> None:
    assert names_within("سلمى (Salma Haddad)") == ("سلمى (Salma Haddad)", "Salma Haddad")


def test_email_key_ignores_case_and_space_around() -> None:
    assert email_key("  Salma@Example.ORG ") == "salma@example.org"


@pytest.mark.parametrize("name", ["", "   ", "!!!", "\u202e"])
def test_check_person_refuses_a_name_without_a_letter(name: str) -> None:
    with pytest.raises(NameMissing):
        check_person(PersonDraft(name=name))
