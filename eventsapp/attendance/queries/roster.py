"""The list of a workshop's people: a page of it, narrowed and searched, at any length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries.evidence import live
from eventsapp.attendance.queries.registrations import WHOLE, unmerged
from eventsapp.attendance.rules.roster import is_like_code, needles_of, words_of_search
from eventsapp.attendance.types import TookPart
from eventsapp.core import db
from eventsapp.core.paging import Page, paginate, paginate_found
from eventsapp.workshops.types import Mode


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty fields do not narrow.

    ``took_part`` is ``yes``, ``no`` or a TookPart. ``words`` are looked for in everything that
    people are known by, ``named`` in their names alone.
    """

    words: str = ""
    named: str = ""
    status: str = ""
    mode: str = ""
    took_part: str = ""
    group_id: int | None = None


def list_people(workshop_id: int, wanted: PeopleFilter, *, page: int) -> Page[Registration]:
    """A page of the list, in three queries at most however long it is.

    Which rows it shows is read from one index; only those of the page are loaded.
    """
    ids = _ordered(sa.select(Registration.id), workshop_id, wanted)
    is_search = bool(wanted.words or wanted.named)
    found: Page[int] = (paginate_found if is_search else paginate)(ids, page=page)
    loaded = db.session().scalars(
        sa.select(Registration).where(Registration.id.in_(found.rows)).options(*WHOLE)
    )
    known = {registration.id: registration for registration in loaded}
    rows = [known[number] for number in found.rows]
    return Page(rows=rows, number=found.number, pages=found.pages, total=found.total)


def registrations_for_export(workshop_id: int, wanted: PeopleFilter) -> Sequence[Registration]:
    whole = sa.select(Registration).options(*WHOLE)
    return db.session().scalars(_ordered(whole, workshop_id, wanted)).all()


def _ordered(chosen: sa.Select[Any], workshop_id: int, wanted: PeopleFilter) -> sa.Select[Any]:
    """Those wanted of a workshop, by their names."""
    return chosen.where(
        Registration.workshop_id == workshop_id, unmerged(), *people_conditions(wanted)
    ).order_by(Registration.list_key, Registration.id)


def people_conditions(wanted: PeopleFilter) -> list[sa.ColumnElement[bool]]:
    """What a filter asks of a registration."""
    exact = {
        Registration.status: wanted.status,
        Registration.mode: wanted.mode,
        Registration.group_id: wanted.group_id,
    }
    found: list[sa.ColumnElement[bool]] = [
        column == value for column, value in exact.items() if value
    ]
    if wanted.took_part:
        found.append(_took_part(wanted.took_part))
    found += matches_words(wanted.words)
    found += [_holds(Registration.name_key, word) for word in words_of_search(wanted.named)]
    return found


def matches_words(words: str) -> list[sa.ColumnElement[bool]]:
    """Every word fits something of them: a part of the name, address or institution, or the
    whole code."""
    return [_match(word) for word in words_of_search(words)]


def _match(word: str) -> sa.ColumnElement[bool]:
    fits = _holds(Registration.search_key, word)
    return sa.or_(fits, Registration.code == word.upper()) if is_like_code(word) else fits


def _holds(key: InstrumentedAttribute[str], word: str) -> sa.ColumnElement[bool]:
    ways = needles_of(word)
    return sa.or_(
        sa.false(),
        *(sa.and_(*(db.has_part(key, part) for part in way)) for way in ways),
    )


def _took_part(how: str) -> sa.ColumnElement[bool]:
    in_person, online = _has_evidence(Mode.IN_PERSON), _has_evidence(Mode.ONLINE)
    meanings = {
        "yes": sa.or_(in_person, online),
        "no": sa.not_(sa.or_(in_person, online)),
        TookPart.IN_PERSON: sa.and_(in_person, sa.not_(online)),
        TookPart.ONLINE: sa.and_(online, sa.not_(in_person)),
        TookPart.BOTH: sa.and_(in_person, online),
    }
    return meanings.get(how, sa.true())


def _has_evidence(mode: Mode) -> sa.ColumnElement[bool]:
    return (
        sa.select(AttendanceRecord.id)
        .where(AttendanceRecord.registration_id == Registration.id, live())
        .where(AttendanceRecord.mode == mode)
        .exists()
    )
