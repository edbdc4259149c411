"""Letters that go out by the clock or at the organiser's word, and the organiser's own wording."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from eventsapp.attendance.models import MailWording, TimedLetter
from eventsapp.attendance.queries import list_due_ids, list_unanswered_ids, setup_of
from eventsapp.attendance.queries.invitations import is_undelivered, list_to_invite_again
from eventsapp.attendance.rules import letters as rules
from eventsapp.attendance.rules.letters import Due
from eventsapp.attendance.rules.registering import (
    ChangeNotPossible,
    check_not_cancelled,
    check_not_over,
    message_about,
)
from eventsapp.attendance.service.notices import notify, record_mail
from eventsapp.attendance.service.seats import lock_registration
from eventsapp.attendance.types import Message, Wording
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.service import lock_workshop

# As many rows as one statement carries on every database.
CHUNK = 500


@transaction
def record_due_letters(workshop_id: int, due: Due, *, now: datetime) -> int:
    """Record a letter to everybody whose turn it is; how many. Doing it again records nothing."""
    workshop = lock_workshop(workshop_id)
    setup = setup_of(workshop_id)
    return _record_once(list_due_ids(workshop, due, setup), due, now=now)


@transaction
def remind_invited(workshop_id: int, *, by: Actor, now: datetime) -> int:
    """Ask those again who were invited and have not answered, once a day; how many were asked."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    check_not_cancelled(workshop)
    check_not_over(workshop, now=now)
    today = rules.day_of(workshop, now=now)
    waiting = list_unanswered_ids(workshop_id, before=_midnight(workshop, now=now))
    count = _record_once(waiting, Due(Message.INVITED_AGAIN, today), now=now)
    audit.record(
        "registration.invited_reminded",
        f"workshop:{workshop_id}",
        by=by,
        now=now,
        detail={"count": count},
    )
    return count


@transaction
def send_invitations_again(workshop_id: int, *, by: Actor, now: datetime) -> int:
    """Send those invitations again that did not arrive, where mail reaches by now; how many."""
    workshop = lock_workshop(workshop_id)
    check_may_manage(workshop, by=by)
    check_not_cancelled(workshop)
    check_not_over(workshop, now=now)
    chosen = list_to_invite_again(workshop_id)
    for registration_id in chosen:
        record_mail(registration_id, Message.INVITED, now=now)
    audit.record(
        "registration.invitations_sent_again",
        f"workshop:{workshop_id}",
        by=by,
        now=now,
        detail={"count": len(chosen)},
    )
    return len(chosen)


@transaction
def send_last_again(registration_id: int, *, by: Actor, now: datetime) -> None:
    """Tell one person again where they stand, after a mail of that kind did not arrive."""
    registration = lock_registration(registration_id)
    check_may_manage(registration.workshop, by=by)
    message = message_about(registration)
    if message is None or not is_undelivered(registration_id):
        raise ChangeNotPossible
    notify(registration, message, now=now)
    audit.record("registration.mail_sent_again", f"registration:{registration_id}", by=by, now=now)


def _midnight(workshop: Workshop, *, now: datetime) -> datetime:
    """The start of today at the workshop's place."""
    there = now.astimezone(ZoneInfo(workshop.timezone))
    return there.replace(hour=0, minute=0, second=0, microsecond=0)


def _record_once(registration_ids: Sequence[int], due: Due, *, now: datetime) -> int:
    """The row says that it was recorded, in the transaction of its job: there are both or none."""
    recorded: list[int] = []
    for start in range(0, len(registration_ids), CHUNK):
        rows = [
            {
                "registration_id": registration_id,
                "message": due.message,
                "occasion": due.occasion,
                "recorded_at": now,
            }
            for registration_id in registration_ids[start : start + CHUNK]
        ]
        statement = (
            db.insert_for(TimedLetter)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["registration_id", "message", "occasion"])
            .returning(TimedLetter.registration_id)
        )
        recorded.extend(db.session().scalars(statement))
    for registration_id in sorted(recorded):
        record_mail(registration_id, due.message, now=now)
    return len(recorded)


@transaction
def word_mail(
    workshop_id: int,
    message: Message,
    lang: str,
    wording: Wording,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Keep the organiser's words for a mail; empty words bring back the usual ones.

    Raises Stale when somebody else saved first.
    """
    check_may_manage(lock_workshop(workshop_id), by=by)
    rules.check_wording(wording)
    session = db.session()
    row = session.get(MailWording, (workshop_id, message, lang))
    if (row.version if row else 0) != wording.version:
        raise Stale
    if row is None:
        row = MailWording(workshop_id=workshop_id, message=message, lang=lang)
    row.subject, row.opening = wording.subject.strip(), wording.opening.strip()
    if row.subject or row.opening:
        session.add(row)
    elif row.version:
        session.delete(row)
    audit.record(
        "registration.mail_worded",
        f"workshop:{workshop_id}",
        by=by,
        now=now,
        detail={"message": message, "lang": lang},
    )
