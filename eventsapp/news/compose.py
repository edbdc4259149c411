"""An article out of a snapshot: the same facts and prose as the report's, arranged for readers."""

from datetime import datetime

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Document, Notice, Photo, Photos, Prose
from eventsapp.documents.render import plain_text
from eventsapp.reports import queries as reports
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.marks import DEMONSTRATION, acknowledgement_of
from eventsapp.reports.models import Snapshot
from eventsapp.reports.section import Section, headed, prose_of
from eventsapp.reports.sections import (
    agenda,
    background,
    evaluation,
    objectives,
    outlook,
    photos,
    summary,
)
from eventsapp.reports.sections.quotes import quotes_of

MOST_QUOTES = 3
FRAMED: tuple[Section, ...] = (background.BACKGROUND, objectives.OBJECTIVES)


def compose_article(snapshot: Snapshot, lang: str, *, identifier: str, now: datetime) -> Document:
    """The article in one language; the standfirst, a text without marks, is its ``subject``."""
    sheet = reports.frozen_sheet(snapshot, lang)
    lead, rest = _split(reports.frozen_prose(snapshot, "summary", lang))
    standfirst = plain_text((Prose(lead, sheet.written(lead)),), lang=lang) if lead else ""
    return Document(
        lang=lang,
        title=sheet.write("workshop.title"),
        blocks=_body(snapshot, sheet, standfirst, rest),
        running_title="",
        author=sheet.write("organisation.name"),
        subject=standfirst,
        keywords=(),
        created=now,
        identifier=identifier,
        edition_note="",
        labels=(),
    )


def languages_of(snapshot: Snapshot) -> list[str]:
    """Those it was approved in, whatever the report has become since."""
    return list(snapshot.content["languages"])


def texts_of(documents: dict[str, Document], part: str) -> Texts:
    return Texts.of(**{lang: getattr(document, part) for lang, document in documents.items()})


def _split(prose: str) -> tuple[str, str]:
    """The first paragraph stands above the article, the others begin it."""
    first, _, rest = prose.strip().partition("\n\n")
    return first, rest


def _body(snapshot: Snapshot, sheet: FactSheet, standfirst: str, rest: str) -> tuple[Block, ...]:
    return (
        *_lead(sheet),
        *_caution(sheet),
        *summary.figures_of(sheet),
        *prose_of(sheet, rest),
        *(block for section in FRAMED for block in _section(snapshot, sheet, section)),
        *_teams(snapshot, sheet, standfirst + rest),
        *_opinions(snapshot, sheet),
        *_section(snapshot, sheet, outlook.OUTLOOK),
        *acknowledgement_of(sheet),
    )


def _lead(sheet: FactSheet) -> tuple[Block, ...]:
    """The first photo that may be shown; a page shows it above the text (``lead_of``)."""
    first = photos.photos_of(sheet, 1)
    return (Photos(first),) if first else ()


def lead_of(document: Document) -> tuple[Photo | None, tuple[Block, ...]]:
    """The photo the article begins with, if any, and the blocks after it."""
    first, rest = document.blocks[:1], document.blocks[1:]
    if first and isinstance(first[0], Photos):
        return first[0].items[0], rest
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
    sentence = sheet.write("Teams.sentence") if sheet.has("teams.sentence") else ""
    if not sheet.shows("agenda") or (sentence and sentence in told):
        return ()
    prose = reports.frozen_prose(snapshot, "agenda", sheet.language.key)
    return headed(agenda.LABEL, "agenda", sheet, prose_of(sheet, prose))


def _opinions(snapshot: Snapshot, sheet: FactSheet) -> tuple[Block, ...]:
    """What participants thought; that nothing may be said of it is the report's to say."""
    has_results = sheet.has("feedback.answers")
    prose = reports.frozen_prose(snapshot, "evaluation", sheet.language.key) if has_results else ""
    quotes = quotes_of(sheet, MOST_QUOTES) if sheet.shows("quotes") else ()
    blocks = (*prose_of(sheet, prose), *quotes)
    return headed(evaluation.LABEL, "evaluation", sheet, blocks)
