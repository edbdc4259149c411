"""What the use cases of news share: the lock, the content of a version, the address, the state."""

from datetime import date, datetime
from typing import Any

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.texts import Texts
from eventsapp.documents import frozen
from eventsapp.documents.blocks import Document
from eventsapp.news import queries, rules
from eventsapp.news.compose import compose_article, languages_of, photo_files, texts_of
from eventsapp.news.models import Article, ArticleVersion, SlugRedirect
from eventsapp.news.service.deliveries import call_channels
from eventsapp.news.types import ArticleStatus
from eventsapp.photos.service import show_to_everybody
from eventsapp.reports import queries as reports
from eventsapp.reports.models import Report, Snapshot
from eventsapp.reports.service import issue_report
from eventsapp.reports.types import EditionKind
from eventsapp.reports.visibility import check_blocks
from eventsapp.workshops.models import Workshop


def approved_report(workshop_id: int) -> Report:
    """The report, locked: two who publish at once stand in line."""
    report = reports.find_report(workshop_id)
    if report is not None:
        db.session().refresh(report, with_for_update=True)
    if report is None or not rules.is_ready(report):
        raise rules.ReportNotApproved
    return report


def locked(article_id: int) -> Article:
    article = db.get(Article, article_id)
    db.session().refresh(article, with_for_update=True)
    return article


def issue(report: Report, *, by: Actor, now: datetime) -> None:
    issue_report(
        report.id,
        kinds=[EditionKind.PUBLIC],
        languages=languages_of(report.snapshots[-1]),
        by=by,
        now=now,
    )


def put(article: Article, snapshot: Snapshot, note: Texts, *, by: Actor, now: datetime) -> None:
    """Make the snapshot the article's content, and keep it as a version of its own."""
    documents = {
        lang: compose_article(snapshot, lang, identifier=f"news:{article.id}", now=now)
        for lang in languages_of(snapshot)
    }
    workshop = db.get(Workshop, article.workshop_id)
    for lang, document in documents.items():
        sheet = reports.frozen_sheet(snapshot, lang)
        check_blocks(workshop, sheet, document.blocks, today=now.date())
    article.snapshot_id = snapshot.id
    show_to_everybody(workshop.id, photo_files(snapshot), by=by, now=now)
    add_version(article, documents, snapshot.hash, note, by=by, now=now)


def add_version(
    article: Article,
    documents: dict[str, Document],
    made_of: str,
    note: Texts,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Publish the documents, by language; ``made_of`` is the hash of what their facts are from."""
    article.languages = list(documents)
    name_article(article, texts_of(documents, "title"), texts_of(documents, "subject"))
    article.versions.append(
        ArticleVersion(
            number=len(article.versions) + 1,
            content=_content(documents, article.dated, made_of),
            note=note,
            published_at=now,
            published_by=by.id,
        )
    )


def name_article(article: Article, headline: Texts, standfirst: Texts) -> None:
    """What lists show and search looks through; the address follows the headline."""
    article.headline, article.standfirst = headline, standfirst
    words = [*headline.by_lang.values(), *standfirst.by_lang.values()]
    article.search_key = "\n".join(words).casefold()
    _move(article)


def _content(documents: dict[str, Document], dated: date, made_of: str) -> dict[str, Any]:
    return {
        "dated": dated.isoformat(),
        "snapshot": made_of,
        "documents": {lang: frozen.to_json(document) for lang, document in documents.items()},
    }


def _move(article: Article) -> None:
    """Follow a changed headline; the former address leads to the new one."""
    slug = free_slug(article.headline, _ref_of(article), article.id)
    if slug == article.slug:
        return
    session = db.session()
    former = session.get(SlugRedirect, slug)
    if former is not None:
        session.delete(former)
    session.add(SlugRedirect(slug=article.slug, article_id=article.id))
    article.slug = slug


def _ref_of(article: Article) -> str:
    return article.workshop.ref if article.workshop else f"news-{article.id}"


def free_slug(headline: Texts, ref: str, article_id: int | None) -> str:
    """Another article's address is told apart by the workshop's reference."""
    slug = rules.slug_of(headline, ref)
    return f"{slug}-{ref.lower()}" if queries.is_taken(slug, except_id=article_id) else slug


def change(article: Article, to: ArticleStatus, *, by: Actor, now: datetime) -> None:
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
    call_channels(now=now)
