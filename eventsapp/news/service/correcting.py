"""Correcting: a newer version in place of what was published, with a word on what changed."""

from datetime import datetime

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import Texts
from eventsapp.news import rules
from eventsapp.news.models import Article
from eventsapp.news.service.content import approved_report, change, issue, locked, put
from eventsapp.news.types import ArticleStatus
from eventsapp.reports.models import Report


@transaction
def correct_article(article_id: int, note: Texts, *, by: Actor, now: datetime) -> Article:
    """Publish the newest approved report in place of what was published, and say what changed."""
    rules.check_may_publish(by=by)
    rules.check_note(note)
    article = locked(article_id)
    rules.check_live(article)
    report = db.get(Report, article.report_id)
    snapshot = report.snapshots[-1]
    if snapshot.id != article.snapshot_id:
        issue(approved_report(report.workshop_id), by=by, now=now)
    article.correction = note
    put(article, snapshot, note, by=by, now=now)
    change(article, ArticleStatus.CORRECTED, by=by, now=now)
    return article
