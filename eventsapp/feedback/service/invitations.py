"""Handing out the right to answer: cards that are tied to nobody, and mailed links."""

import secrets
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.edge.jobs import enqueue
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.feedback.rules.tokens import card_id, code_mac, make_code, new_id
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.types import Access


@transaction
def print_cards(form_id: int, count: int, *, version: int = 0, by: Actor, now: datetime) -> int:
    """Make a sheet of so many cards and give its number; ``queries.sheet_codes`` reads them.

    With ``version``, only if nobody made one since: a double click prints one sheet.
    """
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_open(form)
    rules.check_access(form, Access.CARDS)
    rules.check_card_count(count)
    if version and version != form.version:
        raise Stale
    sheet = len(form.card_sheets) + 1
    form.card_sheets = [*form.card_sheets, count]
    key = kept_key("feedback")
    ids = [card_id(key, form.id, sheet, number) for number in range(count)]
    _invite(form, [(card, None) for card in ids], now=now)
    audit.record(
        "feedback.cards_printed", subject_of(form), by=by, now=now, detail={"cards": count}
    )
    return sheet


@transaction
def invite_participants(form_id: int, *, everybody: bool = False, by: Actor, now: datetime) -> int:
    """Mail a personal link to those who attended and have none yet; gives how many.

    With ``everybody``, also to those who are confirmed but left no evidence of attending.
    """
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_open(form)
    rules.check_access(form, Access.PERSONAL)
    registrations = queries.registrations_to_invite(form, everybody=everybody)
    if not registrations:
        raise rules.NobodyToInvite
    invited = [(new_id(), registration.id) for registration in registrations]
    _invite(form, invited, now=now)
    mail_links(form, [invitation_id for invitation_id, _ in invited], now=now)
    audit.record(
        "feedback.invited", subject_of(form), by=by, now=now, detail={"invited": len(invited)}
    )
    return len(invited)


def mail_links(form: FeedbackForm, invitation_ids: Iterable[str], *, now: datetime) -> None:
    """Record a mail for each; reminders count their days from here."""
    form.invited_on = rules.today_of(form.workshop, now=now)
    for invitation_id in invitation_ids:
        enqueue(
            "feedback.send_invitation",
            {"invitation": invitation_id},
            subject=subject_of(form),
            unique_key=f"feedback.invitation:{invitation_id}",
            now=now,
        )


def _invite(
    form: FeedbackForm, invited: Iterable[tuple[str, int | None]], *, now: datetime
) -> None:
    """Insert in random order, so that no row's place says where on the paper or list it was."""
    key = kept_key("feedback")
    expires_on = form.closes_on or (rules.today_of(form.workshop, now=now) + rules.LONGEST_VALIDITY)
    rows = [
        {
            "id": invitation_id,
            "form_id": form.id,
            "registration_id": registration_id,
            "token_mac": code_mac(key, make_code(key, invitation_id)),
            "spent": False,
            "retry_mac": None,
            "expires_on": expires_on,
        }
        for invitation_id, registration_id in invited
    ]
    secrets.SystemRandom().shuffle(rows)
    db.session().execute(sa.insert(Invitation), rows)
