"""An article's document: of a snapshot, with the same facts as the report, or of words alone."""

from collections.abc import Sequence
from datetime import datetime

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Document, Notice, Photo, Photos, Prose
from eventsapp.documents.render import plain_text
from eventsapp.news.models import Article, ArticlePhoto
from eventsapp.news.wording import (
    AS_COMPOSED,
    Wording,
    body_blocks,
    chosen_quotes,
    full_wording,
    says_teams,
    split_lead,
)
from eventsapp.projects.queries import Funding, funding_of
from eventsapp.reports import queries as reports
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.fact_sources.project import facts_of
from eventsapp.reports.marks import DEMONSTRATION, acknowledgement_of
from eventsapp.reports.models import Snapshot
from eventsapp.reports.section import Section, headed, prose_of
from eventsapp.reports.sections import (
    acknowledgement,
    agenda,
    background,
    evaluation,
    objectives,
    outlook,
    photos,
    quotes,
    summary,
)

MOST_QUOTES = 3
FRAMED: tuple[Section, ...] = (background.BACKGROUND, objectives.OBJECTIVES)


def compose_article(
    snapshot: Snapshot,
    lang: str,
    *,
    identifier: str,
    now: datetime,
    written: Wording = AS_COMPOSED,
) -> Document:
    """The article in one language; the standfirst, a text without marks, is its ``subject``."""
    sheet = reports.frozen_sheet(snapshot, lang)
    words = full_wording(snapshot, lang, written)
    standfirst = _plainly(words.standfirst or "", sheet)
    if written.body is None:
        body = _composed(snapshot, sheet, written, standfirst)
    else:
        donors = _donors(sheet, words)
        body = (*body_blocks(written.body, sheet), *_quoted(sheet, written), *donors)
    blocks = (
        *_lead(sheet, written.lead_photo),
        *_caution(sheet),
        *summary.figures_of(sheet),
        *body,
        *acknowledgement_of(sheet),
    )
    author = sheet.write("organisation.name")
    return _document(
        lang,
        title=words.headline or "",
        standfirst=standfirst,
        blocks=blocks,
        author=author,
        identifier=identifier,
        now=now,
    )


def compose_plain(
    words: Wording,
    sheet: FactSheet,
    *,
    photo: ArticlePhoto | None,
    author: str,
    identifier: str,
    now: datetime,
) -> Document:
    """An article of its author's words alone; ``sheet`` has the facts of its project, if any."""
    lang = sheet.language.key
    blocks = (
        *_own_photo(photo, lang),
        *body_blocks(words.body or "", sheet),
        *_donors(sheet, words),
        *acknowledgement_of(sheet),
    )
    standfirst = _plainly(words.standfirst or "", sheet)
    return _document(
        lang,
        title=words.headline or "",
        standfirst=standfirst,
        blocks=blocks,
        author=author,
        identifier=identifier,
        now=now,
    )


def project_sheet(article: Article, lang: str) -> FactSheet:
    """What may be stated of the article's project, with its workshop's money where it has one;
    nothing where there is no project."""
    project, funding = article.project, funding_of_article(article)
    return reports.sheet_of(facts_of(project, funding) if project and funding else (), lang)


def funding_of_article(article: Article) -> Funding | None:
    """Whose money the news is about, as it may be shown now: the contracts of its workshop."""
    if article.project is None:
        return None
    return funding_of(article.project, article.workshop.contracts if article.workshop else ())


def languages_of(snapshot: Snapshot) -> list[str]:
    """Those it was approved in, whatever the report has become since."""
    return list(snapshot.content["languages"])


def texts_of(documents: dict[str, Document], part: str) -> Texts:
    return Texts.of(**{lang: getattr(document, part) for lang, document in documents.items()})


def _document(
    lang: str,
    *,
    title: str,
    standfirst: str,
    blocks: tuple[Block, ...],
    author: str,
    identifier: str,
    now: datetime,
) -> Document:
    return Document(
        lang=lang,
        title=title,
        blocks=blocks,
        running_title="",
        author=author,
        subject=standfirst,
        keywords=(),
        created=now,
        identifier=identifier,
        edition_note="",
        labels=(),
    )


def _plainly(prose: str, sheet: FactSheet) -> str:
    if not prose:
        return ""
    return plain_text((Prose(prose, sheet.written(prose)),), lang=sheet.language.key)


def _composed(
    snapshot: Snapshot, sheet: FactSheet, written: Wording, standfirst: str
) -> tuple[Block, ...]:
    _lead_prose, rest = split_lead(reports.frozen_prose(snapshot, "summary", sheet.language.key))
    return (
        *prose_of(sheet, rest),
        *(block for section in FRAMED for block in _section(snapshot, sheet, section)),
        *_teams(snapshot, sheet, standfirst + rest),
        *_opinions(snapshot, sheet, written),
        *_section(snapshot, sheet, outlook.OUTLOOK),
    )


def _lead(sheet: FactSheet, chosen: int | None) -> tuple[Block, ...]:
    """The first photo that may be shown, or the chosen one; a page shows it above the text
    (``lead_of``)."""
    rows: Sequence[dict[str, object]] = sheet.value(photos.FACT) or []
    shown = photos.photos_of(sheet)
    if chosen is not None:
        shown = tuple(photo for row, photo in zip(rows, shown, strict=True) if row["id"] == chosen)
    return (Photos(shown[:1]),) if shown else ()


def _donors(sheet: FactSheet, words: Wording) -> tuple[Block, ...]:
    """Who pays, where the author did not say it."""
    if "donors.sentence}" in f"{words.standfirst}{words.body}":
        return ()
    return prose_of(sheet, acknowledgement.ACKNOWLEDGEMENT.draft(sheet))


def _own_photo(photo: ArticlePhoto | None, lang: str) -> tuple[Block, ...]:
    if photo is None:
        return ()
    alternative, caption = photo.alternative.text(lang), photo.caption.text(lang)
    shown = Photo(photo.file_key, alternative, caption, photo.credit, photo.width, photo.height)
    return (Photos((shown,)),)


def lead_of(document: Document) -> tuple[Photo | None, tuple[Block, ...]]:
    """The photo the article begins with, if any, and the blocks after it."""
    first, rest = document.blocks[:1], document.blocks[1:]
    if first and isinstance(first[0], Photos):
        return next(iter(first[0].items), None), rest
    return None, document.blocks


def photo_files(snapshot: Snapshot) -> list[tuple[int, str]]:
    """Photos and their files that news of this snapshot shows, in its article or its PDF."""
    rows = reports.frozen_sheet(snapshot, languages_of(snapshot)[0]).value(photos.FACT) or []
    return [(row["id"], row["key"]) for row in rows]


def _caution(sheet: FactSheet) -> tuple[Block, ...]:
    if not sheet.has("workshop.demonstration"):
        return ()
    return (Notice(sheet.texts(DEMONSTRATION)),)


def _section(snapshot: Snapshot, sheet: FactSheet, section: Section) -> tuple[Block, ...]:
    if not sheet.shows(section.key):
        return ()
    prose = reports.frozen_prose(snapshot, section.key, sheet.language.key)
    return section.compose(sheet, prose)


def _teams(snapshot: Snapshot, sheet: FactSheet, told: str) -> tuple[Block, ...]:
    """Who presented, without the agenda's tables; nothing where the summary has just said it."""
    if not sheet.shows("agenda") or says_teams(sheet, told):
        return ()
    prose = reports.frozen_prose(snapshot, "agenda", sheet.language.key)
    return headed(agenda.LABEL, "agenda", sheet, prose_of(sheet, prose))


def _opinions(snapshot: Snapshot, sheet: FactSheet, written: Wording) -> tuple[Block, ...]:
    """What participants thought; that nothing may be said of it is the report's to say."""
    has_results = sheet.has("feedback.answers")
    prose = reports.frozen_prose(snapshot, "evaluation", sheet.language.key) if has_results else ""
    shown = _chosen(sheet, written)
    return headed(evaluation.LABEL, "evaluation", sheet, (*prose_of(sheet, prose), *shown))


def _quoted(sheet: FactSheet, written: Wording) -> tuple[Block, ...]:
    return headed(quotes.LABEL, "quotes", sheet, _chosen(sheet, written))


def _chosen(sheet: FactSheet, written: Wording) -> tuple[Block, ...]:
    return chosen_quotes(sheet, written.quotes, MOST_QUOTES) if sheet.shows("quotes") else ()
