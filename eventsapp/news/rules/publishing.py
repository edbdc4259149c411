"""Who may publish, what may be published, and the address it gets."""

import re
import unicodedata
from datetime import date

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.core.texts import Texts
from eventsapp.news.models import Article
from eventsapp.news.types import LIVE
from eventsapp.reports.models import Report
from eventsapp.reports.types import ReportStatus

SLUG_LENGTH, LONGEST_SLUG = 60, 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_READY = frozenset({ReportStatus.APPROVED, ReportStatus.ISSUED})


class MayNotPublish(Forbidden):
    message = N_("Only staff and editors may publish, correct or withdraw news.")


class ReportNotApproved(Refused):
    message = N_("The report has to be approved before news can be made of it.")


class ReportChanged(Refused):
    message = N_("This is published already. To publish the newer report, correct the article.")


class DatedInFuture(Invalid):
    message = N_("News cannot be dated later than today.")
    field = "dated"


class NoteMissing(Invalid):
    message = N_("Say in a sentence what was corrected; readers see it.")
    field = "note"


class ReasonMissing(Invalid):
    message = N_("Say why it is withdrawn; readers see it instead of the article.")
    field = "reason"


class NothingToPublish(Refused):
    message = N_("Write headline and text in the original language first.")


class SlugUnfit(Invalid):
    message = N_("Use small letters from a to z, digits and hyphens, up to 80 of them.")
    field = "slug"


class SlugTaken(Invalid):
    message = N_("This address is or was that of another article.")
    field = "slug"


class NotPublished(Refused):
    message = N_("This article is not published now.")


def may_publish(*, by: Actor) -> bool:
    return by.has(Role.STAFF, Role.EDITOR)


def check_may_publish(*, by: Actor) -> None:
    if not may_publish(by=by):
        raise MayNotPublish


def is_ready(report: Report | None) -> bool:
    """Whether the report may be issued as it is now."""
    return report is not None and report.status in _READY and bool(report.snapshots)


def check_date(dated: date, *, today: date) -> None:
    if dated > today:
        raise DatedInFuture


def check_live(article: Article) -> None:
    if article.status not in LIVE:
        raise NotPublished


def check_note(note: Texts) -> None:
    if not note:
        raise NoteMissing


def check_reason(reason: Texts) -> None:
    if not reason:
        raise ReasonMissing


def check_slug(slug: str, *, is_taken: bool) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise SlugUnfit
    if is_taken:
        raise SlugTaken


def slug_of(headline: Texts, ref: str) -> str:
    """A short readable address in ASCII; the workshop's reference where there is no such title."""
    plain = unicodedata.normalize("NFKD", headline.find("en") or headline.find("fr") or "")
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_LENGTH:
            break
        slug = longer
    return slug or ref.lower()
