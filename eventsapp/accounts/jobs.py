"""Mails about accounts."""

from typing import Any

from flask import current_app

from eventsapp.accounts import links
from eventsapp.accounts.models import User
from eventsapp.accounts.service import MAIL_CHANGE, MAIL_LINK
from eventsapp.accounts.types import Change, Purpose
from eventsapp.core import clock, db
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import absolute_url, deliver, render_mail


@job(MAIL_LINK, attempts=12)
def mail_link(payload: dict[str, Any], run: Run) -> None:
    """Send a link to set a password; the link is made here, so that no row ever holds it."""
    user = db.session().get(User, payload["user"])
    if user is None or not user.active:
        return
    purpose = Purpose(payload["purpose"])
    token = links.make_token(user, purpose, secrets=link_secrets(), now=clock.now())
    letter = render_mail(
        f"accounts/{purpose}",
        user.lang,
        name=user.name,
        # Behind the "#": browsers send that part to nobody, so it is in no log and no Referer.
        link=f"{absolute_url('accounts.new_password')}#{token}",
        page=absolute_url("accounts.new_password"),
        code=token,
    )
    deliver(
        letter.addressed(user.email, user.name),
        run=run,
        kind=f"accounts/{purpose}",
        subject_ref=f"user:{user.id}",
    )


@job(MAIL_CHANGE, attempts=12)
def mail_change(payload: dict[str, Any], run: Run) -> None:
    """Tell somebody that how they sign in was changed: it may not have been they."""
    user = db.session().get(User, payload["user"])
    if user is None:
        return
    letter = render_mail(
        "accounts/change",
        user.lang,
        name=user.name,
        change=Change(payload["change"]).value,
        forgotten=absolute_url("accounts.forgotten"),
    )
    deliver(
        letter.addressed(user.email, user.name),
        run=run,
        kind="accounts/change",
        subject_ref=f"user:{user.id}",
    )


def link_secrets() -> list[str]:
    """From the oldest to the newest, as signers want them."""
    config = current_app.config
    return [*(config.get("SECRET_KEY_FALLBACKS") or []), config["SECRET_KEY"]]
