"""News as everybody reads it: pages and the PDF."""

from datetime import date
from typing import Any

from flask import Response, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core.errors import NotFound
from eventsapp.documents.render import article_html
from eventsapp.edge import storage
from eventsapp.news import items, queries
from eventsapp.news import pages as facts
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article
from eventsapp.news.queries import NewsFilter
from eventsapp.news.types import ArticleStatus
from eventsapp.news.views.blueprint import pages
from eventsapp.photos.links import media_url
from eventsapp.projects import queries as projects
from eventsapp.reports import queries as reports
from eventsapp.reports.models import Edition
from eventsapp.web.access import current_actor, public
from eventsapp.web.countries import country_name
from eventsapp.web.locale import current_language

REVALIDATE = "public, max-age=0, must-revalidate"


@pages.get("/news/")
@public
def index() -> Response:
    args = request.args
    wanted = NewsFilter(
        words=args.get("q", "")[:100],
        country=args.get("country", ""),
        project=args.get("project", ""),
    )
    number = min(args.get("page", 1, type=int), 100_000)
    anything = ("", _("All"))
    page = render_template(
        "news/index.html",
        wanted=wanted,
        page=queries.list_articles(wanted, page=number),
        countries=[anything, *((code, country_name(code)) for code in queries.list_countries())],
        projects=[anything, *projects.project_slugs(current_language())],
    )
    return cacheable(make_response(page))


@pages.get("/news/<slug>")
@public
def show(slug: str) -> Answer:
    article = queries.get_by_slug(slug)
    if slug != article.slug:
        return _moved("news.show", article)
    if article.status == ArticleStatus.WITHDRAWN:
        return _gone(article)
    lang = items.language_of(article)
    document = queries.document_of(article.versions[-1], lang)
    lead, blocks = lead_of(document)
    page = render_template(
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
    )
    return cacheable(make_response(page))


@pages.get("/news/<slug>/history")
@public
def history(slug: str) -> Answer:
    article = queries.get_by_slug(slug)
    if slug != article.slug:
        return _moved("news.history", article)
    if article.status == ArticleStatus.WITHDRAWN:
        return _gone(article)
    lang = items.language_of(article)
    versions = [
        (version, _as_published(version.content, lang)) for version in reversed(article.versions)
    ]
    page = render_template("news/history.html", article=article, versions=versions)
    return cacheable(make_response(page))


@pages.get("/news/<slug>.pdf")
@public
def pdf(slug: str) -> Answer:
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


def cacheable(answer: Response) -> Response:
    """A visitor's copy may be kept, if it is compared each time; a signed-in person's may not."""
    if current_actor().is_signed_in:
        return answer
    answer.headers["Cache-Control"] = REVALIDATE
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _moved(endpoint: str, article: Article) -> Answer:
    lang = request.args.get("lang")
    return redirect(url_for(endpoint, slug=article.slug, lang=lang), 301)


def _gone(article: Article) -> Answer:
    return make_response(render_template("news/withdrawn.html", article=article), 410)


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
