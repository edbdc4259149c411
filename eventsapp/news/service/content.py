"""What the use cases of news share: the lock, the content of a version, the address, the state."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.texts import Texts
from eventsapp.documents import frozen
from eventsapp.documents.blocks import Document
from eventsapp.news import queries, rules
from eventsapp.news.compose import languages_of, photo_files, texts_of
from eventsapp.news.models import (
    Article,
    ArticlePhoto,
    ArticleText,
    ArticleVersion,
    SlugRedirect,
)
from eventsapp.news.service.deliveries import call_channels
from eventsapp.news.types import ArticleStatus
from eventsapp.news.working import checked_documents, working_snapshot
from eventsapp.photos.service import show_to_everybody
from eventsapp.reports import queries as reports
from eventsapp.reports.models import Report, Snapshot
from eventsapp.reports.service import issue_report
from eventsapp.reports.types import EditionKind

WRITTEN = ("headline", "standfirst", "body", "lead_photo", "quotes", "state", "edited_by")
TEXTS_OF_PHOTO = ("alternative", "caption")
PLAIN_OF_PHOTO = (
    "master_key",
    "file_key",
    "width",
    "height",
    "cut_left",
    "cut_top",
    "cut_right",
    "cut_bottom",
    "credit",
    "recognisable",
    "uploaded_by",
    "described_by",
)


def approved_report(workshop_id: int) -> Report:
    """The report, locked: two who publish at once stand in line."""
    report = reports.find_report(workshop_id)
    if report is not None:
        db.get_locked(Report, report.id)
    if report is None or not rules.is_ready(report):
        raise rules.ReportNotApproved
    return report


def locked(article_id: int) -> Article:
    return db.get_locked(Article, article_id)


def issue(report: Report, *, by: Actor, now: datetime) -> None:
    issue_report(
        report.id,
        kinds=[EditionKind.PUBLIC],
        languages=languages_of(report.snapshots[-1]),
        by=by,
        now=now,
    )


def put(article: Article, note: Texts, *, by: Actor, now: datetime) -> None:
    """Make what is composed and written now the article's content, as a version of its own.

    The public edition of a snapshot that is new to readers is issued with it.
    """
    snapshot = working_snapshot(article)
    if snapshot is not None:
        _follow(article, snapshot, by=by, now=now)
    documents = checked_documents(article, now=now)
    article.languages = list(documents)
    article.revision = None
    article.shown_photo = article.photo.file_key if article.photo else None
    name_article(article, texts_of(documents, "title"), texts_of(documents, "subject"))
    outdated = rules.outdated_languages(article.texts, article.original_lang, documents)
    article.versions.append(
        ArticleVersion(
            number=len(article.versions) + 1,
            content=_content(article, documents, snapshot, outdated),
            note=note,
            published_at=now,
            published_by=by.id,
        )
    )


def _follow(article: Article, snapshot: Snapshot, *, by: Actor, now: datetime) -> None:
    if rules.is_unpublished(article) or snapshot.id != article.snapshot_id:
        issue(approved_report(db.get(Report, article.report_id).workshop_id), by=by, now=now)
    article.snapshot_id = snapshot.id
    show_photos(article, by=by, now=now)


def show_photos(article: Article, *, by: Actor, now: datetime) -> None:
    """Let everybody see the photos of what is published, in the article and its PDF."""
    if article.workshop_id is not None and article.snapshot_id is not None:
        files = photo_files(db.get(Snapshot, article.snapshot_id))
        show_to_everybody(article.workshop_id, files, by=by, now=now)


def hide_photos(article: Article, *, by: Actor, now: datetime) -> None:
    if article.workshop_id is not None:
        show_to_everybody(article.workshop_id, (), by=by, now=now)


def name_article(article: Article, headline: Texts, standfirst: Texts) -> None:
    """What lists show and search looks through; the address follows the headline, unless
    somebody chose another."""
    follows = _follows_headline(article)
    article.headline, article.standfirst = headline, standfirst
    words = [*headline.by_lang.values(), *standfirst.by_lang.values()]
    article.search_key = "\n".join(words).casefold()
    if follows:
        move(article, free_slug(headline, ref_of(article), article.id))


def _follows_headline(article: Article) -> bool:
    ref = ref_of(article)
    slug = rules.slug_of(article.headline, ref)
    return article.slug in {slug, f"{slug}-{ref.lower()}"}


def _content(
    article: Article,
    documents: dict[str, Document],
    snapshot: Snapshot | None,
    outdated: Iterable[str],
) -> dict[str, Any]:
    return {
        "dated": article.dated.isoformat(),
        "snapshot": snapshot.hash if snapshot else "",
        "outdated": sorted(outdated),
        "documents": {lang: frozen.to_json(document) for lang, document in documents.items()},
        "wording": [_to_json(text) for text in article.texts],
        "photo": _photo_to_json(article.photo) if article.photo else None,
    }


def _to_json(text: ArticleText) -> dict[str, Any]:
    found = {name: getattr(text, name) for name in WRITTEN}
    return {"lang": text.lang, "changed_at": text.changed_at.isoformat(), **found}


def _photo_to_json(photo: ArticlePhoto) -> dict[str, Any]:
    return {
        **{name: getattr(photo, name).to_json() for name in TEXTS_OF_PHOTO},
        **{name: getattr(photo, name) for name in PLAIN_OF_PHOTO},
        "uploaded_at": photo.uploaded_at.isoformat(),
    }


def _restore_photo(article: Article, row: dict[str, Any] | None) -> None:
    if row is None:
        article.photo = None
        return
    photo = article.photo or ArticlePhoto()
    for name in TEXTS_OF_PHOTO:
        setattr(photo, name, Texts.from_json(row[name]))
    for name in PLAIN_OF_PHOTO:
        setattr(photo, name, row[name])
    photo.uploaded_at = datetime.fromisoformat(row["uploaded_at"])
    article.photo = photo


def restore_wording(article: Article) -> None:
    """Drop what was written, and which photo was chosen, since the last version that was
    published."""
    content = article.versions[-1].content
    _restore_photo(article, content.get("photo"))
    kept = {row["lang"]: row for row in content.get("wording", ())}
    article.texts = [text for text in article.texts if text.lang in kept]
    for text in article.texts:
        row = kept[text.lang]
        for name in WRITTEN:
            setattr(text, name, row[name])
        text.changed_at = datetime.fromisoformat(row["changed_at"])


def move(article: Article, slug: str) -> None:
    """Give it this address; the former one, if readers ever saw it, leads there."""
    if slug == article.slug:
        return
    session = db.session()
    former = session.get(SlugRedirect, slug)
    if former is not None:
        session.delete(former)
    if article.published_at is not None:
        session.add(SlugRedirect(slug=article.slug, article_id=article.id))
    article.slug = slug


def ref_of(article: Article) -> str:
    return article.workshop.ref if article.workshop else f"news-{article.id}"


def free_slug(headline: Texts, ref: str, article_id: int | None) -> str:
    """Where another article has the address, ``ref`` and then a number tell this one apart."""
    slugs = _slugs(rules.slug_of(headline, ref), ref.lower())
    return next(slug for slug in slugs if not queries.is_taken(slug, except_id=article_id))


def _slugs(slug: str, ref: str) -> Iterator[str]:
    yield slug
    yield f"{slug}-{ref}"
    for number in count(2):
        yield f"{slug}-{ref}-{number}"


def rework(article: Article, *, by: Actor, now: datetime) -> None:
    """Somebody changed what is to be published: it is a draft again, and nobody has approved it.

    Its version moves even where nothing else of the row does, so that who saves on from what was
    before is told.
    """
    article.author_id, article.approved_by, article.publish_at = by.id, None, None
    if rules.stage_of(article) != ArticleStatus.DRAFT:
        advance(article, ArticleStatus.DRAFT, by=by, now=now)
    elif rules.is_unpublished(article):
        article.changed_at = now
    flag_modified(article, "author_id")


def advance(article: Article, to: ArticleStatus, *, by: Actor, now: datetime) -> None:
    """Take the next version one step: that of what is public without touching what is."""
    if rules.is_unpublished(article):
        change(article, to, by=by, now=now)
        return
    was, article.revision = article.revision, to
    note(article, f"article.revision_{to}", by=by, now=now, detail={"from": was})


def change(article: Article, to: ArticleStatus, *, by: Actor, now: datetime) -> None:
    was, article.status = article.status, to
    article.changed_at = now
    detail = {"from": was, "slug": article.slug, "version": len(article.versions)}
    note(article, f"article.{to}", by=by, now=now, detail=detail)
    if not rules.is_unpublished(article):
        call_channels(now=now)


def note(
    article: Article,
    action: str,
    *,
    by: Actor,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    db.session().flush()
    audit.record(action, f"article:{article.id}", by=by, now=now, detail=detail)
