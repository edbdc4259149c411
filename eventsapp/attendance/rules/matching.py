"""Whom the rows of an attendance file are about.

Registration code, then any known address, then the name, then another spelling of it, in Latin or
Arabic letters; what is only similar is suggested and a person decides. Never by name alone where
two people on the roster share it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import fuzz, process

from eventsapp.attendance.import_format import ImportRow
from eventsapp.attendance.rules.presence import union
from eventsapp.attendance.rules.registering import CODE_LENGTH, DIGITS, clean_code
from eventsapp.attendance.rules.spelling import Spelling, consonants_of, spelling_of
from eventsapp.attendance.types import Interval
from eventsapp.people.rules import email_key, name_key, names_within

# A decision: somebody is nobody on the list.
IGNORE = 0
# Below this, names have little more in common than their language.
SIMILAR = 80
# Consonants alone say less than whole names, and very few say nothing.
AS_HEARD = 0.95
SHORTEST_COMPARED = 4
MOST_SUGGESTIONS = 3
MOST_LOOKED_UP = 200
BY_NAME = "name:"
# Stays of one person that are kept apart before they are joined.
MOST_INTERVALS = 64


_DIGIT = re.compile(r"\d")


class MatchKind(StrEnum):
    """How sure it is whom a row is about, from the surest down."""

    DECIDED = "decided"
    CODE = "code"
    ADDRESS = "address"
    NAME = "name"
    SPELLING = "spelling"
    SUGGESTED = "suggested"
    NONE = "none"
    IGNORED = "ignored"


class RosterEntry(NamedTuple):
    """Somebody on the list, by everything they may be recognised by."""

    registration_id: int
    name: str
    name_key: str
    code: str
    addresses: frozenset[str] = frozenset()
    is_expected_online: bool = False


@dataclass(slots=True)
class Attendee:
    """Somebody in the file. ``number`` is the first of their rows: what a decision about them is
    kept under.

    Of their stays only the union is kept, and of lengths without times the sum, so that a file of
    any length fits into memory.
    """

    name: str
    email: str
    number: int
    stays: int = 0
    intervals: list[Interval] = field(default_factory=list)
    # Of those who are told apart by their names.
    name_key: str = ""
    # The sum of lengths without times, and the first time that is known of those.
    length: float | None = None
    arrived: datetime | None = None

    def add(self, row: ImportRow) -> None:
        self.stays += 1
        if row.start is not None and row.end is not None:
            self.intervals.append(Interval(row.start, row.end))
            if len(self.intervals) > MOST_INTERVALS:
                self.intervals = union(self.intervals)
        elif row.minutes is not None:
            self.length = (self.length or 0.0) + row.minutes
            self.arrived = min(filter(None, (self.arrived, row.start)), default=None)


class Match(NamedTuple):
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

    def words(self) -> frozenset[str]:
        """All words of all names, as they are compared."""
        return frozenset(word for key in self.by_name for word in key.split())

    def missing(self, seen: Iterable[int | None]) -> list[RosterEntry]:
        """Those expected online who are not among these registrations."""
        known = set(seen)
        return [
            entry
            for number, entry in self.entries.items()
            if entry.is_expected_online and number not in known
        ]

    @classmethod
    def of(cls, entries: Iterable[RosterEntry]) -> "Roster":
        known = {entry.registration_id: entry for entry in entries}
        names: dict[str, list[int]] = {}
        for number, entry in known.items():
            names.setdefault(entry.name_key, []).append(number)
            if further := names_within(entry.name)[1:]:
                for key in set(map(name_key, further)) - {entry.name_key}:
                    names.setdefault(key, []).append(number)
        return cls(
            entries=known,
            by_code={entry.code: number for number, entry in known.items()},
            by_address={key: number for number, entry in known.items() for key in entry.addresses},
            by_name={key: tuple(numbers) for key, numbers in names.items()},
        )


class Group:
    """Attendees of a file, found row by row: one for each address, or for each name where the
    file gives no address."""

    def __init__(self) -> None:
        self._by_key: dict[str, Attendee] = {}
        # Names come again with each stay, and their keys cost more than all else in a row.
        self._keys: dict[str, str] = {}

    def add(self, row: ImportRow) -> Attendee:
        key = email_key(row.email) if row.email else self._key_of(row.name)
        attendee = self._by_key.get(key)
        if attendee is None:
            attendee = self._by_key[key] = Attendee(row.name, row.email, row.number)
            attendee.name_key = key[len(BY_NAME) :] if key.startswith(BY_NAME) else ""
        attendee.add(row)
        return attendee

    def _key_of(self, name: str) -> str:
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = f"{BY_NAME}{name_key(name) or name}"
        return known

    @property
    def attendees(self) -> list[Attendee]:
        return list(self._by_key.values())


def match_all(attendees: Iterable[Attendee], roster: Roster) -> list[Match]:
    """A match for each. Similar names are looked for only for the first of those who have none:
    a file of thousands of strangers is the wrong file."""
    known = list(attendees)
    found = [match(attendee, roster) for attendee in known]
    unsure = [at for at, one in enumerate(found) if one.kind == MatchKind.NONE]
    if unsure and roster.entries:
        spellings = Spellings(roster)
        for at in unsure:
            found[at] = spellings.match(known[at].name)
        _doubt_spellings(found)
        for at in [at for at in unsure if found[at].kind == MatchKind.NONE][:MOST_LOOKED_UP]:
            similar = spellings.suggest(known[at].name)
            found[at] = Match(MatchKind.SUGGESTED, suggestions=similar) if similar else found[at]
    return found


def _doubt_spellings(found: list[Match]) -> None:
    """Two in one file who are the same person by spelling may well be two persons: only suggest."""
    taken = Counter(one.registration_id for one in found)
    for at, one in enumerate(found):
        if one.kind == MatchKind.SPELLING and taken[one.registration_id] > 1:
            found[at] = Match(MatchKind.SUGGESTED, suggestions=(one.registration_id or 0,))


def match(attendee: Attendee, roster: Roster) -> Match:
    """Whom an attendee surely is, if that can be told without a person's help."""
    code = _code_in(attendee.name)
    if code in roster.by_code:
        return Match(MatchKind.CODE, roster.by_code[code])
    address = email_key(attendee.email) if attendee.email else ""
    if address in roster.by_address:
        return Match(MatchKind.ADDRESS, roster.by_address[address])
    return _match_name(attendee, roster)


def _code_in(name: str) -> str:
    """A registration code that somebody put into their name; codes hold a digit, names do not."""
    if not _DIGIT.search(name):
        return ""
    for word in name.replace("(", " ").replace(")", " ").split():
        code = clean_code(word)
        if len(code) == CODE_LENGTH == len(word) and set(code) & set(DIGITS):
            return code
    return ""


def _match_name(attendee: Attendee, roster: Roster) -> Match:
    keys = [attendee.name_key or name_key(attendee.name)]
    keys += map(name_key, names_within(attendee.name)[1:])
    found = {number for key in keys if key for number in roster.by_name.get(key, ())}
    if len(found) == 1:
        return Match(MatchKind.NAME, found.pop())
    if found:
        return Match(MatchKind.SUGGESTED, suggestions=tuple(sorted(found)))
    return Match(MatchKind.NONE)


class Spellings:
    """A roster by how its names sound, in Latin and Arabic letters."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._by_key: dict[str, list[tuple[int, Spelling]]] = {}
        self._by_consonants: dict[str, list[int]] = {}
        for number, entry in roster.entries.items():
            for written in names_within(entry.name):
                spelling = spelling_of(written)
                for key in spelling.keys:
                    self._by_key.setdefault(key, []).append((number, spelling))
                self._by_consonants.setdefault(consonants_of(written), []).append(number)

    def match(self, name: str) -> Match:
        """The one person whose name sounds the same; several are only suggested."""
        alike: set[int] = set()
        for written in names_within(name):
            spelling = spelling_of(written)
            near = [known for key in spelling.keys for known in self._by_key.get(key, ())]
            alike |= {number for number, known in near if spelling.is_like(known)}
        if len(alike) == 1:
            return Match(MatchKind.SPELLING, alike.pop())
        if alike:
            return Match(MatchKind.SUGGESTED, suggestions=tuple(sorted(alike))[:MOST_SUGGESTIONS])
        return Match(MatchKind.NONE)

    def suggest(self, name: str) -> tuple[int, ...]:
        """Whose names are similar, as they are written or as they sound; the best first."""
        scores: dict[int, float] = {}
        for written in names_within(name):
            self._score(name_key(written), self._roster.by_name, 1.0, scores)
            self._score(consonants_of(written), self._by_consonants, AS_HEARD, scores)
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return tuple(best[:MOST_SUGGESTIONS])

    @staticmethod
    def _score(
        text: str,
        among: Mapping[str, Iterable[int]],
        weight: float,
        scores: dict[int, float],
    ) -> None:
        """Add how similar a text is to those that people are known by, from 0 to 100."""
        if len(text) < SHORTEST_COMPARED:
            return
        for found, score, _ in process.extract(
            text, list(among), scorer=fuzz.WRatio, score_cutoff=SIMILAR, limit=MOST_SUGGESTIONS
        ):
            for number in among[found]:
                scores[number] = max(score * weight, scores.get(number, 0))
