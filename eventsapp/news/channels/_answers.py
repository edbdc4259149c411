"""What another site's answer means for a delivery."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from eventsapp.core import clock
from eventsapp.core.errors import N_
from eventsapp.edge.http import AddressNotAllowed, Answer, Unreachable, request
from eventsapp.news.channel import Impossible, NotAllowed, TryLater


def ask(method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
    """Ask the site; raises TryLater where it gave no answer, or one that may change."""
    try:
        answer = request(method, url, headers=headers, body=body)
    except Unreachable as error:
        raise TryLater(str(error)) from None
    except AddressNotAllowed as refused:
        raise NotAllowed(refused.message) from None
    if answer.status == 429 or answer.status >= 500:
        raise TryLater(_later(answer.status), after=seconds_to_wait(answer), status=_said(answer))
    return answer


def _later(status: int) -> str:
    if status == 429:
        return N_("The site asks us to wait.")
    return N_("The site has a fault of its own (answer %(status)s).")


def seconds_to_wait(answer: Answer) -> int | None:
    """What ``Retry-After`` says, a number or a date (RFC 9110); None where it says nothing."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdigit():
        return int(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, int((moment - clock.now()).total_seconds()))


def check_accepted(answer: Answer) -> Answer:
    """The answer of a site that did as asked; raises what kept it from it."""
    if answer.status in {401, 403}:
        raise NotAllowed(
            N_("The site does not let us in (answer %(status)s)."), status=_said(answer)
        )
    if 300 <= answer.status < 400:
        raise Impossible(
            N_("The site sends us to another address. Correct the address of this channel."),
        )
    if answer.status >= 400:
        raise Impossible(
            N_("The site refused the article (answer %(status)s)."), status=_said(answer)
        )
    return answer


def _said(answer: Answer) -> str:
    return str(answer.status)


def date_of(moment: datetime) -> str:
    """A moment in UTC, without its zone, as WordPress reads it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
