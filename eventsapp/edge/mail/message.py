"""A mail as we think of it, and as the standards want it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, make_msgid, parseaddr

from eventsapp.edge.jobs import GiveUp


class _OneLine(UnstructuredHeader):
    """A header that programs read: the library would fold a long address by encoding it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined] # mixed in


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _OneLine)  # type: ignore[arg-type] # it is mixed in
# Bodies become base64 or quoted-printable, so every server on the way can carry them.
_POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
_LONGEST_SUBJECT = 200
# Line breaks of every alphabet, other control characters, and marks that reorder text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z-]*")
_OURS = frozenset(
    {"from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "auto-submitted"}
    | {"mime-version", "content-type", "content-transfer-encoding", "content-language"}
)


class MailRefused(GiveUp):
    """This mail can never be delivered. The message names no person."""


class AddressRefused(MailRefused):
    """It is the address that nothing can be delivered to; ``status`` reads ``5.1.1``."""

    def __init__(self, reason: str, status: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person, complete but for its sender.

    ``calendar`` is a method such as ``REQUEST`` and the calendar file's bytes.
    """

    to: str
    to_name: str = ""
    subject: str
    text: str
    html: str
    language: str
    message_id: str = ""
    attachments: tuple[Attachment, ...] = ()
    calendar: tuple[str, bytes] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def clean_header(value: str) -> str:
    """One harmless line: what could start another header becomes a space."""
    return " ".join(_UNSAFE.sub(" ", value).split())


def check_address(address: str) -> str:
    """The address as it is; raises AddressRefused when it could mean more than one mailbox."""
    if not _ADDRESS.fullmatch(address) or _UNSAFE.search(address):
        raise AddressRefused("not a mail address", "5.1.3")
    return address


def build_message(mail: Mail, *, sender: str, now: datetime) -> EmailMessage:
    """Text, HTML and calendar as alternatives of one another; files beside them."""
    message = EmailMessage(policy=_POLICY)
    _add_headers(message, mail, sender, now)
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        method, data = mail.calendar
        message.add_alternative(
            data.decode(), subtype="calendar", params={"method": method, "name": "invite.ics"}
        )
        _attach(message, Attachment("invite.ics", "application/ics", data))
    for attachment in mail.attachments:
        _attach(message, attachment)
    # Last, because adding a part moves every Content- header into it.
    message["Content-Language"] = mail.language
    return message


def _add_headers(message: EmailMessage, mail: Mail, sender: str, now: datetime) -> None:
    for name, value in mail.headers.items():
        if not _TOKEN.fullmatch(name) or name.lower() in _OURS:
            raise ValueError(f"{name!r} is not a header that a mail may add")
        message[name] = clean_header(value)
    sender_name, sender_address = parseaddr(sender)
    message["From"] = _address(sender_name, sender_address)
    message["To"] = _address(mail.to_name, mail.to)
    message["Subject"] = clean_header(mail.subject)[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(now)
    host = sender_address.rpartition("@")[2]
    message["Message-ID"] = clean_header(mail.message_id) or make_msgid(domain=host)
    # Keeps holiday replies from coming back.
    message["Auto-Submitted"] = "auto-generated"


def _address(name: str, address: str) -> Address:
    return Address(display_name=clean_header(name), addr_spec=check_address(address))


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.mime.partition("/")
    message.add_attachment(
        attachment.data, maintype=main, subtype=sub, filename=clean_header(attachment.name)
    )
