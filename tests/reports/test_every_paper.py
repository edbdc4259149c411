"""Every edition in every language, from an empty report to a full one, passes both validators.

All of them are drawn by ``make papers``; the normal run draws a few that differ in everything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import page
import pytest
from flask import Flask
from pypdf import PdfReader

from eventsapp.core.db import db
from eventsapp.documents.render import pdf_html
from eventsapp.edge import pdf
from eventsapp.edge.pictures import normalise
from eventsapp.photos.queries import read_media
from eventsapp.reports import papers, queries
from eventsapp.reports.models import Edition, Snapshot
from eventsapp.reports.service import hash_content
from eventsapp.reports.types import EditionKind, Fact
from eventsapp.workshops.models import Workshop
from tests.conftest import Home, empty_database
from tests.factories.pictures import jpeg
from tests.factories.reports import hold_sample
from tests.factories.workshops import make_workshop

SCENES = ("empty", "sample", "500 participants", "40 photos")
PAGES = {"empty": 3, "sample": 9, "500 participants": 9, "40 photos": 13}
LANGUAGES = ("en", "fr", "ar")
FEW = {
    ("empty", EditionKind.PUBLIC, "ar"),
    ("500 participants", EditionKind.DONOR, "ar"),
    ("40 photos", EditionKind.PUBLIC, "fr"),
}
ALL = [
    pytest.param(
        scene,
        kind,
        lang,
        marks=() if (scene, kind, lang) in FEW else pytest.mark.papers,
        id=f"{scene}-{kind}-{lang}",
    )
    for scene in SCENES
    for kind in EditionKind
    for lang in LANGUAGES
]
PICTURES = {f"{number}.jpg": normalise(jpeg(number, size=(1200, 800))) for number in range(4)}
TEXTS = {"en": "What it shows", "fr": "Ce qu’elle montre", "ar": "ما تظهره الصورة"}


@pytest.fixture(scope="module")
def workshops(homes: dict[str, Home]) -> Iterator[dict[str, Workshop]]:
    """One that has only been described, and the sample's."""
    app: Flask = homes["sqlite"].app
    with app.app_context():
        empty_database()
        yield {"empty": make_workshop(), "sample": hold_sample()}
        db.session.remove()


def many_people(fact: Fact) -> Fact:
    rows = [
        {**fact.value[at % len(fact.value)], "name": f"Participant {at + 1}"} for at in range(500)
    ]
    return replace(fact, value=rows)


def many_photos(fact: Fact) -> Fact:
    rows: list[dict[str, Any]] = [
        {
            "id": at,
            "key": f"{at % 4}.jpg",
            "width": 1200,
            "height": 800,
            "alternative": {lang: f"{text} {at}" for lang, text in TEXTS.items()},
            "caption": TEXTS if at % 3 else {},
            "credit": "Ines Marchetti" if at % 2 else "",
        }
        for at in range(40)
    ]
    return replace(fact, value=rows)


GROWN = {
    "500 participants": ("annexes.participants", many_people),
    "40 photos": ("photos.shown", many_photos),
}


def drawn(workshop: Workshop, scene: str, kind: EditionKind, lang: str) -> bytes:
    facts = queries.gather_facts(workshop)
    if scene in GROWN:
        key, grow = GROWN[scene]
        facts = [grow(fact) if fact.key == key else fact for fact in facts]
    edition = issued(workshop, facts, kind, lang)
    document = papers.document_of(edition)
    return pdf.render(
        pdf_html(document),
        media=lambda key: PICTURES[key].data if key in PICTURES else read_media(key),
        attachments=papers.attachments_of(edition),
        created=document.created,
        identifier=document.identifier,
    ).data


def issued(workshop: Workshop, facts: Sequence[Fact], kind: EditionKind, lang: str) -> Edition:
    """The edition that these facts would be issued as, kept nowhere."""
    prose = queries.current_prose(None, queries.sheet_of(facts, lang, kind))
    content = {
        "workshop": workshop.ref,
        "facts": [fact.to_json() for fact in facts],
        "prose": {lang: dict(prose)},
    }
    snapshot = Snapshot(content=content, hash=hash_content(content), created_at=workshop.ends_at)
    return Edition(snapshot=snapshot, number=1, kind=kind, lang=lang)


@pytest.mark.parametrize(("scene", "kind", "lang"), ALL)
def test_a_paper_passes_both_validators(
    workshops: dict[str, Workshop], scene: str, kind: EditionKind, lang: str
) -> None:
    workshop = workshops["empty" if scene == "empty" else "sample"]
    data = drawn(workshop, scene, kind, lang)
    # An empty paper passes every validator.
    assert len(PdfReader(BytesIO(data)).pages) >= PAGES[scene]
    for profile in ("ua1", "3a"):
        result = page.validate_pdf_bytes(data, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in result.failures] == []
