"""Use cases of news: the only place that writes it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.documents import frozen
from eventsapp.documents.blocks import Document
from eventsapp.edge.settings import current_settings
from eventsapp.feedback import service as feedback
from eventsapp.news import queries, rules
from eventsapp.news.compose import compose_article, languages_of, photo_files, texts_of
from eventsapp.news.models import Article, ArticleVersion, SlugRedirect
from eventsapp.news.types import LIVE, ArticleStatus
from eventsapp.photos.service import show_to_everybody
from eventsapp.reports import queries as reports
from eventsapp.reports.models import Report, Snapshot
from eventsapp.reports.redaction import without
from eventsapp.reports.service import issue_report, redact_report
from eventsapp.reports.types import EditionKind
from eventsapp.reports.visibility import check_blocks
from eventsapp.workshops.service import note_reported

QUOTE_WITHDRAWN = Texts.of(
    en="A quote was taken out at its author’s wish.",
    fr="Une citation a été retirée à la demande de son auteur.",
    ar="حُذف اقتباس بناءً على رغبة صاحبه.",
)


@transaction
def publish_report(workshop_id: int, *, dated: date, by: Actor, now: datetime) -> Article:
    """Issue the approved report's public edition and publish it as news, in all its languages.

    Pressed twice it publishes once. A withdrawn article is published again.
    """
    rules.check_may_publish(by=by)
    rules.check_date(dated, today=now.astimezone(ZoneInfo(current_settings().timezone)).date())
    report = _approved(workshop_id)
    snapshot = report.snapshots[-1]
    article = queries.find_of_workshop(workshop_id)
    if article is not None and article.status in LIVE:
        if article.snapshot_id != snapshot.id:
            raise rules.ReportChanged
        return article
    _issue(report, by=by, now=now)
    article = article or _begin(report, snapshot, dated, now)
    article.dated = dated
    _put(article, snapshot, NO_TEXT, by=by, now=now)
    _change(article, ArticleStatus.PUBLISHED, by=by, now=now)
    article.published_at = article.published_at or now
    article.withdrawal_reason, article.withdrawn_at = NO_TEXT, None
    note_reported(workshop_id, by=by, now=now)
    return article


@transaction
def correct_article(article_id: int, note: Texts, *, by: Actor, now: datetime) -> Article:
    """Publish the newest approved report in place of what was published, and say what changed."""
    rules.check_may_publish(by=by)
    rules.check_note(note)
    article = _locked(article_id)
    rules.check_live(article)
    snapshot = article.report.snapshots[-1]
    if snapshot.id != article.snapshot_id:
        _issue(_approved(article.workshop_id), by=by, now=now)
    article.correction = note
    _put(article, snapshot, note, by=by, now=now)
    _change(article, ArticleStatus.CORRECTED, by=by, now=now)
    return article


@transaction
def withdraw_article(article_id: int, reason: Texts, *, by: Actor, now: datetime) -> Article:
    """Take an article from every channel; its address says why."""
    rules.check_may_publish(by=by)
    rules.check_reason(reason)
    article = _locked(article_id)
    rules.check_live(article)
    article.withdrawal_reason, article.withdrawn_at = reason, now
    show_to_everybody(article.workshop_id, (), by=by, now=now)
    _change(article, ArticleStatus.WITHDRAWN, by=by, now=now)
    return article


@transaction
def withdraw_quotes(code: str, *, by: Actor, now: datetime) -> int:
    """Take back, by the code that its author was given, the consent to quote; gives how many.

    At once and everywhere: drafts no longer have the quote, what was published is corrected, and
    no version of it that is kept has the words any more.
    """
    withdrawn = feedback.withdraw_quotes(code, by=by, now=now)
    for workshop_id in sorted({quote.workshop_id for quote in withdrawn}):
        words = [quote.text for quote in withdrawn if quote.workshop_id == workshop_id]
        was_frozen = redact_report(workshop_id, words, by=by, now=now)
        article = queries.find_of_workshop(workshop_id)
        if article is not None and was_frozen:
            _redact_article(_locked(article.id), words, by=by, now=now)
    return len(withdrawn)


def _redact_article(article: Article, words: list[str], *, by: Actor, now: datetime) -> None:
    was_published = False
    for version in article.versions:
        content = without(version.content, words)
        was_published = was_published or content != version.content
        version.content = content
    if was_published and article.status in LIVE:
        article.correction = QUOTE_WITHDRAWN
        _put(article, article.snapshot, QUOTE_WITHDRAWN, by=by, now=now)
        _change(article, ArticleStatus.CORRECTED, by=by, now=now)


def _approved(workshop_id: int) -> Report:
    """The report, locked: two who publish at once stand in line."""
    report = reports.find_report(workshop_id)
    if report is not None:
        db.session().refresh(report, with_for_update=True)
    if report is None or not rules.is_ready(report):
        raise rules.ReportNotApproved
    return report


def _locked(article_id: int) -> Article:
    article = db.get(Article, article_id)
    db.session().refresh(article, with_for_update=True)
    return article


def _issue(report: Report, *, by: Actor, now: datetime) -> None:
    issue_report(
        report.id,
        kinds=[EditionKind.PUBLIC],
        languages=languages_of(report.snapshots[-1]),
        by=by,
        now=now,
    )


def _begin(report: Report, snapshot: Snapshot, dated: date, now: datetime) -> Article:
    workshop = report.workshop
    article = Article(
        slug=_free_slug(workshop.title, workshop.ref, None),
        workshop_id=workshop.id,
        report_id=report.id,
        snapshot_id=snapshot.id,
        dated=dated,
        headline=workshop.title,
        standfirst=NO_TEXT,
        country_codes=[workshop.country_code] if workshop.country_code else [],
        languages=[],
        correction=NO_TEXT,
        withdrawal_reason=NO_TEXT,
        created_at=now,
        changed_at=now,
    )
    db.session().add(article)
    db.session().flush()
    return article


def _put(
    article: Article,
    snapshot: Snapshot,
    note: Texts,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Make the snapshot the article's content, and keep it as a version of its own."""
    documents = {
        lang: compose_article(snapshot, lang, identifier=f"news:{article.id}", now=now)
        for lang in languages_of(snapshot)
    }
    for lang, document in documents.items():
        sheet = reports.frozen_sheet(snapshot, lang)
        check_blocks(article.workshop, sheet, document.blocks, today=now.date())
    article.snapshot_id = snapshot.id
    article.languages = list(documents)
    article.headline = texts_of(documents, "title")
    article.standfirst = texts_of(documents, "subject")
    words = [*article.headline.by_lang.values(), *article.standfirst.by_lang.values()]
    article.search_key = "\n".join(words).casefold()
    _move(article)
    show_to_everybody(article.workshop_id, photo_files(snapshot), by=by, now=now)
    article.versions.append(
        ArticleVersion(
            number=len(article.versions) + 1,
            content=_content(documents, article.dated, snapshot),
            note=note,
            published_at=now,
            published_by=by.id,
        )
    )


def _content(documents: dict[str, Document], dated: date, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "dated": dated.isoformat(),
        "snapshot": snapshot.hash,
        "documents": {lang: frozen.to_json(document) for lang, document in documents.items()},
    }


def _move(article: Article) -> None:
    """Follow a changed headline; the former address leads to the new one."""
    slug = _free_slug(article.headline, article.workshop.ref, article.id)
    if slug == article.slug:
        return
    session = db.session()
    former = session.get(SlugRedirect, slug)
    if former is not None:
        session.delete(former)
    session.add(SlugRedirect(slug=article.slug, article_id=article.id))
    article.slug = slug


def _free_slug(headline: Texts, ref: str, article_id: int | None) -> str:
    """Another article's address is told apart by the workshop's reference."""
    slug = rules.slug_of(headline, ref)
    return f"{slug}-{ref.lower()}" if queries.is_taken(slug, except_id=article_id) else slug


def _change(article: Article, to: ArticleStatus, *, by: Actor, now: datetime) -> None:
    was, article.status = article.status, to
    article.changed_at = now
    db.session().flush()
    audit.record(
        f"article.{to}",
        f"article:{article.id}",
        by=by,
        now=now,
        detail={"from": was, "slug": article.slug, "version": len(article.versions)},
    )
