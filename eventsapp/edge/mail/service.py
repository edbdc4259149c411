"""Sending a mail from a job, once as far as that is possible, with a note of what became of it."""

import hashlib
import hmac
from dataclasses import replace
from urllib.parse import urlsplit

import sqlalchemy as sa

from eventsapp.core import clock, db
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import Run
from eventsapp.edge.mail.message import Mail, MailRefused, build_message
from eventsapp.edge.mail.models import MailLog, MailStatus
from eventsapp.edge.mail.transports import MailDeferred, deliver_by_smtp, deliver_to_folder
from eventsapp.edge.settings import current_settings


def send(mail: Mail) -> None:
    """Hand a mail to the transport of the settings.

    Raises MailRefused when trying again would not help, MailDeferred when it may. Never inside a
    transaction: a slow mail server must not hold locks.
    """
    if db.in_transaction():
        raise RuntimeError("mail is sent after the transaction, by a job")
    db.session().rollback()
    settings = current_settings()
    message = build_message(mail, sender=settings.mail_from, now=clock.now())
    if settings.mail_url:
        deliver_by_smtp(message, settings.mail_url)
    else:
        deliver_to_folder(message, settings.data_dir / "outbox")


def deliver(mail: Mail, *, run: Run, kind: str, subject_ref: str) -> None:
    """Send a job's mail and note it; does nothing when this job has sent it already.

    ``kind`` reads ``attendance/confirmation``, ``subject_ref`` reads ``registration:7``. One job
    sends one mail of a kind about a subject: then a repeat can be told from a second mail.
    """
    if _has_status(run.job_id, kind, subject_ref, MailStatus.SENT):
        return
    if not mail.message_id:
        mail = replace(mail, message_id=make_message_id(run.job_id, kind, subject_ref))
    try:
        send(mail)
    except MailRefused as error:
        _note(run.job_id, kind, subject_ref, MailStatus.REFUSED, str(error))
        raise
    except MailDeferred as error:
        _note(run.job_id, kind, subject_ref, MailStatus.DEFERRED, str(error))
        raise
    _note(run.job_id, kind, subject_ref, MailStatus.SENT, "")


def make_message_id(job_id: int, kind: str, subject_ref: str) -> str:
    """The same for every attempt of a job, so that a repeat is recognisable; not guessable."""
    settings = current_settings()
    facts = f"{job_id}|{kind}|{subject_ref}".encode()
    digest = hmac.new(settings.secret_key.encode(), facts, hashlib.sha256).hexdigest()[:20]
    return f"<job-{job_id}.{digest}@{urlsplit(settings.base_url).hostname}>"


def _has_status(job_id: int, kind: str, subject_ref: str, status: MailStatus) -> bool:
    noted = sa.select(MailLog.id).where(
        MailLog.job_id == job_id,
        MailLog.kind == kind,
        MailLog.subject_ref == subject_ref,
        MailLog.status == status,
    )
    return db.session().scalar(noted.limit(1)) is not None


def note_returned(logged: MailLog, status: str) -> bool:
    """Note that a mail came back later, in the surrounding transaction.

    Whether that is news: reports come more than once.
    """
    if _has_status(logged.job_id, logged.kind, logged.subject_ref, MailStatus.RETURNED):
        return False
    _add(logged.job_id, logged.kind, logged.subject_ref, MailStatus.RETURNED, status)
    return True


@transaction
def _note(job_id: int, kind: str, subject_ref: str, status: MailStatus, error: str) -> None:
    _add(job_id, kind, subject_ref, status, error)


def _add(job_id: int, kind: str, subject_ref: str, status: MailStatus, error: str) -> None:
    db.session().add(
        MailLog(
            job_id=job_id,
            kind=kind,
            subject_ref=subject_ref,
            status=status,
            at=clock.now(),
            error=error,
        )
    )
