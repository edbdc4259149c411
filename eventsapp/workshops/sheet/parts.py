"""The agenda and the teams of a workshop as rows of a sheet: one session and one member a row."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from zoneinfo import ZoneInfo

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.edge.tables import Cell
from eventsapp.workshops.models import Venue, Workshop, WorkshopSession
from eventsapp.workshops.rules.reading_parts import SESSION_LINK, presenters_in_words
from eventsapp.workshops.types import Mode

TIME = "%Y-%m-%d %H:%M"


def in_each_language(name: str, texts: Texts) -> dict[str, Cell]:
    return {f"{name}_{lang}": texts.find(lang) or "" for lang in LANGUAGES}


def wall_clock(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime(TIME)


def rows_of_parts(workshop: Workshop) -> list[dict[str, Cell]]:
    """At least one row, the cells by the names of their columns."""
    agenda, people = list(_agenda(workshop)), list(_people(workshop))
    nothing: dict[str, Cell] = {}
    pairs = zip_longest(agenda or [nothing], people, fillvalue=nothing)
    return [session | member for session, member in pairs]


def _agenda(workshop: Workshop) -> Iterator[dict[str, Cell]]:
    zone = ZoneInfo(workshop.timezone)
    for session in workshop.sessions:
        yield _session(session, zone)
    used = {session.venue for session in workshop.sessions}
    for venue in workshop.venues:
        if venue not in used:
            yield _venue(venue)


def _session(session: WorkshopSession, zone: ZoneInfo) -> dict[str, Cell]:
    return {
        **in_each_language("session_title", session.title),
        "session_starts_at": wall_clock(session.starts_at, zone),
        "session_ends_at": wall_clock(session.ends_at, zone),
        "session_room": session.room,
        **(_venue(session.venue) if session.venue else {}),
        "session_presenters": presenters_in_words(
            (one.member.name, one.how, Mode(one.member.mode)) for one in session.presenters
        ),
        SESSION_LINK: session.join_link or "",
    }


def _venue(venue: Venue) -> dict[str, Cell]:
    return {"session_venue": venue.name, "session_venue_address": venue.address}


def _people(workshop: Workshop) -> Iterator[dict[str, Cell]]:
    """A team is named where it begins; one without members has a row of its own."""
    for team in workshop.teams:
        named = in_each_language("team", team.name)
        if not team.members:
            yield named
        for member in team.members:
            yield {
                **named,
                "member": member.name,
                "member_function": member.function,
                "member_mode": member.mode,
            }
            named = {}
