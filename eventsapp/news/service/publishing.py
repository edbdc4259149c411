"""Publishing: an approved report becomes an edition and news."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import NO_TEXT
from eventsapp.edge.settings import current_settings
from eventsapp.news import queries, rules
from eventsapp.news.compose import languages_of
from eventsapp.news.models import Article
from eventsapp.news.service.content import approved_report, change, free_slug, issue, put
from eventsapp.news.types import LIVE, ArticleStatus, Origin, TagKind
from eventsapp.reports.models import Report, Snapshot
from eventsapp.workshops.service import note_reported


@transaction
def publish_report(workshop_id: int, *, dated: date, by: Actor, now: datetime) -> Article:
    """Issue the approved report's public edition and publish it as news, in all its languages.

    Pressed twice it publishes once. A withdrawn article is published again.
    """
    rules.check_may_publish(by=by)
    rules.check_date(dated, today=now.astimezone(ZoneInfo(current_settings().timezone)).date())
    report = approved_report(workshop_id)
    snapshot = report.snapshots[-1]
    article = queries.find_of_workshop(workshop_id)
    if article is not None and article.status in LIVE:
        if article.snapshot_id != snapshot.id:
            raise rules.ReportChanged
        return article
    issue(report, by=by, now=now)
    article = article or begin(report, snapshot, dated, by=by, now=now)
    article.dated = dated
    put(article, snapshot, NO_TEXT, by=by, now=now)
    change(article, ArticleStatus.PUBLISHED, by=by, now=now)
    article.published_at = article.published_at or now
    article.withdrawal_reason, article.withdrawn_at = NO_TEXT, None
    note_reported(workshop_id, by=by, now=now)
    return article


def begin(report: Report, snapshot: Snapshot, dated: date, *, by: Actor, now: datetime) -> Article:
    """An article of this report, filed where its workshop is; nothing of it is published."""
    workshop = report.workshop
    article = Article(
        slug=free_slug(workshop.title, workshop.ref, None),
        origin=Origin.REPORT,
        workshop_id=workshop.id,
        report_id=report.id,
        snapshot_id=snapshot.id,
        project_id=workshop.project_id,
        dated=dated,
        headline=workshop.title,
        standfirst=NO_TEXT,
        languages=[],
        original_lang=languages_of(snapshot)[0],
        author_id=by.id,
        correction=NO_TEXT,
        withdrawal_reason=NO_TEXT,
        created_at=now,
        changed_at=now,
    )
    article.tag(TagKind.COUNTRY, [workshop.country_code])
    article.tag(TagKind.TOPIC, [topic.slug for topic in workshop.topics])
    db.session().add(article)
    db.session().flush()
    return article
