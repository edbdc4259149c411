"""A workshop for machines (schema.org). The private way to join is never among it."""

from typing import Any

from eventsapp.edge.mail import absolute_url
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format, Status

_SCHEMA = "https://schema.org/"
_ATTENDANCE = {
    Format.IN_PERSON: "OfflineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
}


def event_data(workshop: Workshop, lang: str) -> dict[str, Any]:
    kind, page = Format(workshop.format), absolute_url("workshops.show", ref=workshop.ref)
    off = workshop.status == Status.CANCELLED
    where = [
        *([_place(workshop, lang)] if kind != Format.ONLINE else []),
        *([{"@type": "VirtualLocation", "url": page}] if kind != Format.IN_PERSON else []),
    ]
    return {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "identifier": workshop.ref,
        "url": page,
        "name": workshop.title.text(lang),
        "description": workshop.rationale.text(lang) or workshop.title.text(lang),
        "startDate": workshop.starts_at.isoformat(),
        "endDate": workshop.ends_at.isoformat(),
        "inLanguage": list(workshop.languages),
        "eventStatus": f"{_SCHEMA}{'EventCancelled' if off else 'EventScheduled'}",
        "eventAttendanceMode": f"{_SCHEMA}{_ATTENDANCE[kind]}",
        "location": where,
        "organizer": {
            "@type": "Organization",
            "name": workshop.project.organisation.name.text(lang),
        },
    }


def _place(workshop: Workshop, lang: str) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": workshop.address,
        "addressLocality": workshop.city.text(lang),
        "addressCountry": workshop.country_code,
    }
    return {
        "@type": "Place",
        "name": workshop.venue or workshop.city.text(lang),
        "address": {key: value for key, value in address.items() if value},
    }
