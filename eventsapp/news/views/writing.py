"""Writing an article: its words beside what they become, and what it is filed under."""

from datetime import timedelta

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.errors import Refused, Stale
from eventsapp.core.texts import LANGUAGES
from eventsapp.core.unsaved import DAYS
from eventsapp.documents.render import article_html
from eventsapp.edge.settings import current_settings
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
from eventsapp.reports import merging
from eventsapp.reports import queries as reports
from eventsapp.reports.changes import compare_texts
from eventsapp.reports.rules import WrittenElsewhere
from eventsapp.reports.sections.photos import FACT as PHOTOS
from eventsapp.reports.views.notes import notes_of
from eventsapp.reports.views.previewing import POLICY
from eventsapp.web.access import current_actor
from eventsapp.web.errors import translate
from eventsapp.web.filters import clock_time
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
    try:
        saved = form.validate_on_submit() and _save(article_id, lang, form)
    except Stale:
        return _conflict(queries.get_article(article_id), lang, form)
    if not saved:
        return _editor(article, lang, form)
    flash(_("Saved."))
    if request.form.get("then") == "leave":
        return redirect(url_for("news.article", article_id=article_id))
    return redirect(url_for("news.write", article_id=article_id, text=lang))


@pages.post(f"{BASE}/text/autosave")
@writers
def autosave(article_id: int) -> tuple[Answer, int]:
    """Keep what is typed, for whoever types it; says what is to be noted beside the text."""
    article = queries.get_article(article_id)
    lang = _language(article)
    form = _form(article, lang)
    if not form.validate_on_submit():
        return jsonify(errors=form.errors), 422
    now = clock.now()
    try:
        revision = service.keep_typing(
            article_id,
            lang,
            form.prose(),
            opened=form.opened(),
            version=forms.number_of(form.version),
            revision=forms.number_of(form.revision),
            by=current_actor(),
            now=now,
        )
    except WrittenElsewhere as refused:
        return jsonify(refusal=translate(refused)), refused.status
    time = clock_time(now, current_settings().timezone)
    answer = {
        "revision": revision,
        "saved": _("Kept at %(time)s. Not saved yet.", time=time),
        "notes": _notes(article, lang, form),
    }
    return jsonify(answer), 200


@pages.post(f"{BASE}/text/discard")
@writers
def discard_typing(article_id: int) -> Answer:
    lang = _language(queries.get_article(article_id))
    service.discard_typing(article_id, lang, by=current_actor())
    flash(_("Dropped. This is the text as it was saved last."))
    return redirect(url_for("news.write", article_id=article_id, text=lang))


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


def _save(article_id: int, lang: str, form: forms.WordsForm) -> bool:
    """Save what was typed and, if so asked, send it for review; False when that was refused."""
    by, now = current_actor(), clock.now()
    article = None
    try:
        article = service.save_text(
            article_id, lang, form.draft(), opened=form.opened(), by=by, now=now
        )
        if request.form.get("then") == "submit":
            service.submit_article(article_id, version=article.version, by=by, now=now)
    except Stale:
        raise
    except Refused as refused:
        form.show_refusal(refused)
        if article is not None:
            # It is saved, and only not sent: the next save goes on from here.
            form.reopen(words_of(article, lang), article.version)
        return False
    return True


def _conflict(article: Article, lang: str, form: forms.WordsForm) -> str:
    """Both texts of what two people changed, and a field for the one that is to be kept."""
    words, text = words_of(article, lang), text_in(article, lang)
    theirs, opened = service.parts_of(words), form.opened()
    mine = merging.changed(form.prose(), opened)
    clashing = merging.clashes(mine, theirs, opened)
    form.reopen(words, article.version)
    return render_template(
        "news/conflict.html",
        article=article,
        form=form,
        text_language=lang,
        clashing=clashing,
        others=form.beside(clashing, {**theirs, **mine}),
        pieces={key: compare_texts(theirs[key], mine[key]) for key in clashing},
        writer=reports.name_of(text.edited_by if text else None),
    )


def _form(article: Article, lang: str) -> forms.WordsForm:
    sheet = sheet_of(article, lang)
    photos = {
        row["id"]: sheet.text_of(row["alternative"], PHOTOS) for row in sheet.value(PHOTOS) or ()
    }
    quotes = {mark_of(row): row["text"] for row in quote_rows(sheet)}
    words, text = words_of(article, lang), text_in(article, lang)
    unsaved = queries.find_typing(article.id, lang, by=current_actor())
    return forms.words_form(
        article, words, text, lang=lang, photos=photos, quotes=quotes, unsaved=unsaved
    )


def _editor(article: Article, lang: str, form: forms.WordsForm) -> str:
    sheet = sheet_of(article, lang)
    original = article.original_lang
    unsaved = queries.find_typing(article.id, lang, by=current_actor())
    return render_template(
        "news/write.html",
        article=article,
        form=form,
        text_language=lang,
        texts=_languages(article),
        sheet=sheet,
        facts=[f for f in sheet.facts.values() if f.kind != "rows" and not f.withheld],
        notes=_notes(article, lang, form),
        is_made_of_report=article.origin == Origin.REPORT,
        unsaved=None if form.is_submitted() else unsaved,
        dropped_on=unsaved.saved_at + timedelta(days=DAYS) if unsaved else None,
        writer_id=current_actor().id,
        zone=current_settings().timezone,
        is_outdated=lang in queries.outdated_of(article),
        original=words_of(article, original) if lang != original else None,
    )


def _notes(article: Article, lang: str, form: forms.WordsForm) -> dict[str, list[str]]:
    is_made_of_report = article.origin == Origin.REPORT
    return notes_of(form.prose(), sheet_of(article, lang).facts, lang, numbers=is_made_of_report)


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
