"""Papers of attendance: which days have a list to sign, and who deserves a certificate."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventsapp.attendance.types import CertificateTerms, Presence, TookPart
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status

MOST_DAYS = 60
SCAN_BYTES = 20 * 1024 * 1024
# By their first bytes, never by their name: what a scanner or a phone writes.
_SCANS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}


class NotADay(Invalid):
    message = N_("This is not a day of the workshop.")
    field = "day"


class NotAScan(Invalid):
    message = N_("Choose a scan as PDF, JPEG or PNG, of at most 20 MB.")
    field = "file"


class NoCertificates(Refused):
    message = N_("This workshop gives no certificates.")


class TooEarly(Refused):
    message = N_("Certificates are given once the workshop is over.")


class NotEnoughAttendance(Refused):
    message = N_("The attendance noted so far is less than the certificate needs.")


class CertificateWithdrawn(Refused):
    message = N_("This certificate was withdrawn. Ask the organiser.")


def days_of(workshop: Workshop) -> list[date]:
    """The local days of a workshop, the first sixty of them."""
    zone = ZoneInfo(workshop.timezone)
    first = workshop.starts_at.astimezone(zone).date()
    # A workshop that ends at midnight has no list for the day that begins then.
    last = (workshop.ends_at - timedelta(seconds=1)).astimezone(zone).date()
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]


def check_day(workshop: Workshop, day: str) -> date:
    """The day that the text names; raises NotADay."""
    found = {known.isoformat(): known for known in days_of(workshop)}.get(day)
    if found is None:
        raise NotADay
    return found


def start_of(workshop: Workshop, day: date) -> datetime:
    """When a day of the workshop begins: on its first day with the workshop itself."""
    zone = ZoneInfo(workshop.timezone)
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    sessions = [
        session.starts_at
        for session in workshop.sessions
        if session.starts_at.astimezone(zone).date() == day
    ]
    return min(sessions, default=max(begins, workshop.starts_at))


def suffix_of_scan(data: bytes) -> str:
    """The kind of file a scan is; raises NotAScan."""
    if 0 < len(data) <= SCAN_BYTES:
        for start, suffix in _SCANS.items():
            if data.startswith(start):
                return suffix
    raise NotAScan


def deserves(presence: Presence | None, terms: CertificateTerms) -> bool:
    if presence is None or presence.took_part is None or presence.days < terms.min_days:
        return False
    if presence.took_part != TookPart.ONLINE:
        return True
    return (presence.online_minutes or 0) >= terms.min_online_minutes


def check_may_certify(
    workshop: Workshop, presence: Presence | None, terms: CertificateTerms, *, now: datetime
) -> Presence:
    """What the certificate says; raises a refusal that says why there is none."""
    if not terms.is_offered or workshop.status == Status.CANCELLED:
        raise NoCertificates
    if now < workshop.ends_at:
        raise TooEarly
    if presence is None or not deserves(presence, terms):
        raise NotEnoughAttendance
    return presence
