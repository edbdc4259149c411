"""What happened to an article, newest first, from the audit chain; and what was said of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from eventsapp.accounts.models import User
from eventsapp.core import db
from eventsapp.core.audit import AuditEvent
from eventsapp.news.models import Article, ArticleComment

ACTIONS = {
    "article.begun": _l("Begun"),
    "article.saved": _l("Text changed"),
    "article.imported": _l("Taken in from a former site"),
    "article.filed": _l("Filed anew"),
    "article.photo_added": _l("Photo added"),
    "article.photo_described": _l("Photo described and cropped"),
    "article.photo_removed": _l("Photo removed"),
    "article.photo_withdrawn": _l("Photo taken out at the wish of somebody it shows"),
    "article.draft": _l("Back to draft"),
    "article.in_review": _l("Sent for review"),
    "article.approved": _l("Approved"),
    "article.scheduled": _l("Scheduled"),
    "article.published": _l("Published"),
    "article.corrected": _l("Corrected"),
    "article.withdrawn": _l("Withdrawn"),
    "article.taken_down": _l("Taken down at once"),
    "article.takedown_confirmed": _l("The takedown was confirmed"),
    "article.restored": _l("Put back after a takedown"),
    "article.revision_draft": _l("A new version was begun"),
    "article.revision_in_review": _l("The new version was sent for review"),
    "article.revision_approved": _l("The new version was approved"),
    "article.commented": _l("Commented"),
    "article.embargoed": _l("Embargo changed"),
    "article.moved": _l("Address changed"),
    "article.discarded": _l("New version dropped"),
    "article.correction_mailed": _l("The correction was mailed to subscribers"),
    "article.translation_confirmed": _l("A translation was confirmed"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    who: str
    what: str


def history_of(article: Article) -> list[Entry]:
    events = (
        db.session()
        .scalars(
            sa.select(AuditEvent)
            .where(AuditEvent.subject == f"article:{article.id}")
            .order_by(AuditEvent.seq.desc())
        )
        .all()
    )
    names = _names({_user_of(event) for event in events})
    return [
        Entry(event.at, names.get(_user_of(event), ""), str(ACTIONS[event.action]))
        for event in events
        if event.action in ACTIONS
    ]


def comments_of(article: Article) -> list[tuple[ArticleComment, str]]:
    """The words of the review with the names of those who said them, newest first."""
    names = _names({comment.author_id or 0 for comment in article.comments})
    return [
        (comment, names.get(comment.author_id or 0, "")) for comment in reversed(article.comments)
    ]


def _user_of(event: AuditEvent) -> int:
    number = event.actor.partition(":")[2]
    return int(number) if number.isdigit() else 0


def _names(ids: set[int]) -> dict[int, str]:
    rows = db.session().execute(sa.select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}
