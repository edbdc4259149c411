"""Whom the rows of an attendance file are about.

Registration code, then any known address, then the name; what is only similar is suggested and a
person decides. Never by name alone where two people on the roster share it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from eventsapp.attendance.import_format import ImportRow
from eventsapp.attendance.rules.registering import CODE_LENGTH, DIGITS, clean_code
from eventsapp.people.rules import email_key, name_key, names_within

# Below this, names have little more in common than their language.
SIMILAR = 80
MOST_SUGGESTIONS = 3
MOST_LOOKED_UP = 200


class MatchKind(StrEnum):
    """How sure it is whom a row is about, from the surest down."""

    DECIDED = "decided"
    CODE = "code"
    ADDRESS = "address"
    NAME = "name"
    SUGGESTED = "suggested"
    NONE = "none"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody on the list, by everything they may be recognised by."""

    registration_id: int
    name: str
    name_key: str
    code: str
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attendee:
    """All stays of one person in the call, as the file has them."""

    name: str
    email: str
    rows: tuple[ImportRow, ...]

    @property
    def number(self) -> int:
        """The first of their rows: what a decision about them is kept under."""
        return self.rows[0].number


@dataclass(frozen=True, slots=True)
class Match:
    """``registration_id`` is None unless it is sure; suggestions are the best first."""

    kind: MatchKind
    registration_id: int | None = None
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Entries by what they are recognised by."""

    entries: Mapping[int, RosterEntry]
    by_code: Mapping[str, int]
    by_address: Mapping[str, int]
    by_name: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, entries: Iterable[RosterEntry]) -> "Roster":
        known = {entry.registration_id: entry for entry in entries}
        names: dict[str, list[int]] = {}
        for number, entry in known.items():
            names.setdefault(entry.name_key, []).append(number)
        return cls(
            entries=known,
            by_code={entry.code: number for number, entry in known.items()},
            by_address={key: number for number, entry in known.items() for key in entry.addresses},
            by_name={key: tuple(numbers) for key, numbers in names.items()},
        )


def group_rows(rows: Iterable[ImportRow]) -> list[Attendee]:
    """One attendee for each address, or for each name where the file gives no address."""
    groups: dict[str, list[ImportRow]] = {}
    for row in rows:
        key = email_key(row.email) or f"name:{name_key(row.name) or row.name}"
        groups.setdefault(key, []).append(row)
    return [Attendee(own[0].name, own[0].email, tuple(own)) for own in groups.values()]


def match_all(attendees: Iterable[Attendee], roster: Roster) -> list[Match]:
    """A match for each. Similar names are looked for only for the first of those who have none:
    a file of thousands of strangers is the wrong file."""
    matches = []
    left = MOST_LOOKED_UP
    for attendee in attendees:
        found = match(attendee, roster)
        if found.kind == MatchKind.NONE and left:
            left -= 1
            similar = suggest(attendee, roster)
            found = Match(MatchKind.SUGGESTED, suggestions=similar) if similar else found
        matches.append(found)
    return matches


def match(attendee: Attendee, roster: Roster) -> Match:
    """Whom an attendee surely is, if that can be told without a person's help."""
    code = _code_in(attendee.name)
    if code in roster.by_code:
        return Match(MatchKind.CODE, roster.by_code[code])
    address = email_key(attendee.email)
    if address in roster.by_address:
        return Match(MatchKind.ADDRESS, roster.by_address[address])
    return _match_name(attendee.name, roster)


def _code_in(name: str) -> str:
    """A registration code that somebody put into their name; codes hold a digit, names do not."""
    for word in name.replace("(", " ").replace(")", " ").split():
        code = clean_code(word)
        if len(code) == CODE_LENGTH == len(word) and set(code) & set(DIGITS):
            return code
    return ""


def _match_name(name: str, roster: Roster) -> Match:
    keys = [key for key in map(name_key, names_within(name)) if key]
    found = {number for key in keys for number in roster.by_name.get(key, ())}
    if len(found) == 1:
        return Match(MatchKind.NAME, found.pop())
    if found:
        return Match(MatchKind.SUGGESTED, suggestions=tuple(sorted(found)))
    return Match(MatchKind.NONE)


def suggest(attendee: Attendee, roster: Roster) -> tuple[int, ...]:
    """Whose names are similar, the most similar first."""
    names = list(roster.by_name)
    keys = [key for key in map(name_key, names_within(attendee.name)) if key]
    scores: dict[int, float] = {}
    for key in keys:
        for name, score, _ in process.extract(
            key, names, scorer=fuzz.WRatio, score_cutoff=SIMILAR, limit=MOST_SUGGESTIONS
        ):
            for number in roster.by_name[name]:
                scores[number] = max(score, scores.get(number, 0))
    best = sorted(scores, key=lambda number: (-scores[number], number))
    return tuple(best[:MOST_SUGGESTIONS])
