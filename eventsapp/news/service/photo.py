"""An article's own photo: kept, cut, described, and taken out again.

Readers see the file that was published last, whatever becomes of the photo meanwhile.
"""

from datetime import datetime

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound, Stale
from eventsapp.news import rules
from eventsapp.news.models import Article, ArticlePhoto
from eventsapp.news.service.consents import PHOTO_WITHDRAWN, redact_article
from eventsapp.news.service.content import locked, note, rework
from eventsapp.photos import service as photos
from eventsapp.photos.types import PhotoDraft, PhotoFiles


def put_photo(article_id: int, data: bytes, *, by: Actor, now: datetime) -> Article:
    """Give the article this photo, in the place of the one it has; raises PictureRefused.

    The pixels are worked on before the transaction begins: nobody waits for them.
    """
    rules.check_may_publish(by=by)
    rules.check_takes_photo(db.get(Article, article_id))
    return _put(article_id, photos.keep_files(data), by=by, now=now)


@transaction
def _put(article_id: int, files: PhotoFiles, *, by: Actor, now: datetime) -> Article:
    article = locked(article_id)
    photo = article.photo or ArticlePhoto()
    photo.master_key = files.master_key
    # Nothing that was said of another picture is true of this one.
    photos.describe(photo, PhotoDraft(), files)
    photo.uploaded_by, photo.uploaded_at, photo.described_by = by.id, now, None
    article.photo = photo
    rework(article, by=by, now=now)
    note(article, "article.photo_added", by=by, now=now)
    return article


def describe_photo(article_id: int, draft: PhotoDraft, *, by: Actor, now: datetime) -> Article:
    """Replace what is said of the photo and how it is cut; raises Stale when somebody changed
    the article since it was opened."""
    rules.check_may_publish(by=by)
    files = photos.cut_files(_photo_of(db.get(Article, article_id)).master_key, draft.box)
    return _describe(article_id, draft, files, by=by, now=now)


@transaction
def _describe(
    article_id: int, draft: PhotoDraft, files: PhotoFiles, *, by: Actor, now: datetime
) -> Article:
    article = locked(article_id)
    photo = _photo_of(article)
    if article.version != draft.version or photo.master_key != files.master_key:
        raise Stale
    photos.describe(photo, draft, files)
    photo.described_by = by.id
    rework(article, by=by, now=now)
    note(article, "article.photo_described", by=by, now=now)
    return article


@transaction
def remove_photo(article_id: int, *, by: Actor, now: datetime) -> Article:
    """Do without the photo from the next version on."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    _photo_of(article)
    article.photo = None
    rework(article, by=by, now=now)
    note(article, "article.photo_removed", by=by, now=now)
    return article


@transaction
def withdraw_photo(article_id: int, *, by: Actor, now: datetime) -> Article:
    """Take the photo that was published out of everything at once, since somebody it shows no
    longer agrees: what readers see is corrected, and no version that is kept has it any more."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    if article.shown_photo is None:
        raise NotFound
    master_key = article.versions[-1].content["photo"]["master_key"]
    if article.photo is not None and article.photo.master_key == master_key:
        article.photo = None
    article.shown_photo = None
    note(article, "article.photo_withdrawn", by=by, now=now)
    keys = _published_files(article, master_key)
    redact_article(article, (), keys, PHOTO_WITHDRAWN, by=by, now=now)
    return article


def _published_files(article: Article, master_key: str) -> set[str]:
    """The files of a photo, as it was cut in each version."""
    photos_of = (version.content.get("photo") or {} for version in article.versions)
    return {row["file_key"] for row in photos_of if row.get("master_key") == master_key}


def _photo_of(article: Article) -> ArticlePhoto:
    if article.photo is None:
        raise NotFound
    return article.photo
