"""Approved reports and published news, through the public services."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.core.texts import Texts
from eventsapp.edge import storage
from eventsapp.news import queries, service
from eventsapp.news.models import Article
from eventsapp.news.types import ArticleDraft, TextDraft
from eventsapp.news.working import words_of
from eventsapp.reports import queries as reports
from eventsapp.reports import service as report_service
from eventsapp.reports.models import Edition
from eventsapp.workshops.models import Workshop
from tests.factories.workshops import make_workshop

PUBLISHED = datetime(2022, 2, 10, 12, 0, tzinfo=UTC)
DATED = date(2022, 2, 10)


def approve(workshop: Workshop, now: datetime = PUBLISHED) -> None:
    """The report as it drafts itself, written and approved."""
    if reports.find_report(workshop.id) is None:
        report_service.submit_report(workshop.id, version=0, by=SYSTEM, now=now)
    else:
        report_service.reopen_report(workshop.id, by=SYSTEM, now=now)
        report = reports.get_report(workshop.id)
        report_service.submit_report(workshop.id, version=report.version, by=SYSTEM, now=now)
    report = reports.get_report(workshop.id)
    report_service.approve_report(workshop.id, version=report.version, by=SYSTEM, now=now)


def make_article(title: str = "Introductory workshop", now: datetime = PUBLISHED) -> Article:
    workshop = make_workshop(title=Texts.of(en=title, fr="Atelier", ar="ورشة"))
    approve(workshop)
    return service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=now)


def make_plain(
    headline: str = "A new project", *, by: Actor = SYSTEM, body: str = "It began.", **filed: Any
) -> Article:
    """An article without a workshop, as a draft."""
    draft = ArticleDraft(**{"original_lang": "en", **filed})
    text = TextDraft(headline=headline, standfirst="What it is about.", body=body)
    return service.write_article(draft, text, by=by, now=PUBLISHED)


def make_draft() -> Article:
    """The news of an approved report, opened for writing."""
    workshop = make_workshop()
    approve(workshop)
    return service.open_draft(workshop.id, by=SYSTEM, now=PUBLISHED)


def write(article: Article, *, by: Actor, lang: str = "en", **changes: Any) -> Article:
    """Save the article's words of one language with these changes."""
    words = words_of(article, lang)
    draft = TextDraft(
        headline=words.headline or "",
        standfirst=words.standfirst or "",
        body=words.body or "",
        lead_photo=words.lead_photo,
        quotes=words.quotes,
        version=article.version,
    )
    at = changes.pop("now", PUBLISHED)
    draft = replace(draft, **changes)
    return service.save_text(article.id, lang, draft, by=by, now=at)


def review(article: Article, *, author: Actor, approver: Actor) -> Article:
    """Sent by one, approved by the other."""
    sent = service.submit_article(article.id, version=article.version, by=author, now=PUBLISHED)
    return service.approve_article(article.id, version=sent.version, by=approver, now=PUBLISHED)


def workshop_of(article: Article) -> Workshop:
    """The workshop of an article that was made of a report."""
    assert article.workshop is not None
    return article.workshop


def withdraw(article: Article, reason: str = "A name was wrong.") -> Article:
    return service.withdraw_article(
        article.id, Texts.of(en=reason), by=SYSTEM, now=PUBLISHED.replace(day=11)
    )


def give_file(snapshot_id: int, lang: str, data: bytes) -> None:
    """As if the edition had been drawn."""
    key = storage.put(data, ".pdf")

    @db.transaction
    def complete() -> None:
        for edition in queries.public_editions(snapshot_id):
            if edition.lang == lang:
                row = db.get(Edition, edition.id)
                row.status, row.file_key, row.sha256 = "ready", key, key.partition(".")[0]
                row.size, row.pages = len(data), 1

    complete()
