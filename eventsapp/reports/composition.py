"""Facts and prose become a document: the plug-ins of reports come together here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsapp.core.discover import find_plugins
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Document
from eventsapp.documents.labels import labels_for
from eventsapp.reports import fact_sources, languages, sections
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.language import Language
from eventsapp.reports.section import Section
from eventsapp.reports.types import EditionKind, Fact
from eventsapp.workshops.models import Workshop

LANGUAGES: Mapping[str, Language] = find_plugins(languages, Language)
SOURCES = tuple(
    sorted(find_plugins(fact_sources, FactSource).values(), key=lambda source: source.order)
)
SECTIONS = {
    section.key: section
    for section in sorted(find_plugins(sections, Section).values(), key=lambda one: one.order)
}

SUBJECT = Texts.of(en="Workshop report", fr="Rapport d’atelier", ar="تقرير ورشة عمل")
EDITION_NOTE = Texts.of(
    en="Edition {number} ({kind}) · {ref} · {hash}",
    fr="Édition {number} ({kind}) · {ref} · {hash}",
    ar="الإصدار {number} ({kind}) · {ref} · {hash}",
)
KINDS = {
    EditionKind.PUBLIC: Texts.of(en="public", fr="publique", ar="عام"),
    EditionKind.DONOR: Texts.of(en="donor", fr="bailleurs de fonds", ar="للجهات المانحة"),
}
# Enough of a hash to tell two snapshots apart by eye; the whole is in the file's identifier.
SHOWN_OF_HASH = 16


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a snapshot holds: facts, and the prose of each language by section."""

    facts: tuple[Fact, ...]
    texts: Mapping[str, Mapping[str, str]]
    frozen_at: datetime

    def to_json(self) -> dict[str, Any]:
        return {
            "facts": [fact.to_json() for fact in self.facts],
            "texts": {lang: dict(texts) for lang, texts in self.texts.items()},
            "frozen_at": self.frozen_at.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Frozen":
        return cls(
            facts=tuple(Fact.from_json(fact) for fact in data["facts"]),
            texts=data["texts"],
            frozen_at=datetime.fromisoformat(data["frozen_at"]),
        )


def gather_facts(workshop: Workshop) -> tuple[Fact, ...]:
    """Every fact there is about a workshop now, in the order of its sources."""
    return tuple(fact for source in SOURCES for fact in source.gather(workshop))


def source_of(key: str) -> FactSource | None:
    return next((source for source in SOURCES if source.owns(key)), None)


def sheet_of(facts: Iterable[Fact], lang: str, kind: EditionKind = EditionKind.PUBLIC) -> FactSheet:
    return FactSheet(facts, LANGUAGES[lang], kind)


def draft_all(sheet: FactSheet) -> dict[str, str]:
    """What each section with prose would say of itself."""
    return {key: section.draft(sheet) for key, section in SECTIONS.items() if section.has_prose}


def compose(sheet: FactSheet, texts: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks of all sections in order."""
    return tuple(
        block
        for key, section in SECTIONS.items()
        for block in section.compose(sheet, texts.get(key, ""))
    )


def compose_document(
    frozen: Frozen, lang: str, kind: EditionKind, *, number: int, digest: str
) -> Document:
    """One edition of a snapshot; the same arguments give the same document."""
    sheet = sheet_of(frozen.facts, lang, kind)
    title = sheet.write("workshop.title")
    note = sheet.language.text(EDITION_NOTE).format(
        number=sheet.language.number(number),
        kind=sheet.language.text(KINDS[kind]),
        ref=sheet.write("workshop.ref"),
        hash=digest[:SHOWN_OF_HASH],
    )
    return Document(
        lang=lang,
        title=title,
        blocks=compose(sheet, frozen.texts.get(lang, {})),
        running_title=title,
        author=sheet.write("organisation.name"),
        subject=f"{sheet.texts(SUBJECT)}, {sheet.write('workshop.period')}",
        keywords=tuple(
            sheet.write(key)
            for key in ("project.acronym", "workshop.country", "workshop.ref")
            if sheet.has(key)
        ),
        created=frozen.frozen_at,
        identifier=f"sha256:{digest}/{kind}/{lang}",
        edition_note=note,
        labels=labels_for(lang),
    )
