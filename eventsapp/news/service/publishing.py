"""Publishing: what is approved becomes an edition and news."""

from datetime import date, datetime

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import NO_TEXT
from eventsapp.edge.settings import today
from eventsapp.news import queries, rules
from eventsapp.news.compose import languages_of
from eventsapp.news.models import Article
from eventsapp.news.service.content import (
    advance,
    approved_report,
    change,
    free_slug,
    locked,
    put,
)
from eventsapp.news.types import LIVE, ArticleStatus, Origin, TagKind
from eventsapp.reports.models import Report
from eventsapp.workshops.service import note_reported


@transaction
def publish_report(workshop_id: int, *, dated: date, by: Actor, now: datetime) -> Article:
    """Issue the approved report's public edition and publish it as news, in all its languages.

    Pressed twice it publishes once. A withdrawn article is published again.
    """
    rules.check_may_publish(by=by)
    rules.check_date(dated, today=today(now=now))
    report = approved_report(workshop_id)
    article = queries.find_of_workshop(workshop_id)
    if article is not None and article.status in LIVE:
        if article.snapshot_id != report.snapshots[-1].id:
            raise rules.ReportChanged
        return article
    if article is None:
        article = begin(report, dated, now=now)
    return publish_article(article.id, dated=dated, by=by, now=now)


@transaction
def publish_article(article_id: int, *, dated: date, by: Actor, now: datetime) -> Article:
    """Publish what is approved, or what is as it was composed; also again after a withdrawal.

    Raises NotApproved where somebody's own words wait for a second person, and Embargoed.
    """
    rules.check_may_publish(by=by)
    rules.check_date(dated, today=today(now=now))
    article = locked(article_id)
    if article.status in LIVE:
        raise rules.WrongState
    if article.taken_down_by is not None:
        raise rules.TakedownNotReviewed
    rules.check_approved(article)
    make_public(article, dated, by=by, now=now)
    return article


def make_public(article: Article, dated: date, *, by: Actor, now: datetime) -> None:
    """The one step over which an article becomes public; it is locked and approved."""
    rules.check_past_embargo(article, now=now)
    article.dated = dated
    put(article, NO_TEXT, by=by, now=now)
    article.publish_at = None
    change(article, ArticleStatus.PUBLISHED, by=by, now=now)
    article.published_at = article.published_at or now
    article.withdrawal_reason, article.withdrawn_at = NO_TEXT, None
    if article.workshop_id is not None:
        note_reported(article.workshop_id, by=by, now=now)


@transaction
def open_draft(workshop_id: int, *, by: Actor, now: datetime) -> Article:
    """Open the news of an approved report for writing, before or after it is published.

    What is public stays as it is; opened twice it is one draft.
    """
    rules.check_may_publish(by=by)
    report = approved_report(workshop_id)
    article = queries.find_of_workshop(workshop_id) or begin(report, today(now=now), now=now)
    if rules.stage_of(article) is None:
        advance(article, ArticleStatus.DRAFT, by=by, now=now)
    return article


def begin(report: Report, dated: date, *, now: datetime) -> Article:
    """An article of this report, filed where its workshop is; nothing of it is published."""
    workshop, snapshot = report.workshop, report.snapshots[-1]
    article = Article(
        slug=free_slug(workshop.title, workshop.ref, None),
        origin=Origin.REPORT,
        workshop_id=workshop.id,
        report_id=report.id,
        snapshot_id=snapshot.id,
        project_id=workshop.project_id,
        status=ArticleStatus.DRAFT,
        dated=dated,
        headline=workshop.title,
        standfirst=NO_TEXT,
        languages=[],
        original_lang=languages_of(snapshot)[0],
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
