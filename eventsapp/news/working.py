"""What an article would be if it were published now: its documents, and what they rest on."""

from datetime import datetime

from eventsapp.core import db
from eventsapp.core.texts import LANGUAGES
from eventsapp.documents.blocks import Document
from eventsapp.documents.prose import references
from eventsapp.edge.settings import current_settings
from eventsapp.news import rules
from eventsapp.news.compose import compose_article, compose_plain, languages_of, project_sheet
from eventsapp.news.models import Article, ArticleText
from eventsapp.news.types import TextState
from eventsapp.news.wording import Wording, full_wording, wording_of
from eventsapp.reports import queries as reports
from eventsapp.reports import rules as report_rules
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Report, Snapshot
from eventsapp.reports.visibility import check_blocks


def working_snapshot(article: Article) -> Snapshot | None:
    """The newest approved facts of its report; what is public may rest on older ones."""
    if article.report_id is None:
        return None
    return db.get(Report, article.report_id).snapshots[-1]


def sheet_of(article: Article, lang: str) -> FactSheet:
    """The facts that the article's words may refer to."""
    snapshot = working_snapshot(article)
    if snapshot is not None:
        return reports.frozen_sheet(snapshot, lang)
    return project_sheet(article, lang)


def text_in(article: Article, lang: str) -> ArticleText | None:
    return next((text for text in article.texts if text.lang == lang), None)


def words_of(article: Article, lang: str) -> Wording:
    """What the article says in this language, as it is edited."""
    written, snapshot = wording_of(text_in(article, lang)), working_snapshot(article)
    if snapshot is None or lang not in languages_of(snapshot):
        return written
    return full_wording(snapshot, lang, written)


def languages_in_work(article: Article) -> list[str]:
    """The languages it would be published in: those with a whole text, the original first."""
    snapshot = working_snapshot(article)
    states = {text.lang: text.state for text in article.texts}
    if snapshot is not None:
        found = [
            lang
            for lang in languages_of(snapshot)
            if states.get(lang, TextState.READY) == TextState.READY
        ]
    else:
        found = [
            text.lang
            for text in article.texts
            if text.state == TextState.READY and text.headline and text.body
        ]
    return sorted(found, key=lambda lang: (lang != article.original_lang, LANGUAGES.index(lang)))


def document_in(
    article: Article, lang: str, *, now: datetime, words: Wording | None = None
) -> Document:
    """The article in one language as it is written now, or in these words."""
    written, snapshot = words or wording_of(text_in(article, lang)), working_snapshot(article)
    identifier = f"news:{article.id}"
    if snapshot is not None:
        return compose_article(snapshot, lang, identifier=identifier, now=now, written=written)
    project = article.project
    author = project.organisation.name.text(lang) if project else current_settings().organisation
    return compose_plain(
        written,
        project_sheet(article, lang),
        photo=article.photo,
        author=author,
        identifier=identifier,
        now=now,
    )


def checked_documents(article: Article, *, now: datetime) -> dict[str, Document]:
    """Every language's document; raises what keeps the article from being published."""
    languages = languages_in_work(article)
    if article.original_lang not in languages:
        raise rules.NothingToPublish
    rules.check_photo(article.photo, languages)
    documents = {}
    for lang in languages:
        sheet = sheet_of(article, lang)
        # What is composed was checked when the report was approved.
        check_words(wording_of(text_in(article, lang)), sheet)
        documents[lang] = document_in(article, lang, now=now)
        project = article.workshop.project if article.workshop else article.project
        if project is not None:
            check_blocks(
                project,
                sheet,
                documents[lang].blocks,
                workshop=article.workshop,
                today=now.date(),
            )
    return documents


def check_words(words: Wording, sheet: FactSheet) -> None:
    """Raise what may not be stated: references that lead nowhere, claims that are not borne out."""
    for field in ("headline", "standfirst", "body"):
        text = getattr(words, field) or ""
        if field != "headline":
            report_rules.check_references(sheet.facts, references(text), field=field)
        report_rules.check_claims(sheet.facts, text, sheet.language.key, field=field)
