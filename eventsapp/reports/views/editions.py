"""What was issued: the files of an edition, what went stale in it, and how two editions differ."""

from flask import render_template, request
from flask_babel import gettext as _

from eventsapp.core.errors import NotFound
from eventsapp.reports import comparison, queries
from eventsapp.reports.views.blueprint import (
    BASE,
    may_reopen,
    pages,
    readers,
    text_language,
    workshop_seen,
)
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of


@pages.get(f"{BASE}/editions/<int:number>")
@readers
def edition(workshop_id: int, number: int) -> str:
    """One numbered issue: its files, its snapshot, and the facts that changed since."""
    workshop = workshop_seen(workshop_id)
    report = queries.get_report(workshop_id)
    editions = queries.editions_of(report, number)
    snapshot = editions[0].snapshot
    numbers = queries.numbers_of(report)
    return render_template(
        "reports/edition.html",
        workshop=workshop,
        report=report,
        story=story_of(workshop, "reports"),
        number=number,
        editions=editions,
        snapshot=snapshot,
        stale=comparison.stale_facts(snapshot, workshop, current_language()),
        approver=queries.name_of(snapshot.created_by),
        earlier=[one for one in numbers if one < number],
        is_latest=number == numbers[0],
        may_reopen=may_reopen(report),
    )


@pages.get(f"{BASE}/editions/<int:number>/changes")
@readers
def changes(workshop_id: int, number: int) -> str:
    """An edition beside an earlier one: facts and prose, in one of the languages of both."""
    workshop = workshop_seen(workshop_id)
    report = queries.get_report(workshop_id)
    earlier = [one for one in queries.numbers_of(report) if one < number]
    since = request.args.get("since", type=int) or (earlier[0] if earlier else 0)
    if since not in earlier:
        raise NotFound
    old, new = (queries.editions_of(report, one)[0].snapshot for one in (since, number))
    lang = text_language(workshop)
    return render_template(
        "reports/changes.html",
        workshop=workshop,
        story=story_of(workshop, "reports"),
        number=number,
        since=since,
        earlier=earlier,
        text_language=lang,
        facts=comparison.changed_facts(old, new, lang),
        sections=comparison.changed_sections(old, new, lang),
        before=_("Edition %(number)s", number=since),
        after=_("Edition %(number)s", number=number),
    )
