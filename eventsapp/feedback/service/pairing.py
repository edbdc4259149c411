"""Pairing what the same people answered before and after, and forgetting how it was done.

An answer of a paired form carries a key made from its code and a secret of the workshop, which
is a file beside the data and in no database dump. Once both forms are closed the answers are
matched; then no answer has its key any more, and the secret is destroyed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.edge.keys import forget_key, has_key, kept_key
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm, FeedbackSummary, Invitation
from eventsapp.feedback.rules.pairing import PARTNER, changes, is_paired
from eventsapp.feedback.rules.tokens import code_mac, later_id, make_code, pair_key
from eventsapp.feedback.types import CHANGE, PAIR

Rows = list[dict[str, Any]]
Payloads = Sequence[dict[str, Any]]


def partner_of(form: FeedbackForm) -> FeedbackForm | None:
    """The form that this one's answers are paired with, if there is one."""
    if not is_paired(form.purpose, form.access):
        return None
    partner = queries.find_form_of(form.workshop_id, PARTNER[form.purpose])
    return partner if partner is not None and partner.access == form.access else None


def key_for(workshop_id: int, code: str) -> dict[str, str]:
    """What an answer carries until it is matched."""
    return {PAIR: pair_key(kept_key(_secret(workshop_id)), code)}


def rights_after(before: FeedbackForm, after: FeedbackForm, *, expires_on: date) -> Rows:
    """The rights to answer afterwards of those who could answer before: by the same code."""
    key = kept_key("feedback")
    held = db.session().execute(
        sa.select(Invitation.id, Invitation.registration_id).where(Invitation.form_id == before.id)
    )
    return [
        {
            "id": later_id(earlier),
            "form_id": after.id,
            "registration_id": registration_id,
            "token_mac": code_mac(key, make_code(key, earlier), later=True),
            "spent": False,
            "retry_mac": None,
            "expires_on": expires_on,
        }
        for earlier, registration_id in held
    ]


def keep_change(after: FeedbackForm, earlier: Payloads, later: Payloads) -> None:
    """How far answers moved, counted once and for all."""
    found = changes(queries.all_questions(after), earlier, later)
    content = {"changes": [change.to_json() for change in found]}
    db.session().merge(FeedbackSummary(form_id=after.id, by_key=CHANGE, content=content))


def unpaired(rows: Rows) -> Rows:
    """The same answers without the key that tied them to others."""
    return [
        {**row, "payload": {key: value for key, value in row["payload"].items() if key != PAIR}}
        for row in rows
    ]


def destroy_secret(workshop_id: int) -> None:
    """Once nothing needs it: when what was matched is safely stored."""
    db.after_commit(lambda: forget_key(_secret(workshop_id)))


def has_secret(workshop_id: int) -> bool:
    return has_key(_secret(workshop_id))


def _secret(workshop_id: int) -> str:
    return f"pairs_{workshop_id}"
