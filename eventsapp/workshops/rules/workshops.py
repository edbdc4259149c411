"""What a workshop must be like, who may touch it, and which way its status may go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from eventsapp.accounts.models import User
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, NotFound, Refused, Word
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import (
    PUBLIC_STATUSES,
    Format,
    Mode,
    SessionDraft,
    Status,
    WorkshopDraft,
)

LONGEST = timedelta(days=60)
MODES_OF = {
    Format.IN_PERSON: frozenset({Mode.IN_PERSON}),
    Format.HYBRID: frozenset(Mode),
    Format.ONLINE: frozenset({Mode.ONLINE}),
}
# Which status may follow which by the organiser's hand. "Reported" comes from the first edition
# issued; cancelling and its undoing tell people, so they are use cases of their own.
NEXT: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.ANNOUNCED, Status.OPEN}),
    Status.ANNOUNCED: frozenset({Status.DRAFT, Status.OPEN}),
    Status.OPEN: frozenset({Status.ANNOUNCED, Status.CLOSED, Status.HELD}),
    Status.CLOSED: frozenset({Status.OPEN, Status.HELD}),
    Status.HELD: frozenset({Status.CLOSED}),
    Status.REPORTED: frozenset({Status.HELD}),
    Status.CANCELLED: frozenset(),
}
CAN_BE_CALLED_OFF = frozenset({Status.DRAFT, Status.ANNOUNCED, Status.OPEN, Status.CLOSED})


class EndsBeforeStart(Invalid):
    message = N_("The end must come after the start.")
    field = "ends_at"


class TooLong(Invalid):
    message = N_("A workshop lasts at most 60 days; make a series of longer ones.")
    field = "ends_at"


class UnknownZone(Invalid):
    message = N_("There is no time zone called %(zone)s.")
    field = "timezone"


class SkippedHour(Invalid):
    message = N_("This time does not exist in %(zone)s: the clocks go forward over it.")


class SeatsMissing(Invalid):
    message = N_("Say how many people can take part.")


class SeatsBelowTaken(Invalid):
    message = N_("%(taken)d people already hold these seats; the number cannot be lower.")


class PlaceMissing(Invalid):
    message = N_("Say where people come together.")


class OutsideWorkshop(Invalid):
    message = N_("This session is not within the dates of the workshop.")


class UnknownVenue(Invalid):
    message = N_("This place is not one of the workshop.")


class VenueInUse(Refused):
    message = N_("“%(name)s” cannot be removed: the session “%(session)s” takes place there.")
    field = "venues"


class NoCopyDate(Invalid):
    message = N_("Give at least one date.")
    field = "days-0"


class SameDateTwice(Invalid):
    message = N_("The same date stands here twice.")
    field = "days-0"


class CannotTakeOver(Invalid):
    message = N_("This person cannot run workshops.")
    field = "user_id"


class TopicThere(Refused):
    message = N_("This topic is on the list already.")
    field = "name-en"


class SameTopic(Invalid):
    message = N_("Choose another topic.")
    field = "into"


class TopicInUse(Refused):
    message = N_("Workshops are about this topic (%(count)d); it stays on the list.")


class NotYetHeld(Refused):
    message = N_("It has not started yet, so it cannot have been held.")


# How pages call each state.
STATUS_WORDS = {
    Status.DRAFT: N_("draft"),
    Status.ANNOUNCED: N_("announced"),
    Status.OPEN: N_("registration open"),
    Status.CLOSED: N_("registration closed"),
    Status.HELD: N_("held"),
    Status.REPORTED: N_("reported"),
    Status.CANCELLED: N_("cancelled"),
}


class StatusNotPossible(Refused):
    message = N_("This is not possible: the state of the workshop is “%(status)s”.")


def check_draft(draft: WorkshopDraft, *, taken: dict[Mode, int] | None = None) -> None:
    """Raise the first refusal, each naming its field; ``taken`` are the seats already given."""
    zone = check_zone(draft.timezone)
    check_exists(draft.starts_at, zone, field="starts_at")
    check_exists(draft.ends_at, zone, field="ends_at")
    if draft.ends_at <= draft.starts_at:
        raise EndsBeforeStart
    if draft.ends_at - draft.starts_at > LONGEST:
        raise TooLong
    _check_place(draft)
    _check_seats(draft, taken or {})
    for index, session in enumerate(draft.sessions):
        _check_session(session, draft, zone, f"sessions-{index}")


def check_zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        raise UnknownZone(zone=name)
    return ZoneInfo(name)


def check_exists(wall_clock: datetime, zone: ZoneInfo, *, field: str) -> None:
    """Refuse a wall-clock time that the zone skips; of a doubled hour the first one is meant."""
    there = to_utc(wall_clock, zone)
    if there.astimezone(zone).replace(tzinfo=None) != wall_clock:
        raise SkippedHour(field=field, zone=zone.key)


def to_utc(wall_clock: datetime, zone: ZoneInfo) -> datetime:
    return wall_clock.replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))


def _check_place(draft: WorkshopDraft) -> None:
    if draft.format == Format.ONLINE:
        return
    if not draft.city:
        raise PlaceMissing(field="city-en")
    if not draft.country_code:
        raise PlaceMissing(N_("Say in which country people come together."), field="country_code")


def _check_seats(draft: WorkshopDraft, taken: dict[Mode, int]) -> None:
    for mode, seats in seats_of(draft).items():
        field = f"seats_{mode}"
        if seats < taken.get(mode, 0):
            raise SeatsBelowTaken(field=field, taken=taken[mode])
        if mode in MODES_OF[draft.format] and seats < 1:
            raise SeatsMissing(field=field)


def seats_of(draft: WorkshopDraft) -> dict[Mode, int]:
    """Seats per mode; a mode that the format has not has none."""
    given = {Mode.IN_PERSON: draft.seats_in_person, Mode.ONLINE: draft.seats_online}
    return {mode: given[mode] if mode in MODES_OF[draft.format] else 0 for mode in Mode}


def _check_session(
    session: SessionDraft, draft: WorkshopDraft, zone: ZoneInfo, prefix: str
) -> None:
    check_exists(session.starts_at, zone, field=f"{prefix}-starts_at")
    check_exists(session.ends_at, zone, field=f"{prefix}-ends_at")
    if session.ends_at <= session.starts_at:
        raise EndsBeforeStart(field=f"{prefix}-ends_at")
    if session.venue is not None and not 0 <= session.venue < len(draft.venues):
        raise UnknownVenue(field=f"{prefix}-venue")
    if session.starts_at < draft.starts_at or session.ends_at > draft.ends_at:
        raise OutsideWorkshop(field=f"{prefix}-starts_at")


def check_status_change(workshop: Workshop, to: Status, *, now: datetime) -> None:
    if to not in NEXT[Status(workshop.status)]:
        raise StatusNotPossible(status=Word(STATUS_WORDS[Status(workshop.status)]))
    if to == Status.HELD and now < workshop.starts_at:
        raise NotYetHeld


def check_copies(first_days: Sequence[date]) -> None:
    if not first_days:
        raise NoCopyDate
    if len(set(first_days)) < len(first_days):
        raise SameDateTwice


def check_may_take_over(colleague: User, workshop: Workshop) -> None:
    runs = any(role.name in {Role.ORGANISER, Role.ADMIN} for role in colleague.roles)
    if not colleague.active or not runs or colleague.id == workshop.owner_id:
        raise CannotTakeOver


def check_topics_differ(topic_id: int, into_id: int) -> None:
    if topic_id == into_id:
        raise SameTopic


def check_topic_unused(count: int) -> None:
    if count:
        raise TopicInUse(count=count)


def check_may_call_off(workshop: Workshop) -> None:
    if workshop.status not in CAN_BE_CALLED_OFF:
        raise StatusNotPossible(status=Word(STATUS_WORDS[Status(workshop.status)]))


def check_may_call_on(workshop: Workshop) -> None:
    if workshop.status != Status.CANCELLED:
        raise StatusNotPossible(status=Word(STATUS_WORDS[Status(workshop.status)]))


def status_after_calling_on(workshop: Workshop) -> Status:
    """As it was; but registration that was open stays closed until somebody opens it again."""
    was = Status(workshop.cancelled_from or Status.CLOSED)
    return Status.CLOSED if was == Status.OPEN else was


def may_manage(workshop: Workshop, *, by: Actor) -> bool:
    """Its own organiser and administrators run a workshop."""
    owns = by.id is not None and workshop.owner_id == by.id
    return Role.ADMIN in by.roles or (owns and Role.ORGANISER in by.roles)


def check_may_manage(workshop: Workshop, *, by: Actor) -> None:
    if not may_manage(workshop, by=by):
        raise Forbidden(N_("Only the organiser of this workshop may do this."))


def may_see(workshop: Workshop, *, by: Actor) -> bool:
    """Everybody sees what is announced; those who work here see drafts too."""
    return workshop.status in PUBLIC_STATUSES or by.is_signed_in or by.kind == "system"


def check_may_see(workshop: Workshop, *, by: Actor) -> None:
    if not may_see(workshop, by=by):
        raise NotFound


def missing_parts(workshop: Workshop) -> list[str]:
    """What a workshop still lacks before it can be announced and reported well, as step names."""
    parts = {
        "purpose": workshop.objectives and workshop.rationale,
        "agenda": workshop.sessions,
        "teams": workshop.teams,
    }
    return [name for name, there in parts.items() if not there]
