"""An article's words: as they compose themselves, as somebody wrote them, and as blocks."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from eventsapp.documents.blocks import Block, Heading
from eventsapp.news.models import ArticleText
from eventsapp.reports import queries as reports
from eventsapp.reports.drafting import escape
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Snapshot
from eventsapp.reports.section import Section, prose_of
from eventsapp.reports.sections import agenda, background, evaluation, objectives, outlook, quotes

_HEADING = re.compile(r"^##[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
QUOTES = "feedback.quotes"
# Sections whose prose an article takes over, under their headings.
TOLD: tuple[Section, ...] = (
    background.BACKGROUND,
    objectives.OBJECTIVES,
    agenda.AGENDA,
    evaluation.EVALUATION,
    outlook.OUTLOOK,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wrote or chose; what is None reads and shows as it is composed.

    Headline is plain text; standfirst and body are prose with references to facts, the body
    with headings of the form ``## Outlook``. ``lead_photo`` is a photo's number, 0 for none;
    ``quotes`` are their marks.
    """

    headline: str | None = None
    standfirst: str | None = None
    body: str | None = None
    lead_photo: int | None = None
    quotes: tuple[str, ...] | None = None


AS_COMPOSED = Wording()


def wording_of(text: ArticleText | None) -> Wording:
    if text is None:
        return AS_COMPOSED
    return Wording(
        headline=text.headline,
        standfirst=text.standfirst,
        body=text.body,
        lead_photo=text.lead_photo,
        quotes=None if text.quotes is None else tuple(text.quotes),
    )


def composed_wording(snapshot: Snapshot, lang: str) -> Wording:
    """The words an article of this snapshot begins with, to be edited."""
    sheet = reports.frozen_sheet(snapshot, lang)
    lead, rest = split_lead(reports.frozen_prose(snapshot, "summary", lang))
    parts = [rest, *_told(snapshot, sheet, lead + rest)]
    return Wording(
        headline=sheet.write("workshop.title"),
        standfirst=lead,
        body="\n\n".join(part for part in parts if part),
    )


def full_wording(snapshot: Snapshot, lang: str, written: Wording) -> Wording:
    """What the article says now: what was written, and where nothing was, what is composed."""
    composed = composed_wording(snapshot, lang)
    return replace(
        written,
        headline=composed.headline if written.headline is None else written.headline,
        standfirst=composed.standfirst if written.standfirst is None else written.standfirst,
        body=composed.body if written.body is None else written.body,
    )


def split_lead(prose: str) -> tuple[str, str]:
    """The first paragraph stands above the article, the others begin it."""
    first, _, rest = prose.strip().partition("\n\n")
    return first, rest


def _told(snapshot: Snapshot, sheet: FactSheet, before: str) -> Iterator[str]:
    for section in TOLD:
        text = _prose(snapshot, sheet, section, before)
        if text:
            title = sheet.title_of(section.key) or sheet.texts(section.label)
            yield f"## {title}\n\n{text}"


def _prose(snapshot: Snapshot, sheet: FactSheet, section: Section, before: str) -> str:
    if not sheet.shows(section.key) or not _is_told(section, sheet, before):
        return ""
    prose = reports.frozen_prose(snapshot, section.key, sheet.language.key).strip()
    if section.key == objectives.OBJECTIVES.key:
        items = (f"- {escape(text)}" for text in sheet.write_texts("workshop.objectives"))
        return "\n\n".join(part for part in (prose, "\n".join(items)) if part)
    return prose


def _is_told(section: Section, sheet: FactSheet, before: str) -> bool:
    if section.key == evaluation.EVALUATION.key:
        return sheet.has("feedback.answers")
    return section.key != agenda.AGENDA.key or not says_teams(sheet, before)


def says_teams(sheet: FactSheet, told: str) -> bool:
    """Whether this text has just said who presented."""
    if "{Teams.sentence}" in told or "{teams.sentence}" in told:
        return True
    sentence = sheet.write("Teams.sentence") if sheet.has("teams.sentence") else ""
    return bool(sentence) and sentence in told


def body_blocks(body: str, sheet: FactSheet) -> tuple[Block, ...]:
    """The prose, its headings on lines of their own."""
    pieces = _HEADING.split(body)
    blocks = [*prose_of(sheet, pieces[0].strip())]
    for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
        blocks += [Heading(2, title), *prose_of(sheet, text.strip())]
    return tuple(blocks)


def quote_rows(sheet: FactSheet) -> list[dict[str, Any]]:
    return list(sheet.value(QUOTES) or [])


def mark_of(row: dict[str, Any]) -> str:
    """Tells a quote from the others without repeating its words."""
    return hashlib.sha256(str(row["text"]).encode()).hexdigest()[:16]


def chosen_quotes(sheet: FactSheet, marks: tuple[str, ...] | None, most: int) -> tuple[Block, ...]:
    """The quotes of these marks, in the order of the report; without a choice the usual ones."""
    if marks is None:
        return quotes.quotes_of(sheet, most)
    rows = [row for row in quote_rows(sheet) if mark_of(row) in marks]
    return quotes.quotes_of(sheet, len(rows), rows=rows)
