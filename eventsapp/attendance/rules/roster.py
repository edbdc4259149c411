"""What the list of a workshop's people is ordered and searched by: keys that are kept with each
registration, so that a page of ten thousand asks one index and no other table."""

from dataclasses import dataclass

from eventsapp.attendance.rules.registering import CODE_LENGTH
from eventsapp.people.models import Person
from eventsapp.people.rules import email_key, plain_words

# Keys lie in an index, whose entries PostgreSQL holds to 2,700 bytes.
LONGEST_LIST_KEY, LONGEST_SEARCH_KEY = 60, 500
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class RosterKeys:
    """``list_key`` orders by the name as it is read, ``search_key`` holds everything that is
    looked for, ``name_key`` finds the same name in another order."""

    list_key: str
    search_key: str
    name_key: str


def roster_keys(person: Person) -> RosterKeys:
    name = " ".join(plain_words(person.name))
    institution = " ".join(plain_words(person.institution or ""))
    return RosterKeys(
        list_key=name[:LONGEST_LIST_KEY],
        search_key="\n".join((name, person.email_key or "", institution))[:LONGEST_SEARCH_KEY],
        name_key=person.name_key[:LONGEST_SEARCH_KEY],
    )


def needles_of(word: str) -> tuple[tuple[str, ...], ...]:
    """Ways in which a word may stand in a search key: its plain words, or as addresses are
    written. All parts of one way must be there."""
    ways = (tuple(plain_words(word)), (email_key(word),))
    return tuple(dict.fromkeys(way for way in ways if any(way)))


def is_like_code(word: str) -> bool:
    return len(word) == CODE_LENGTH


def words_of_search(words: str) -> list[str]:
    return words.split()[:MOST_WORDS]
