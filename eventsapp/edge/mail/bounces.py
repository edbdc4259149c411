"""Mail that came back: what a delivery report (RFC 3464) says, and of which mail of ours."""

import email
import hmac
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default
from typing import cast

import sqlalchemy as sa

from eventsapp.core import db
from eventsapp.core.errors import N_, Refused
from eventsapp.edge.mail.models import MailLog
from eventsapp.edge.mail.service import make_message_id

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_JOB = re.compile(r"<job-(\d{1,18})\.[0-9a-f]+@[^<>\s]+>")
_HEADERS = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})


class NotABounce(Refused):
    message = N_("This is no report about mail that could not be delivered.")


class NotOurMail(Refused):
    message = N_("This report is not about a mail that was sent from here.")


@dataclass(frozen=True, slots=True)
class Bounce:
    """``status`` reads ``5.1.1``; ``recipient`` is the address that failed, as reported."""

    message_id: str
    recipient: str
    status: str

    @property
    def is_final(self) -> bool:
        return self.status.startswith("5")


def read_bounce(raw: bytes) -> Bounce:
    """What a delivery report says of a failed mail; raises NotABounce for anything else."""
    report = email.message_from_bytes(raw, policy=default)
    failed = next((part for part in _recipients(report) if _says_failed(part)), None)
    message_id = _original_id(report)
    status = _STATUS.search(str(failed.get("Status", ""))) if failed else None
    if failed is None or not message_id or status is None:
        raise NotABounce
    address = str(failed.get("Original-Recipient") or failed.get("Final-Recipient") or "")
    return Bounce(
        message_id=message_id,
        recipient=address.partition(";")[2].strip().strip("<>"),
        status=status[0],
    )


def _recipients(report: EmailMessage) -> list[Message]:
    """The groups of fields that each tell of one recipient."""
    found: list[Message] = []
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            found.extend(cast("list[Message]", part.get_payload()))
    return found


def _says_failed(fields: Message) -> bool:
    return str(fields.get("Action", "")).strip().casefold() == "failed"


def _original_id(report: EmailMessage) -> str:
    """The Message-ID of the mail that came back, which the report quotes whole or by its head."""
    for part in report.walk():
        if part.get_content_type() not in _HEADERS:
            continue
        quoted = part.get_payload()
        head = quoted[0] if isinstance(quoted, list) else email.message_from_string(str(quoted))
        found = _JOB.search(str(cast("Message", head).get("Message-ID", "")))
        if found:
            return found[0]
    return ""


def find_logged(bounce: Bounce) -> MailLog:
    """The note of the mail that came back; raises NotOurMail.

    The id is made of a secret: nobody can make a report about a mail that they did not get.
    """
    found = _JOB.fullmatch(bounce.message_id)
    if found is None:
        raise NotOurMail
    rows = db.session().scalars(
        sa.select(MailLog).where(MailLog.job_id == int(found[1])).order_by(MailLog.id.desc())
    )
    for row in rows:
        known = make_message_id(row.job_id, row.kind, row.subject_ref)
        if hmac.compare_digest(known, bounce.message_id):
            return row
    raise NotOurMail
