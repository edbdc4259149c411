"""Drafting: an article's words, what it is filed under, and its address."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from eventsapp.core import db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.edge.settings import today
from eventsapp.news import queries, rules
from eventsapp.news.models import Article, ArticleText
from eventsapp.news.service.content import (
    free_slug,
    locked,
    move,
    name_article,
    note,
    ref_of,
    restore_wording,
    rework,
)
from eventsapp.news.service.unsaved import drop_typing
from eventsapp.news.types import ArticleDraft, ArticleStatus, Origin, TagKind, TextDraft
from eventsapp.news.wording import Wording, composed_wording
from eventsapp.news.working import check_words, sheet_of, text_in, words_of, working_snapshot
from eventsapp.reports.merging import changed, clashes, normal

PARTS = ("headline", "standfirst", "body")


@transaction
def write_article(
    draft: ArticleDraft,
    text: TextDraft,
    *,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Article:
    """Begin an article of its author's words alone."""
    rules.check_may_publish(by=by)

    def create() -> Article:
        headline = Texts.of(**{draft.original_lang: text.headline})
        article = Article(
            # Its own follows once its number is known.
            slug=secrets.token_hex(16),
            origin=Origin.PLAIN,
            status=ArticleStatus.DRAFT,
            dated=today(now=now),
            headline=headline,
            standfirst=NO_TEXT,
            languages=[],
            original_lang=draft.original_lang,
            author_id=by.id,
            correction=NO_TEXT,
            withdrawal_reason=NO_TEXT,
            created_at=now,
            changed_at=now,
        )
        _file(article, draft)
        db.session().add(article)
        note(article, "article.begun", by=by, now=now)
        move(article, free_slug(headline, ref_of(article), article.id))
        _save(article, draft.original_lang, text, by=by, now=now)
        return article

    return once(key, create, Article, now=now)


@transaction
def describe_article(
    article_id: int, draft: ArticleDraft, *, version: int, by: Actor, now: datetime
) -> Article:
    """File it under countries, topics and a project; what is public changes with it."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    if article.version != version:
        raise Stale
    _file(article, draft)
    note(article, "article.filed", by=by, now=now)
    return article


def _file(article: Article, draft: ArticleDraft) -> None:
    article.project_id = draft.project_id
    article.original_lang = draft.original_lang
    article.tag(TagKind.COUNTRY, draft.countries)
    article.tag(TagKind.TOPIC, draft.topics)


@transaction
def save_text(
    article_id: int,
    lang: str,
    draft: TextDraft,
    *,
    opened: Mapping[str, str] | None = None,
    by: Actor,
    now: datetime,
) -> Article:
    """Keep the words of one language; the next version is a draft again, and who wrote may not
    approve it.

    ``opened`` has the fingerprints of the words that the writing began from: who saved other
    parts meanwhile is not in the way. Raises Stale where both changed the same part.
    """
    rules.check_may_publish(by=by)
    article = locked(article_id)
    if article.version != draft.version:
        draft = _beside_theirs(article, lang, draft, opened)
    drop_typing(article_id, lang, by=by)
    if _save(article, lang, draft, by=by, now=now):
        rework(article, by=by, now=now)
    return article


def _beside_theirs(
    article: Article, lang: str, draft: TextDraft, opened: Mapping[str, str] | None
) -> TextDraft:
    """What is typed here beside what somebody else saved meanwhile; raises Stale where both
    changed the same part."""
    mine, theirs = parts_of(draft), parts_of(words_of(article, lang))
    if opened is None or clashes(mine, theirs, opened):
        raise Stale
    both = {**theirs, **changed(mine, opened)}
    return replace(
        draft, headline=both["headline"], standfirst=both["standfirst"], body=both["body"]
    )


def parts_of(words: TextDraft | Wording) -> dict[str, str]:
    """Headline, standfirst and body, by name."""
    return {name: getattr(words, name) or "" for name in PARTS}


def _save(article: Article, lang: str, draft: TextDraft, *, by: Actor, now: datetime) -> bool:
    written = _own_words(article, lang, draft)
    check_words(written, sheet_of(article, lang))
    before = text_in(article, lang)
    text = before or ArticleText(lang=lang, changed_at=now)
    is_new = {name: getattr(written, name) for name in PARTS} != {
        name: getattr(text, name) for name in PARTS
    }
    quotes = None if written.quotes is None else list(written.quotes)
    chosen = (written.lead_photo, quotes, draft.state)
    if before is not None and not is_new and chosen == (text.lead_photo, text.quotes, text.state):
        return False
    if before is None:
        article.texts.append(text)
    for name in PARTS:
        setattr(text, name, getattr(written, name))
    text.lead_photo, text.quotes, text.state = chosen
    if is_new:
        text.edited_by = by.id
        text.changed_at = text.changed_at if draft.is_minor and before else now
    _rename(article)
    note(article, "article.saved", by=by, now=now, detail={"lang": lang})
    return True


def _own_words(article: Article, lang: str, draft: TextDraft) -> Wording:
    """What differs from what is composed; of an article without a report, everything."""
    typed = Wording(
        headline=normal(draft.headline),
        standfirst=normal(draft.standfirst),
        body=normal(draft.body),
        lead_photo=draft.lead_photo,
        quotes=draft.quotes,
    )
    snapshot = working_snapshot(article)
    if snapshot is None or lang not in snapshot.content["languages"]:
        return typed
    composed = composed_wording(snapshot, lang)
    same = {
        name: None
        for name in PARTS
        if getattr(typed, name) == normal(getattr(composed, name) or "")
    }
    return replace(typed, **same)


def _rename(article: Article) -> None:
    """Before it is published, lists of staff show what it is called in work."""
    if not rules.is_unpublished(article):
        return
    found = {text.lang: text.headline for text in article.texts if text.headline}
    headline = Texts.of(**{**article.headline.by_lang, **found})
    name_article(article, headline, article.standfirst)


@transaction
def confirm_translation(article_id: int, lang: str, *, by: Actor, now: datetime) -> Article:
    """Say that a translation needs no change: it says what the changed original says."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    text = text_in(article, lang)
    if text is None:
        text = ArticleText(lang=lang)
        article.texts.append(text)
    text.changed_at = now
    note(article, "article.translation_confirmed", by=by, now=now, detail={"lang": lang})
    return article


@transaction
def change_slug(article_id: int, slug: str, *, by: Actor, now: datetime) -> Article:
    """Give it another address; the former one leads there."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    rules.check_slug(slug, is_taken=queries.is_taken(slug, except_id=article.id))
    detail = {"from": article.slug, "to": slug}
    move(article, slug)
    note(article, "article.moved", by=by, now=now, detail=detail)
    return article


@transaction
def discard_draft(article_id: int, *, by: Actor, now: datetime) -> None:
    """Drop what is in work: the whole article if it was never public, else the next version."""
    rules.check_may_publish(by=by)
    article = locked(article_id)
    rules.check_stage(article, ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW, ArticleStatus.APPROVED)
    note(article, "article.discarded", by=by, now=now)
    if rules.is_unpublished(article):
        db.session().delete(article)
        return
    article.revision = None
    restore_wording(article)
