"""How a mail leaves: to a mail server, or into a folder that the demo can show."""

import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from eventsapp.config import BadSetting
from eventsapp.edge.jobs import TryAgain
from eventsapp.edge.mail.message import AddressRefused, MailRefused

TIMEOUT_SECONDS = 20
# What servers answer to a recipient: their bare codes, and those of RFC 3463.
_NO_SUCH_MAILBOX = frozenset({550, 551, 553})
_ENHANCED = re.compile(r"5\.\d{1,3}\.\d{1,3}(?!\d)")
_ABOUT_THE_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MailDeferred(TryAgain):
    """The mail was not accepted now but may be later. The message names no person."""


def deliver_to_folder(message: EmailMessage, folder: Path) -> None:
    """One file a mail, named by its Message-ID: sent twice, it is there once."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9.-]", "_", str(message["Message-ID"]).strip("<>").split("@")[0])
    with NamedTemporaryFile(dir=folder, prefix=".incoming-", delete=False) as file:
        file.write(message.as_bytes())
    Path(file.name).replace(folder / f"{name}.eml")


def deliver_by_smtp(message: EmailMessage, url: str) -> None:
    """Hand the mail to the server of ``smtp[s]://user:password@host:port``.

    Raises MailRefused for an answer that will not change (5xx about this mail), MailDeferred for
    everything else, a connection lost after the data included: better twice than never.
    """
    try:
        connection = _connect(urlsplit(url))
    except (smtplib.SMTPException, OSError) as error:
        raise MailDeferred(_reason(error)) from None
    try:
        connection.send_message(message)
    except smtplib.SMTPNotSupportedError:
        raise MailRefused("the mail server cannot write to this address") from None
    except (smtplib.SMTPException, OSError) as error:
        if status := _refused_address(error):
            raise AddressRefused(_reason(error), status) from None
        if _code(error) >= 500:
            raise MailRefused(_reason(error)) from None
        raise MailDeferred(_reason(error)) from None
    finally:
        # The mail is accepted or not by now; how the server says goodbye changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _connect(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    connection: smtplib.SMTP
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        connection = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_SECONDS)
    try:
        connection.ehlo()
        if url.scheme == "smtp":
            _encrypt(connection, url, host)
        if url.username:
            connection.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        connection.close()
        raise
    return connection


def _encrypt(connection: smtplib.SMTP, url: SplitResult, host: str) -> None:
    """STARTTLS where offered; a password never travels in the clear but on this machine."""
    wanted = "required" in parse_qs(url.query).get("tls", [])
    if connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
    elif wanted or (url.username and host not in _LOOPBACK):
        raise smtplib.SMTPException("no STARTTLS")


def check_mail_url(url: str) -> None:
    if url and urlsplit(url).scheme not in {"smtp", "smtps"}:
        raise BadSetting("EVENTSAPP_MAIL_URL must be empty or an smtp:// or smtps:// address")


def _code(error: Exception) -> int:
    """The server's answer to this mail; 0 when it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((int(code) for code, _ in error.recipients.values()), default=0)
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return 0


def _refused_address(error: Exception) -> str:
    """How the server says that there is no such mailbox; nothing where it minds something else,
    such as our sender: that would be said of every address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or len(error.recipients) != 1:
        return ""
    ((code, words),) = error.recipients.values()
    said = _ENHANCED.match(words.decode("ascii", "replace"))
    if said is None:
        return "5.1.1" if code in _NO_SUCH_MAILBOX else ""
    return said[0] if said[0] in _ABOUT_THE_ADDRESS else ""


def _reason(error: Exception) -> str:
    """Class and code; the server's own words may repeat the address."""
    code = _code(error)
    name = type(error).__name__
    return f"{name} {code}" if code else name
