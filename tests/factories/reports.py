"""The sample's workshop with people and feedback, and reports on their way."""

from datetime import datetime

from eventsapp.accounts import service as accounts
from eventsapp.accounts.types import DEMO_USERS, UserDraft
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.overview.sample import load
from eventsapp.reports import queries, service
from eventsapp.reports.models import Report, Snapshot
from eventsapp.workshops.models import Workshop

NOW = load.REPORTED


def hold_sample() -> Workshop:
    """The sample up to the day of the report: people came, feedback is closed."""
    for user in DEMO_USERS:
        draft = UserDraft(user.email, user.name, user.roles)
        accounts.create_user(draft, by=SYSTEM, now=load.ANNOUNCED)
    return load.hold_workshop(load.register_project())


def staff() -> Actor:
    return load.demo_actor("staff")


def editor() -> Actor:
    return load.demo_actor("editor")


def drafts(workshop: Workshop, lang: str = "en") -> dict[str, str]:
    """What each section says of itself."""
    return queries.current_prose(None, queries.live_sheet(workshop, lang))


def save(workshop: Workshop, *, by: Actor, version: int, lang: str = "en", **prose: str) -> Report:
    return service.save_prose(workshop.id, lang, prose, version=version, by=by, now=NOW)


def submit(workshop: Workshop, *, by: Actor = SYSTEM) -> Report:
    report = queries.find_report(workshop.id)
    version = report.version if report else 0
    return service.submit_report(workshop.id, version=version, by=by, now=NOW)


def approve(workshop: Workshop, *, by: Actor = SYSTEM, now: datetime = NOW) -> Snapshot:
    version = queries.get_report(workshop.id).version
    return service.approve_report(workshop.id, version=version, by=by, now=now)
