"""The one blueprint of reports, and what all its pages begin with."""

from flask import Blueprint, request

from eventsapp.core.actor import Role
from eventsapp.reports import queries, rules
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.models import Report
from eventsapp.reports.types import FROZEN, ReportStatus
from eventsapp.web.access import current_actor, roles
from eventsapp.web.locale import current_language
from eventsapp.workshops import queries as workshops
from eventsapp.workshops.models import Workshop

pages = Blueprint("reports", __name__)


BASE = "/manage/workshops/<int:workshop_id>/report"
readers = roles(Role.STAFF, Role.EDITOR, Role.ORGANISER)
writers = roles(Role.STAFF, Role.EDITOR)


def workshop_seen(workshop_id: int) -> Workshop:
    """The workshop, for those who may see its report; raises NotFound or Forbidden."""
    workshop = workshops.get_workshop(workshop_id)
    rules.check_may_see(workshop, by=current_actor())
    return workshop


def text_language(workshop: Workshop) -> str:
    """The language of the text being worked on, which need not be the reader's own."""
    wanted = request.args.get("text", "")
    if wanted in workshop.languages:
        return wanted
    own = current_language()
    return own if own in workshop.languages else workshop.languages[0]


def shown(workshop: Workshop, report: Report | None, lang: str) -> tuple[FactSheet, dict[str, str]]:
    """Facts and prose as they are now, or as they were frozen once the report is approved."""
    if report is not None and report.status in FROZEN:
        snapshot = report.snapshots[-1]
        if lang in snapshot.content["languages"]:
            return queries.frozen_sheet(snapshot, lang), dict(snapshot.content["prose"][lang])
    sheet = queries.live_sheet(workshop, lang)
    return sheet, queries.current_prose(report, sheet)


def may_write(report: Report | None) -> bool:
    is_open = report is None or report.status in {ReportStatus.DRAFT, ReportStatus.IN_REVIEW}
    return is_open and current_actor().has(Role.STAFF, Role.EDITOR)


def may_reopen(report: Report | None) -> bool:
    is_done = report is not None and report.status in FROZEN
    return is_done and current_actor().has(Role.STAFF, Role.EDITOR)


def may_review(report: Report | None) -> bool:
    if report is None or report.status != ReportStatus.IN_REVIEW:
        return False
    actor = current_actor()
    return actor.has(Role.EDITOR) and actor.id not in rules.authors_of(report)
