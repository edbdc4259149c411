"""The workshop itself: what, when, where, what for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventsapp.core.texts import Texts
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop, WorkshopSession
from eventsapp.workshops.types import Format

LABELS = {
    "title": Texts.of(en="Title", fr="Titre", ar="العنوان"),
    "ref": Texts.of(en="Reference", fr="Référence", ar="الرقم المرجعي"),
    "kind": Texts.of(en="Kind of workshop", fr="Type d’atelier", ar="نوع الورشة"),
    "format": Texts.of(en="Format", fr="Format", ar="الصيغة"),
    "period": Texts.of(en="Dates", fr="Dates", ar="التاريخ"),
    "when": Texts.of(en="When, in a sentence", fr="Quand, dans une phrase", ar="الموعد في جملة"),
    "days": Texts.of(en="Length", fr="Durée", ar="المدة"),
    "place": Texts.of(en="Place", fr="Lieu", ar="المكان"),
    "where": Texts.of(en="Where, in a sentence", fr="Où, dans une phrase", ar="المكان في جملة"),
    "city": Texts.of(en="City", fr="Ville", ar="المدينة"),
    "country": Texts.of(en="Country", fr="Pays", ar="البلد"),
    "venue": Texts.of(en="Venue", fr="Salle", ar="مقر الانعقاد"),
    "rationale": Texts.of(en="Why it was held", fr="Raison d’être", ar="دواعي الانعقاد"),
    "objectives": Texts.of(en="Objectives", fr="Objectifs", ar="الأهداف"),
    "outlook": Texts.of(en="Outlook", fr="Perspectives", ar="الخطوات المقبلة"),
    "groups": Texts.of(en="Participants", fr="Participants", ar="المشاركون"),
    "agenda": Texts.of(en="Agenda", fr="Ordre du jour", ar="جدول الأعمال"),
    "sessions": Texts.of(en="Sessions", fr="Séances", ar="الجلسات"),
    "demonstration": Texts.of(
        en="Demonstration data", fr="Données de démonstration", ar="بيانات توضيحية"
    ),
}


def gather(workshop: Workshop) -> Iterable[Fact]:
    """Facts whose rows are empty are left out, so that sentences about them are too."""
    for name, (kind, value) in _values(workshop).items():
        if value:
            yield Fact(f"workshop.{name}", kind, value, LABELS[name])


def _values(workshop: Workshop) -> dict[str, tuple[str, Any]]:
    zone = ZoneInfo(workshop.timezone)
    first, last = (_day(moment, zone) for moment in (workshop.starts_at, workshop.ends_at))
    return {
        "title": ("text", workshop.title.to_json()),
        "ref": ("plain", workshop.ref),
        "kind": ("word", f"workshop.{workshop.format}"),
        "format": ("word", f"format.{workshop.format}"),
        "period": ("period", [first, last]),
        "when": ("when", [first, last]),
        "days": ("counted", {"n": _count_days(workshop, zone), "noun": "day"}),
        **_where(workshop),
        "rationale": ("text", workshop.rationale.to_json()),
        "objectives": ("texts", [row.text.to_json() for row in workshop.objectives]),
        "outlook": ("text", workshop.outlook.to_json()),
        "groups": ("texts", [row.name.to_json() for row in workshop.groups]),
        "agenda": ("rows", [_session(row, zone) for row in workshop.sessions]),
        "sessions": _sessions(workshop),
        "demonstration": ("rows", ["workshop"] if workshop.is_demonstration else []),
    }


def _where(workshop: Workshop) -> dict[str, tuple[str, Any]]:
    """An online workshop has no place, whatever was once filled in."""
    if workshop.format == Format.ONLINE:
        return {}
    city = workshop.city.to_json()
    place = {"city": city, "country": workshop.country_code}
    is_somewhere = bool(city or workshop.country_code)
    return {
        "place": ("place", place if is_somewhere else None),
        "where": ("where", place if is_somewhere else None),
        "city": ("text", city),
        "country": ("country", workshop.country_code),
        "venue": ("plain", workshop.venue),
    }


def _sessions(workshop: Workshop) -> tuple[str, Any]:
    count = len(workshop.sessions)
    return ("counted", {"n": count, "noun": "session"} if count else None)


def _session(row: WorkshopSession, zone: ZoneInfo) -> dict[str, Any]:
    starts, ends = (moment.astimezone(zone) for moment in (row.starts_at, row.ends_at))
    return {
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "title": row.title.to_json(),
        "room": row.room,
    }


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat()


def _count_days(workshop: Workshop, zone: ZoneInfo) -> int:
    first, last = workshop.starts_at.astimezone(zone), workshop.ends_at.astimezone(zone)
    return (last.date() - first.date()).days + 1


FORMATS = {
    Format.IN_PERSON: Texts.of(en="in person", fr="en présentiel", ar="حضورية"),
    Format.HYBRID: Texts.of(en="hybrid", fr="hybride", ar="هجينة"),
    Format.ONLINE: Texts.of(en="online", fr="en ligne", ar="عبر الإنترنت"),
}


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    """What the workshop's own pages say, which is where it can be corrected."""
    name = key.partition(".")[2]
    return Evidence(
        head=(LABELS[name].text(lang),),
        rows=tuple((line,) for line in _lines(workshop, name, lang)),
        endpoint="workshops.manage",
    )


def _lines(workshop: Workshop, name: str, lang: str) -> list[str]:
    lists = {
        "objectives": [row.text.text(lang) for row in workshop.objectives],
        "groups": [row.name.text(lang) for row in workshop.groups],
        "agenda": [row.title.text(lang) for row in workshop.sessions],
        "sessions": [row.title.text(lang) for row in workshop.sessions],
    }
    if name in lists:
        return lists[name]
    if name in {"period", "when", "days"}:
        return [
            f"{workshop.starts_at:%Y-%m-%d %H:%M} UTC",
            f"{workshop.ends_at:%Y-%m-%d %H:%M} UTC",
        ]
    if name in {"kind", "format"}:
        return [FORMATS[Format(workshop.format)].text(lang)]
    if name in {"place", "where"}:
        return [workshop.city.text(lang), workshop.country_code]
    column = {"country": "country_code", "demonstration": "is_demonstration"}
    value = getattr(workshop, column.get(name, name))
    return [value.text(lang) if isinstance(value, Texts) else str(value)]


WORKSHOP = FactSource(
    key="workshop",
    order=10,
    label=Texts.of(en="Workshop", fr="Atelier", ar="الورشة"),
    gather=gather,
    trace=trace,
)
