"""Writing an article: its words beside what they become, and what it is filed under."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.texts import LANGUAGES
from eventsapp.documents.render import article_html
from eventsapp.news import forms, queries, service
from eventsapp.news import pages as facts
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article
from eventsapp.news.types import Origin
from eventsapp.news.views.articles import BASE, writers
from eventsapp.news.views.blueprint import pages
from eventsapp.news.wording import mark_of, quote_rows
from eventsapp.news.working import (
    document_in,
    sheet_of,
    text_in,
    words_of,
    working_snapshot,
)
from eventsapp.photos.links import media_url
from eventsapp.projects import queries as projects
from eventsapp.reports.sections.photos import FACT as PHOTOS
from eventsapp.reports.views.notes import notes_of
from eventsapp.reports.views.previewing import POLICY
from eventsapp.web.access import current_actor
from eventsapp.web.locale import current_language
from eventsapp.workshops import queries as workshops


@pages.post("/manage/workshops/<int:workshop_id>/news/draft")
@writers
def open_draft(workshop_id: int) -> Answer:
    """From an approved report to its article, as a draft to be edited."""
    article = service.open_draft(workshop_id, by=current_actor(), now=clock.now())
    return redirect(url_for("news.write", article_id=article.id))


@pages.route("/manage/news/new", methods=["GET", "POST"])
@writers
def new_article() -> str | Answer:
    form = forms.NewArticleForm(original_lang=current_language())
    _offer(form)
    article = form.accept(
        lambda: service.write_article(
            form.filed(), form.text(), by=current_actor(), now=clock.now(), key=form.key()
        )
    )
    if article is not None:
        return redirect(url_for("news.write", article_id=article.id))
    return render_template("news/new_article.html", form=form)


@pages.route(f"{BASE}/filing", methods=["GET", "POST"])
@writers
def file_article(article_id: int) -> str | Answer:
    article = queries.get_article(article_id)
    form = forms.FilingForm(data=forms.filing_data(article))
    _offer(form)
    version = forms.number_of(form.version)
    if form.accept(
        lambda: service.describe_article(
            article_id, form.filed(), version=version, by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("news.article", article_id=article_id))
    return render_template("news/file_article.html", article=article, form=form)


@pages.route(f"{BASE}/text", methods=["GET", "POST"])
@writers
def write(article_id: int) -> str | Answer:
    article = queries.get_article(article_id)
    lang = _language(article)
    form = _form(article, lang)
    if form.accept(lambda: _save(article_id, lang, form)):
        flash(_("Saved."))
        if request.form.get("then") == "leave":
            return redirect(url_for("news.article", article_id=article_id))
        return redirect(url_for("news.write", article_id=article_id, text=lang))
    return _editor(article, lang, form)


@pages.post(f"{BASE}/text/confirm")
@writers
def confirm_translation(article_id: int) -> Answer:
    lang = _language(queries.get_article(article_id))
    service.confirm_translation(article_id, lang, by=current_actor(), now=clock.now())
    flash(_("Noted: this translation says what the original says."))
    return redirect(url_for("news.write", article_id=article_id, text=lang))


@pages.get(f"{BASE}/preview")
@writers
def preview(article_id: int) -> str:
    """The page, the search result and the card that others will see."""
    article = queries.get_article(article_id)
    lang = _language(article)
    document = document_in(article, lang, now=clock.now())
    return render_template(
        "news/preview.html",
        article=article,
        text_language=lang,
        texts=_languages(article),
        document=document,
        address=facts.absolute("news.show", slug=article.slug),
        lead=lead_of(document)[0],
    )


@pages.route(f"{BASE}/page", methods=["GET", "POST"])
@writers
def preview_page(article_id: int) -> Response:
    """The article as its readers will see it; of words sent along, before they are saved."""
    article = queries.get_article(article_id)
    lang = _language(article)
    words = _form(article, lang).wording() if request.method == "POST" else None
    document = document_in(article, lang, now=clock.now(), words=words)
    lead, blocks = lead_of(document)
    page = render_template(
        "news/preview_page.html",
        article=article,
        document=document,
        lead=lead,
        kicker=facts.kicker_of(article),
        body=article_html(blocks, lang=lang, media_url=media_url),
    )
    return Response(page, headers={"Content-Security-Policy": POLICY})


def _save(article_id: int, lang: str, form: forms.WordsForm) -> Article:
    by, now = current_actor(), clock.now()
    article = service.save_text(article_id, lang, form.draft(), by=by, now=now)
    if request.form.get("then") == "submit":
        service.submit_article(article_id, version=article.version, by=by, now=now)
    return article


def _form(article: Article, lang: str) -> forms.WordsForm:
    sheet = sheet_of(article, lang)
    photos = {
        row["id"]: sheet.text_of(row["alternative"], PHOTOS) for row in sheet.value(PHOTOS) or ()
    }
    quotes = {mark_of(row): row["text"] for row in quote_rows(sheet)}
    words, text = words_of(article, lang), text_in(article, lang)
    return forms.words_form(article, words, text, lang=lang, photos=photos, quotes=quotes)


def _editor(article: Article, lang: str, form: forms.WordsForm) -> str:
    sheet = sheet_of(article, lang)
    typed = {name: form[name].data or "" for name in ("headline", "standfirst", "body")}
    is_made_of_report = article.origin == Origin.REPORT
    original = article.original_lang
    return render_template(
        "news/write.html",
        article=article,
        form=form,
        text_language=lang,
        texts=_languages(article),
        sheet=sheet,
        facts=[f for f in sheet.facts.values() if f.kind != "rows" and not f.withheld],
        notes=notes_of(typed, sheet.facts, lang, numbers=is_made_of_report),
        is_made_of_report=is_made_of_report,
        is_outdated=lang in queries.outdated_of(article),
        original=words_of(article, original) if lang != original else None,
    )


def _languages(article: Article) -> list[str]:
    """Those the report was approved in, or all; the original first."""
    snapshot = working_snapshot(article)
    found = LANGUAGES if snapshot is None else snapshot.content["languages"]
    return sorted(found, key=lambda lang: lang != article.original_lang)


def _language(article: Article) -> str:
    wanted, offered = request.args.get("text", ""), _languages(article)
    return wanted if wanted in offered else offered[0]


def _offer(form: forms.FilingForm) -> None:
    lang = current_language()
    topics = [(topic.slug, topic.name.text(lang)) for topic in workshops.list_topics()]
    form.offer(projects.project_choices(lang), topics)
