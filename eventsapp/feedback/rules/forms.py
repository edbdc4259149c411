"""What may be done with a form, when, and by whom."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from eventsapp.core.actor import Actor, Role
from eventsapp.core.dates import day_in
from eventsapp.core.errors import N_, Forbidden, Invalid, NotFound, Refused
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import SMALLEST_BATCH, Access, FormStatus, Late
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.types import Status

LONGEST_VALIDITY = timedelta(days=366)
# As long as phones may repeat what they sent.
TAKE_LATE = timedelta(days=14)
MOST_CARDS_A_SHEET = 500


class FormExists(Refused):
    message = N_("This workshop already has such a form.")


class AccessFixed(Refused):
    message = N_(
        "How the right to answer is handed out is fixed: a promise that was made is not changed."
    )
    field = "access"


class NotADraft(Refused):
    message = N_("The form was opened already.")


class NoQuestions(Refused):
    message = N_("Write at least one question before you open the form.")


class FormNotOpen(Refused):
    message = N_("The form is not open.")


class FormClosed(Refused):
    """For a participant: what was sent came too late, and nobody will read it."""

    message = N_("This form is closed, so your answers could not be received.")


class TooLate(Refused):
    message = N_("This form was closed more than two weeks ago; no more answers are taken.")


class ClosesInThePast(Invalid):
    message = N_("The last day must not be over already.")
    field = "closes_on"


class ClosesTooLate(Invalid):
    message = N_("Choose a last day within a year.")
    field = "closes_on"


class TooFewToMix(Refused):
    message = N_(
        "%(waiting)d answers wait. While the form is open, fewer than %(smallest)d are never mixed."
    )


class UnknownCode(Invalid):
    message = N_("This code is not known. Compare it with your card or your mail.")
    field = "code"


class UnknownQuoteCode(Invalid):
    message = N_("No quote goes with this code, or it was withdrawn already.")
    field = "code"


class AlreadyAnswered(Refused):
    message = N_("This code has been used already: its answers were received.")


class FormChanged(Refused):
    message = N_("The form has changed since you opened it. Check your answers and send again.")


class AskedAlready(Invalid):
    message = N_(
        "“%(question)s” has been asked already: correct its words, or remove it and add another."
    )
    field = "options"


class TooManyCards(Invalid):
    message = N_("Print 1 to %(most)d cards at once.")
    field = "count"


class WrongAccess(Refused):
    message = N_("The right to answer this form is handed out in another way.")


class NotOnPaper(Refused):
    message = N_(
        "Answers on paper are tied to nobody, but this form is answered by personal links, which "
        "say who has answered. Prepare a form that is answered by cards."
    )


class NobodyToInvite(Refused):
    message = N_("There is nobody left to invite: all of them were, or have no mail address.")


def check_may_change(form: FeedbackForm, *, by: Actor) -> None:
    check_may_manage(form.workshop, by=by)


def check_may_read(*, by: Actor) -> None:
    """Whoever works here reads results, in whatever role; suppression protects the few."""
    if not (by.is_signed_in or by.kind == "system"):
        raise Forbidden


def may_pick(*, by: Actor) -> bool:
    """Quotes are part of what is reported."""
    return by.has(Role.ORGANISER, Role.STAFF, Role.EDITOR)


def check_may_pick(*, by: Actor) -> None:
    if not may_pick(by=by):
        raise Forbidden


def check_workshop(workshop: Workshop) -> None:
    if workshop.status == Status.CANCELLED:
        raise Refused(N_("This workshop is cancelled; there is nothing to ask about."))


def check_draft(form: FeedbackForm) -> None:
    if form.status != FormStatus.DRAFT:
        raise NotADraft


def check_open(form: FeedbackForm) -> None:
    if form.status != FormStatus.OPEN:
        raise FormNotOpen


def check_editable(form: FeedbackForm) -> None:
    if form.status == FormStatus.CLOSED:
        raise FormNotOpen(N_("The form is closed; its questions stay as they were asked."))


def check_still_comparable(asked: Sequence[Question], wanted: Sequence[Question]) -> None:
    """A question that was asked keeps its type and the keys of what can be answered."""
    before = {question.key: _answerable(question) for question in asked}
    for question in wanted:
        if before.get(question.key, _answerable(question)) != _answerable(question):
            raise AskedAlready(question=str(question.text))


def _answerable(question: Question) -> tuple[str, ...]:
    offered = type_of(question).choices(question)
    keys = [one.key for one in (*question.options, *question.lines, *offered)]
    return (question.type_key, *keys)


def check_access_changeable(form: FeedbackForm, *, handed_out: int) -> None:
    if handed_out or form.status != FormStatus.DRAFT:
        raise AccessFixed


def check_access(form: FeedbackForm, wanted: Access) -> None:
    if form.access != wanted:
        raise WrongAccess


def check_takes_paper(form: FeedbackForm) -> None:
    if form.access == Access.PERSONAL:
        raise NotOnPaper


def check_closing_day(closes_on: date | None, *, today: date) -> None:
    if closes_on is None:
        return
    if closes_on < today:
        raise ClosesInThePast
    if closes_on > today + LONGEST_VALIDITY:
        raise ClosesTooLate


def check_card_count(count: int) -> None:
    if not 1 <= count <= MOST_CARDS_A_SHEET:
        raise TooManyCards(most=MOST_CARDS_A_SHEET)


class Answerable(Protocol):
    """What decides whether answers are taken: a form, or the right to answer one."""

    @property
    def status(self) -> str: ...
    @property
    def closes_on(self) -> date | None: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def late(self) -> str: ...
    @property
    def timezone(self) -> str: ...


def is_answerable(form: Answerable, *, now: datetime) -> bool:
    """Open, and its last day (in the workshop's zone) is not over; or late answers are held."""
    return is_running(form, now=now) or is_taking_late(form, now=now)


def is_running(form: Answerable, *, now: datetime) -> bool:
    if form.status != FormStatus.OPEN:
        return False
    return form.closes_on is None or day_in(form.timezone, now=now) <= form.closes_on


def is_taking_late(form: Answerable, *, now: datetime) -> bool:
    """For two weeks after closing, where the organiser said so."""
    if form.late != Late.HOLD or form.status != FormStatus.CLOSED or form.closed_at is None:
        return False
    return now <= form.closed_at + TAKE_LATE


def check_may_take_late(form: Answerable, *, now: datetime) -> None:
    """A closed form is not opened again: what was shown of it stays as it was. What comes later
    is held, and joins the results only when enough of it waits."""
    if form.status != FormStatus.CLOSED:
        raise FormNotOpen(N_("Only a closed form has late answers."))
    if form.closed_at is None or now > form.closed_at + TAKE_LATE:
        raise TooLate


def may_take_late(form: Answerable, *, now: datetime) -> bool:
    """Whether to offer it: closed, not too long ago, and not said yet."""
    try:
        check_may_take_late(form, now=now)
    except Refused:
        return False
    return form.late != Late.HOLD


def is_due_to_close(form: Answerable, *, now: datetime) -> bool:
    return form.status == FormStatus.OPEN and not is_running(form, now=now)


def check_version(*, asked: int, seen: int) -> None:
    if asked != seen:
        raise FormChanged


def check_batch(waiting: int) -> None:
    """Fewer answers than this, moved together, would say too much about each."""
    if waiting < SMALLEST_BATCH:
        raise TooFewToMix(waiting=waiting, smallest=SMALLEST_BATCH)


def check_has_form(form: FeedbackForm | None) -> FeedbackForm:
    if form is None:
        raise NotFound(N_("This workshop has no feedback form yet."))
    return form


def today_of(workshop: Workshop, *, now: datetime) -> date:
    return day_in(workshop.timezone, now=now)
