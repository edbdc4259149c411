"""What a row of a sheet says beside the workshop: a session, a place, a presenter.

The first row of a workshop describes it; each row may carry one session and one member of a team,
so the rows that follow with nothing but these belong to the workshop above.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.workshops.rules.reading import (
    CellMissing,
    Known,
    listed,
    read_cells,
    read_link,
    read_row,
    read_texts,
    read_time,
)
from eventsapp.workshops.rules.workshops import check_draft
from eventsapp.workshops.types import MemberDraft, Mode, SessionDraft, TeamDraft, VenueDraft
from eventsapp.workshops.types import WorkshopDraft as Draft

SESSION_COLUMNS = (
    *(f"session_title_{lang}" for lang in LANGUAGES),
    "session_starts_at",
    "session_ends_at",
    "session_room",
    "session_venue",
    "session_venue_address",
    "session_presenters",
)
SESSION_LINK = "session_join_link"
TEAM_COLUMNS = (
    *(f"team_{lang}" for lang in LANGUAGES),
    "member",
    "member_function",
    "member_mode",
)
PART_COLUMNS = frozenset((*SESSION_COLUMNS, SESSION_LINK, *TEAM_COLUMNS))
# Not the workshop's own description: repeated on every row, or left out.
_NO_DESCRIPTION = PART_COLUMNS | {"ref", "status"}
_HOW = re.compile(r"(?P<name>.*\S)\s*\((?P<mode>in_person|online)\)", re.DOTALL)
_AT_FAULT = re.compile(r"sessions-(\d+)-(\w+)")


class NotAMode(Invalid):
    message = N_("Write in_person or online.")
    field = "member_mode"


class TeamMissing(Invalid):
    message = N_("Name the team of this person.")
    field = "team_en"


class UnknownPresenter(Invalid):
    message = N_("Nobody called %(name)s is in a team of this workshop.")
    field = "session_presenters"


@dataclass(frozen=True, slots=True)
class Presents:
    """Who presents a session of the draft, by their places in it."""

    session: int
    team: int
    member: int
    mode: Mode


class RowRefused(Exception):
    """A refusal, and which of the workshop's rows it is about, counted from 0."""

    def __init__(self, row: int, refused: Refused) -> None:
        super().__init__(str(refused))
        self.row, self.refused = row, refused


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one row says."""

    session: SessionDraft | None
    venue: VenueDraft | None
    presenters: tuple[str, ...]
    team: Texts
    member: MemberDraft | None


def belongs_above(row: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether a row continues the workshop of the rows above: it says nothing about a workshop, or
    the very same."""
    if not any(row.get(name, "").strip() for name in PART_COLUMNS):
        return False
    described = {name: text for name, text in row.items() if name not in _NO_DESCRIPTION}
    is_silent = not any(text.strip() for text in described.values())
    return is_silent or all(above.get(name, "") == text for name, text in described.items())


def read_workshop(
    rows: Sequence[Mapping[str, str]], known: Known
) -> tuple[Draft, tuple[Presents, ...]]:
    """The workshop of the first row, with the agenda and the teams of all; raises RowRefused."""
    at = 0
    parts: list[_Parts] = []
    try:
        draft = read_row(rows[0], known)
        for row in rows:
            at = len(parts)
            parts.append(_read(row, has_team=any(one.team for one in parts)))
        draft = _with_parts(draft, parts)
        numbers = [number for number, one in enumerate(parts) if one.session is not None]
        presents: list[Presents] = []
        for index, number in enumerate(numbers):
            at = number
            presents += _presents(index, parts[at].presenters, draft.teams)
    except Refused as refused:
        raise RowRefused(at, refused) from None
    _check(draft, numbers)
    return draft, tuple(presents)


def _check(draft: Draft, numbers: Sequence[int]) -> None:
    try:
        check_draft(draft)
    except Refused as refused:
        found = _AT_FAULT.fullmatch(refused.field)
        if found is None:
            raise RowRefused(0, refused) from None
        refused.field = f"session_{found[2]}"
        raise RowRefused(numbers[int(found[1])], refused) from None


def _read(row: Mapping[str, str], *, has_team: bool) -> _Parts:
    cells = read_cells({name: text for name, text in row.items() if name in PART_COLUMNS})
    team, member = read_texts(cells, "team"), _member(cells)
    if member is not None and not (team or has_team):
        raise TeamMissing
    return _Parts(_session(cells), _venue(cells), _listed_presenters(cells), team, member)


def _session(cells: Mapping[str, str]) -> SessionDraft | None:
    title = read_texts(cells, "session_title")
    given = [name for name in ("session_starts_at", "session_ends_at") if cells.get(name)]
    if not title and not given:
        return None
    if not title:
        raise CellMissing(field="session_title_en")
    return SessionDraft(
        title=title,
        starts_at=read_time(cells, "session_starts_at"),
        ends_at=read_time(cells, "session_ends_at"),
        room=cells.get("session_room", ""),
        join_link=read_link(cells, SESSION_LINK),
    )


def _venue(cells: Mapping[str, str]) -> VenueDraft | None:
    name = cells.get("session_venue", "")
    return VenueDraft(name, cells.get("session_venue_address", "")) if name else None


def _listed_presenters(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(listed(cells, "session_presenters"))


def _member(cells: Mapping[str, str]) -> MemberDraft | None:
    name = cells.get("member", "")
    if not name:
        return None
    try:
        mode = Mode(cells.get("member_mode", "").casefold() or Mode.IN_PERSON)
    except ValueError:
        raise NotAMode from None
    return MemberDraft(name, mode, cells.get("member_function", ""))


def _with_parts(draft: Draft, parts: Sequence[_Parts]) -> Draft:
    venues = _venues(parts)
    sessions = [
        replace(one.session, venue=_place_of(one.venue, venues))
        for one in parts
        if one.session is not None
    ]
    return replace(draft, venues=venues, sessions=tuple(sessions), teams=_teams(parts))


def _venues(parts: Sequence[_Parts]) -> tuple[VenueDraft, ...]:
    """Each place once; its address need not be repeated."""
    found: dict[str, VenueDraft] = {}
    for one in parts:
        if one.venue is not None:
            known = found.get(one.venue.name)
            found[one.venue.name] = known if known and known.address else one.venue
    return tuple(found.values())


def _place_of(venue: VenueDraft | None, venues: Sequence[VenueDraft]) -> int | None:
    if venue is None:
        return None
    return next(number for number, one in enumerate(venues) if one.name == venue.name)


def _teams(parts: Sequence[_Parts]) -> tuple[TeamDraft, ...]:
    """A team stays the one above until another is named."""
    teams: list[TeamDraft] = []
    for one in parts:
        if one.team and not (teams and teams[-1].name == one.team):
            teams.append(TeamDraft(one.team))
        if one.member is not None:
            teams[-1] = replace(teams[-1], members=(*teams[-1].members, one.member))
    return tuple(teams)


def _presents(
    session: int, presenters: Sequence[str], teams: Sequence[TeamDraft]
) -> Iterator[Presents]:
    people = {
        member.name.casefold(): (number, place, member.mode)
        for number, team in reversed(list(enumerate(teams)))
        for place, member in reversed(list(enumerate(team.members)))
    }
    for written in presenters:
        how = _HOW.fullmatch(written)
        name = how["name"] if how else written
        # A name may itself end like a mode.
        found = people.get(name.casefold()) or people.get(written.casefold())
        if found is None:
            raise UnknownPresenter(name=name)
        team, member, usual = found
        yield Presents(session, team, member, Mode(how["mode"]) if how else usual)


def presenters_in_words(names: Iterable[tuple[str, Mode, Mode]]) -> str:
    """Who presents a session, as a cell: name, how they present it, and how they usually take
    part."""
    return "; ".join(name if how == usual else f"{name} ({how})" for name, how, usual in names)
