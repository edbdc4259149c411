"""The photos that may be published, in the order in which they are shown."""

from collections.abc import Iterable
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.photos import queries
from eventsapp.photos.models import Photo
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop

LABEL = Texts.of(en="Photos", fr="Photos", ar="الصور")
NAME = Texts.of(en="File", fr="Fichier", ar="الملف")
SHOWS = Texts.of(en="What it shows", fr="Ce qu’elle montre", ar="ما تظهره الصورة")


def gather(workshop: Workshop) -> Iterable[Fact]:
    rows = [_row(photo) for photo in queries.publishable_photos(workshop)]
    if rows:
        yield Fact("photos.shown", "rows", rows, LABEL)


def _row(photo: Photo) -> dict[str, Any]:
    return {
        "id": photo.id,
        "key": photo.file_key,
        "width": photo.width,
        "height": photo.height,
        "alternative": photo.alternative.to_json(),
        "caption": photo.caption.to_json(),
        "credit": photo.credit,
    }


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    del key
    return Evidence(
        head=(NAME.text(lang), SHOWS.text(lang)),
        rows=tuple(
            (photo.name, photo.alternative.text(lang))
            for photo in queries.publishable_photos(workshop)
        ),
        endpoint="photos.index",
    )


PHOTOS = FactSource(key="photos", order=60, label=LABEL, gather=gather, trace=trace)
