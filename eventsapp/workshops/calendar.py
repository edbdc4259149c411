"""A workshop as a calendar entry (RFC 5545): public, or an invitation to one person (RFC 5546)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

from eventsapp.core.texts import Texts, in_line
from eventsapp.edge.mail import absolute_url
from eventsapp.edge.settings import current_settings
from eventsapp.web.countries import country_name
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
# Calendars need the zone's rules around the event, not since 1970.
ZONE_MARGIN = timedelta(days=366)
FEED_ASKED = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for. ``join_link`` is private: only for those who take part online."""

    name: str
    email: str
    join_link: str = ""
    online: bool = False


def workshop_uid(workshop: Workshop) -> str:
    """The same in every calendar and for ever, so that a change meets the entry it changes."""
    return f"{workshop.ref.lower()}@{urlsplit(current_settings().base_url).hostname}"


def workshop_calendar(
    workshop: Workshop,
    *,
    lang: str,
    method: Method = "PUBLISH",
    sequence: int | None = None,
    stamp: datetime | None = None,
    invited: Invited | None = None,
) -> bytes:
    """The entry in one language. Equal arguments give equal bytes.

    ``sequence`` and ``stamp`` are those of the workshop itself unless the entry is one person's.
    """
    calendar = _calendar(method)
    event = _event(workshop, lang, invited)
    if invited is not None and method != "PUBLISH":
        _invite(event, invited)
    _add_state(event, workshop, sequence=sequence, stamp=stamp, cancelled=method == "CANCEL")
    calendar.add_component(event)
    return _written(calendar, [workshop])


def feed_calendar(workshops: Sequence[Workshop], *, lang: str) -> bytes:
    """Many public entries in one calendar, for programs that ask again and again."""
    calendar = _calendar("PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, current_settings().organisation)
    calendar.add("refresh-interval", FEED_ASKED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(FEED_ASKED))
    for workshop in workshops:
        event = _event(workshop, lang, None)
        _add_state(event, workshop)
        calendar.add_component(event)
    return _written(calendar, workshops)


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//eventsapp//{current_settings().organisation}//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _add_state(
    event: Event,
    workshop: Workshop,
    *,
    sequence: int | None = None,
    stamp: datetime | None = None,
    cancelled: bool = False,
) -> None:
    event.add("dtstamp", stamp or workshop.changed_at)
    event.add("sequence", workshop.calendar_sequence if sequence is None else sequence)
    is_off = cancelled or workshop.status == Status.CANCELLED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")


def _written(calendar: Calendar, workshops: Sequence[Workshop]) -> bytes:
    """With the rules of every zone that is used, as far as the entries need them."""
    if workshops:
        first = min(workshop.starts_at for workshop in workshops) - ZONE_MARGIN
        last = max(workshop.ends_at for workshop in workshops) + ZONE_MARGIN
        calendar.add_missing_timezones(first.date(), last.date())
    return bytes(calendar.to_ical())


def _event(workshop: Workshop, lang: str, invited: Invited | None) -> Event:
    zone = ZoneInfo(workshop.timezone)
    page = absolute_url("workshops.show", ref=workshop.ref)
    event = Event()
    event.add("uid", workshop_uid(workshop))
    event.add("dtstart", workshop.starts_at.astimezone(zone))
    event.add("dtend", workshop.ends_at.astimezone(zone))
    event.add("last-modified", workshop.changed_at)
    _add_text(event, "summary", workshop.title, lang)
    event.add("description", _description(workshop, lang, page, invited))
    event.add("url", page)
    if location := _location(workshop, lang, invited):
        event.add("location", location)
    event.add("organizer", _organiser())
    if invited is not None and invited.join_link:
        event.add("conference", vUri(invited.join_link), parameters={"FEATURE": "VIDEO"})
    return event


def _add_text(event: Event, name: str, texts: Texts, lang: str) -> None:
    text, found = texts.choose(lang)
    value = vText(text)
    value.params["LANGUAGE"] = found
    event.add(name, value)


def _description(workshop: Workshop, lang: str, page: str, invited: Invited | None) -> str:
    zone = ZoneInfo(workshop.timezone)
    is_online = invited is not None and invited.online and bool(invited.join_link)
    lines = []
    for item in workshop.sessions:
        start, end = item.starts_at.astimezone(zone), item.ends_at.astimezone(zone)
        room = f", {item.place}" if item.place and not is_online else ""
        lines.append(f"{start:%H:%M}–{end:%H:%M} {item.title.text(lang)}{room}")
        if is_online and item.join_link:
            lines.append(item.join_link)
    links = [invited.join_link] if invited and invited.join_link else []
    return "\n".join([*links, *lines, page])


def _location(workshop: Workshop, lang: str, invited: Invited | None) -> str:
    """Where this reader goes: the call for somebody online, else the venue."""
    if invited is not None and invited.online:
        return invited.join_link
    country = country_name(workshop.country_code, lang) if workshop.country_code else ""
    parts = [workshop.venue, workshop.address, workshop.city.text(lang), country]
    return in_line(parts, lang)


def _organiser() -> vCalAddress:
    settings = current_settings()
    organiser = vCalAddress(f"mailto:{parseaddr(settings.mail_from)[1]}")
    organiser.params["CN"] = settings.organisation
    return organiser


def _invite(event: Event, invited: Invited) -> None:
    attendee = vCalAddress(f"mailto:{invited.email}")
    attendee.params["CN"] = invited.name
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    # They said so when they registered: asking again would only send mail to nobody.
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)
