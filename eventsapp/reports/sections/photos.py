"""The annex of photos: each with its caption and its credit."""

from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Photo, Photos
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(en="Annex: photos", fr="Annexe : photos", ar="ملحق: صور من الورشة")
FACT = "photos.shown"


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    items = photos_of(sheet)
    return headed(LABEL, "photos", sheet, (Photos(items),) if items else ())


def photos_of(sheet: FactSheet, most: int | None = None) -> tuple[Photo, ...]:
    return tuple(_photo(sheet, row) for row in (sheet.value(FACT) or [])[:most])


def _photo(sheet: FactSheet, row: dict[str, Any]) -> Photo:
    return Photo(
        key=row["key"],
        alt=sheet.text_of(row["alternative"], FACT),
        caption=sheet.text_of(row["caption"], FACT) if row["caption"] else "",
        credit=row["credit"],
        width=row["width"],
        height=row["height"],
    )


PHOTOS = Section(key="photos", order=120, label=LABEL, compose=compose, has_prose=False)
