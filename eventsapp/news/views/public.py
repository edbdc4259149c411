"""News as everybody reads it: pages and the PDF."""

from datetime import date
from typing import Any

from flask import Response, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.errors import NotFound
from eventsapp.documents.render import article_html
from eventsapp.edge import storage
from eventsapp.news import items, queries
from eventsapp.news import pages as facts
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article
from eventsapp.news.types import ArticleStatus
from eventsapp.news.views.blueprint import pages
from eventsapp.news.views.keeping import kept
from eventsapp.photos.links import media_url
from eventsapp.reports import queries as reports
from eventsapp.reports.models import Edition
from eventsapp.web.access import public
from eventsapp.web.kept_files import keep_file
from eventsapp.web.kept_pages import REVALIDATE
from eventsapp.web.locale import current_language
from eventsapp.web.reading import reading

MOST_RELATED = 3


@pages.get("/news/<slug>")
@public
@reading
def show(slug: str) -> Answer:
    return kept(lambda: _article(slug))


def _article(slug: str) -> Answer | str:
    article = queries.get_by_slug(slug)
    if slug != article.slug:
        return _moved("news.show", article)
    if article.status == ArticleStatus.WITHDRAWN:
        return _gone(article)
    lang = items.language_of(article)
    version = queries.newest_versions([article])[article.id]
    document = queries.document_of(version, lang)
    lead, blocks = lead_of(document)
    return render_template(
        "news/show.html",
        article=article,
        article_lang=lang,
        document=document,
        kicker=facts.kicker_of(article),
        lead=lead,
        body=article_html(blocks, lang=lang, media_url=media_url),
        urls=items.urls_of(article),
        editions=_editions(article),
        json_ld=facts.json_ld(article, document),
        is_older=lang in version.content.get("outdated", ()),
        related=queries.related_articles(article, MOST_RELATED),
        shares=facts.share_links(items.urls_of(article)[lang], document.title),
    )


@pages.get("/news/<slug>/history")
@public
@reading
def history(slug: str) -> Answer:
    return kept(lambda: _history(slug))


def _history(slug: str) -> Answer | str:
    article = queries.get_by_slug(slug)
    if slug != article.slug:
        return _moved("news.history", article)
    if article.status == ArticleStatus.WITHDRAWN:
        return _gone(article)
    lang = items.language_of(article)
    versions = [
        (version, _as_published(version.content, lang)) for version in reversed(article.versions)
    ]
    return render_template("news/history.html", article=article, versions=versions)


@pages.get("/news/<slug>.pdf")
@public
@reading
def pdf(slug: str) -> Answer:
    state = queries.public_state(now=clock.now())
    files = queries.files_of(slug)
    if not files:
        return _elsewhere(slug)
    wanted = current_language()
    lang = wanted if wanted in files else next(iter(files))
    key = files[lang]
    if not key:
        raise NotFound
    if not storage.exists(key):
        raise storage.FileMissing
    answer = _file(key, f"{slug}-{lang}.pdf")
    answer.headers["Cache-Control"] = REVALIDATE
    keep_file(storage.path(key), lambda: queries.public_state(now=clock.now()) == state)
    return answer


def _elsewhere(slug: str) -> Answer:
    """The way from a former address, or why the article is gone; raises NotFound."""
    article = queries.get_by_slug(slug)
    if slug != article.slug:
        return _moved("news.pdf", article)
    return _gone(article)


def _file(key: str, name: str) -> Answer:
    """The file, or word that the reader's copy is the same; then it is not even opened."""
    etag = key.partition(".")[0]
    if request.if_none_match.contains(etag):
        answer = Response(status=304)
        answer.set_etag(etag)
        return answer
    return send_file(
        storage.path(key),
        mimetype="application/pdf",
        download_name=name,
        etag=etag,
        conditional=True,
    )


def _moved(endpoint: str, article: Article) -> Answer:
    lang = request.args.get("lang")
    return redirect(url_for(endpoint, slug=article.slug, lang=lang), 301)


def _gone(article: Article) -> Answer:
    page = make_response(render_template("news/withdrawn.html", article=article), 410)
    page.headers["Cache-Control"] = REVALIDATE
    return page


def _editions(article: Article) -> list[Edition]:
    if article.snapshot_id is None:
        return []
    found = (reports.find_ready_of(article.snapshot_id, lang) for lang in article.languages)
    return [edition for edition in found if edition is not None]


def _as_published(content: dict[str, Any], lang: str) -> dict[str, Any]:
    """What a version said, in this language or in one that it had."""
    documents = content["documents"]
    document = documents.get(lang) or next(iter(documents.values()))
    return {
        "headline": document["title"],
        "lang": document["lang"],
        "standfirst": document["subject"],
        "snapshot": content["snapshot"],
        "dated": date.fromisoformat(content["dated"]),
    }
