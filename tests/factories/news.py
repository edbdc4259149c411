"""Approved reports and published news, through the public services."""

from datetime import UTC, date, datetime

from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.news.models import Article
from eventsapp.reports import queries as reports
from eventsapp.reports import service as report_service
from eventsapp.workshops.models import Workshop
from tests.factories.workshops import make_workshop

PUBLISHED = datetime(2022, 2, 10, 12, 0, tzinfo=UTC)
DATED = date(2022, 2, 10)


def approve(workshop: Workshop) -> None:
    """The report as it drafts itself, written and approved."""
    if reports.find_report(workshop.id) is None:
        report_service.submit_report(workshop.id, version=0, by=SYSTEM, now=PUBLISHED)
    else:
        report_service.reopen_report(workshop.id, by=SYSTEM, now=PUBLISHED)
        report = reports.get_report(workshop.id)
        report_service.submit_report(workshop.id, version=report.version, by=SYSTEM, now=PUBLISHED)
    report = reports.get_report(workshop.id)
    report_service.approve_report(workshop.id, version=report.version, by=SYSTEM, now=PUBLISHED)


def make_article(title: str = "Introductory workshop", now: datetime = PUBLISHED) -> Article:
    workshop = make_workshop(title=Texts.of(en=title, fr="Atelier", ar="ورشة"))
    approve(workshop)
    return service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=now)


def workshop_of(article: Article) -> Workshop:
    """The workshop of an article that was made of a report."""
    assert article.workshop is not None
    return article.workshop


def withdraw(article: Article, reason: str = "A name was wrong.") -> Article:
    return service.withdraw_article(
        article.id, Texts.of(en=reason), by=SYSTEM, now=PUBLISHED.replace(day=11)
    )
