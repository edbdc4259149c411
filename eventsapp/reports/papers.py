"""A frozen snapshot as a document to print, and its figures as files to attach."""

import json
from collections.abc import Mapping
from datetime import datetime

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Document, Facts
from eventsapp.documents.labels import labels_for
from eventsapp.edge.pdf import Attachment
from eventsapp.edge.tables import write_csv
from eventsapp.reports import queries
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Edition, Snapshot
from eventsapp.reports.types import EditionKind
from eventsapp.workshops.models import Workshop

NOTE = Texts.of(
    en="Edition {number}, {kind} · snapshot {hash}",
    fr="Édition {number}, {kind} · instantané {hash}",
    ar="الإصدار {number}، {kind} · اللقطة {hash}",
)
KINDS = {
    EditionKind.PUBLIC: Texts.of(en="public", fr="publique", ar="عام"),
    EditionKind.DONOR: Texts.of(en="for donors", fr="pour les bailleurs", ar="للجهات المانحة"),
}
DRAFT = Texts.of(en="Draft", fr="Projet de rapport", ar="مسودة")
SNAPSHOT = Texts.of(en="Snapshot (SHA-256)", fr="Instantané (SHA-256)", ar="اللقطة (SHA-256)")
DATA = Texts.of(
    en="The figures of this report",
    fr="Les chiffres de ce rapport",
    ar="أرقام هذا التقرير",
)


def draft_document(workshop: Workshop, sheet: FactSheet, prose: Mapping[str, str]) -> Document:
    """The report as it reads now, as it would be printed."""
    return _document(
        sheet,
        workshop.ref,
        blocks=queries.compose(sheet, prose),
        created=workshop.ends_at,
        identifier=f"draft-{workshop.ref}",
        edition_note=DRAFT.text(sheet.language.key),
    )


def document_of(edition: Edition) -> Document:
    """The same edition gives the same document, whenever it is asked for."""
    snapshot, lang, kind = edition.snapshot, edition.lang, EditionKind(edition.kind)
    sheet = queries.frozen_sheet(snapshot, lang, kind)
    prose = snapshot.content["prose"][lang]
    return _document(
        sheet,
        snapshot.content["workshop"],
        blocks=(*queries.compose(sheet, prose), _origin(snapshot, lang)),
        created=snapshot.created_at,
        identifier=f"{snapshot.hash}-{kind}-{lang}",
        edition_note=NOTE.text(lang).format(
            number=edition.number, kind=KINDS[kind].text(lang), hash=snapshot.hash[:12]
        ),
    )


def _document(
    sheet: FactSheet,
    ref: str,
    *,
    blocks: tuple[Block, ...],
    created: datetime,
    identifier: str,
    edition_note: str,
) -> Document:
    title = sheet.write("workshop.title")
    acronym = sheet.write("project.acronym")
    lang = sheet.language.key
    return Document(
        lang=lang,
        title=title,
        blocks=blocks,
        running_title=f"{acronym} · {ref}",
        author=sheet.write("organisation.name"),
        subject=title,
        keywords=(acronym, ref),
        created=created,
        identifier=identifier,
        edition_note=edition_note,
        labels=labels_for(lang),
        accent=sheet.value("project.accent") or "petrol",
    )


def _origin(snapshot: Snapshot, lang: str) -> Facts:
    """What the article of the same snapshot shows too, so that the two can be compared."""
    groups = [snapshot.hash[at : at + 16] for at in range(0, len(snapshot.hash), 16)]
    return Facts(((SNAPSHOT.text(lang), " ".join(groups)),))


def attachments_of(edition: Edition) -> tuple[Attachment, ...]:
    """The facts of the edition as CSV and JSON; what is withheld is in neither."""
    sheet = queries.frozen_sheet(edition.snapshot, edition.lang, EditionKind(edition.kind))
    shown = [fact for fact in sheet.facts.values() if not fact.withheld]
    rows = [("key", "label", "value")]
    rows += [(fact.key, sheet.label(fact.key), sheet.write(fact.key)) for fact in shown]
    whole = {
        "snapshot": edition.snapshot.hash,
        "facts": {fact.key: fact.value for fact in shown},
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1)
    made: datetime = edition.snapshot.created_at
    described = DATA.text(edition.lang)
    return (
        Attachment("facts.csv", "text/csv", write_csv(rows), described, made),
        Attachment("facts.json", "application/json", text.encode(), described, made),
    )
