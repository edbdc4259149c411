"""Who may do what to a report, and when."""

from collections.abc import Iterable

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus


class AuthorCannotApprove(Forbidden):
    message = N_("Somebody else has to approve what you wrote.")


class WrongState(Refused):
    message = N_("This is not possible for a report in this state.")


class UnknownReference(Invalid):
    message = N_("There is no fact called {%(reference)s}.")


class UnsupportedClaim(Invalid):
    message = N_("The answers do not bear out “%(words)s”.")


class ReasonMissing(Invalid):
    message = N_("Say why, so that the author knows what to change.")
    field = "text"


def check_may_write(*, by: Actor) -> None:
    if not by.has(Role.STAFF, Role.EDITOR):
        raise Forbidden


def check_may_approve(report: Report, *, by: Actor) -> None:
    """An editor, and never the author."""
    if not by.has(Role.EDITOR):
        raise Forbidden
    if by.id is not None and report.author_id == by.id:
        raise AuthorCannotApprove


def check_state(report: Report, *allowed: ReportStatus) -> None:
    if report.status not in allowed:
        raise WrongState


def check_references(known: Iterable[str], used: Iterable[str], *, field: str) -> None:
    """Raise UnknownReference for the first fact that the prose names and nobody knows."""
    names = set(known)
    for reference in used:
        if reference[:1].lower() + reference[1:] not in names:
            raise UnknownReference(field=field, reference=reference)
