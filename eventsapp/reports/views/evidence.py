"""Every figure can be followed back to the rows it came from."""

from flask import render_template

from eventsapp.core.errors import NotFound
from eventsapp.reports import queries
from eventsapp.reports.types import EditionKind
from eventsapp.reports.views.blueprint import BASE, pages, readers, workshop_seen
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of


@pages.get(f"{BASE}/evidence")
@readers
def evidence(workshop_id: int) -> str:
    """Every fact with its value, and the way to the rows behind it."""
    workshop = workshop_seen(workshop_id)
    sheet = queries.live_sheet(workshop, current_language(), EditionKind.DONOR)
    return render_template(
        "reports/evidence.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        facts=[(key, sheet.label(key), sheet.write(key)) for key in sheet.facts],
    )


@pages.get(f"{BASE}/evidence/<key>")
@readers
def trace(workshop_id: int, key: str) -> str:
    workshop = workshop_seen(workshop_id)
    lang = current_language()
    source = queries.source_of(key)
    sheet = queries.sheet_of(source.gather(workshop), lang, EditionKind.DONOR)
    if key not in sheet.facts:
        raise NotFound
    return render_template(
        "reports/trace.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        key=key,
        label=sheet.label(key),
        value=sheet.write(key),
        evidence=source.trace(workshop, key, lang),
    )
