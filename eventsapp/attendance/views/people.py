"""The people of a workshop, as those who run it see them."""

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import ParticipantForm
from eventsapp.attendance.queries import PeopleFilter
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.evidence import is_time_for_check_in
from eventsapp.attendance.types import EXPECTED
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.by_day import by_day
from eventsapp.attendance.views.crossed import crossed
from eventsapp.attendance.views.export import EXPORTS, rows_of
from eventsapp.attendance.views.statistics import statistics_html
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.edge.mail import absolute_url
from eventsapp.web.access import any_role, current_actor, roles
from eventsapp.web.filters import text
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_workshop
from eventsapp.workshops.rules import check_may_manage, may_manage
from eventsapp.workshops.types import Mode


@pages.get("/manage/workshops/<int:workshop_id>/people")
@any_role
def people(workshop_id: int) -> str | Response:
    workshop = get_workshop(workshop_id)
    if not may_manage(workshop, by=current_actor()) and current_actor().has(
        Role.STAFF, Role.EDITOR
    ):
        # Who writes the report needs the figures, not the names.
        return redirect(url_for("attendance.statistics", workshop_id=workshop_id))
    check_may_manage(workshop, by=current_actor())
    wanted = _filter_from_address()
    page = queries.list_people(workshop_id, wanted, page=request.args.get("page", 1, type=int))
    counts = queries.count_statuses(workshop_id)
    return render_template(
        "attendance/people.html",
        wanted=wanted,
        page=page,
        presences=queries.presences_of(workshop, [row.id for row in page.rows]),
        counts=counts,
        attended=queries.count_attended(workshop_id),
        total=sum(counts.values()),
        fillable=_fillable(workshop_id) if counts.get(Status.WAITLISTED) else 0,
        exports=_exports(workshop_id),
        public_url=absolute_url("attendance.register", ref=workshop.ref),
        **shared(workshop),
    )


def shared(workshop: Workshop) -> dict[str, Any]:
    """What every management page of attendance needs."""
    return {
        "workshop": workshop,
        "story": story_of(workshop, "attendance"),
        "group_choices": [
            ("", _("All")),
            *((group.id, text(group.name)) for group in workshop.groups),
        ],
        "parts": _parts(workshop),
        "door_is_open": is_time_for_check_in(workshop, now=clock.now()),
        "seats_left": {mode.value: rules.seats_left(workshop, mode) for mode in Mode},
    }


def _parts(workshop: Workshop) -> list[tuple[str, str, int]]:
    """The pages about a workshop's people: endpoint, name, and how many wait there."""
    if not may_manage(workshop, by=current_actor()):
        return []
    undecided = queries.count_undecided(workshop.id)
    return [
        ("attendance.people", _("List"), 0),
        ("attendance.requests", _("Requests"), undecided),
        ("attendance.invite", _("Invite"), 0),
        ("attendance.duplicates", _("Duplicates"), len(queries.find_duplicates(workshop.id))),
        ("attendance.mails", _("Mails"), 0),
        ("attendance.write", _("Write to people"), 0),
        ("attendance.setup", _("Registration form"), 0),
    ]


def managed(workshop_id: int) -> Workshop:
    """The workshop, for those who run it; raises Forbidden."""
    workshop = get_workshop(workshop_id)
    check_may_manage(workshop, by=current_actor())
    return workshop


def _filter_from_address() -> PeopleFilter:
    args = request.args
    group = args.get("group", 0, type=int)
    return PeopleFilter(
        words=args.get("q", "")[:100],
        status=args.get("status", ""),
        mode=args.get("mode", ""),
        took_part=args.get("took_part", ""),
        group_id=group if 0 < group < 2**31 else None,
    )


def _fillable(workshop_id: int) -> int:
    """How many of those who wait could have a seat now, because seats were added."""
    workshop = get_workshop(workshop_id)
    waiting = queries.count_waiting(workshop_id)
    return sum(max(0, min(waiting.get(mode, 0), rules.seats_left(workshop, mode))) for mode in Mode)


def _exports(workshop_id: int) -> list[tuple[str, str]]:
    args: dict[str, Any] = {
        key: value for key, value in request.args.items() if key not in {"page", "lang", "kind"}
    }
    return [
        (
            kind.upper(),
            url_for("attendance.export", workshop_id=workshop_id, kind=kind, **args),
        )
        for kind in EXPORTS
    ]


@pages.get("/manage/workshops/<int:workshop_id>/people.<kind>")
@roles(Role.ORGANISER)
def export(workshop_id: int, kind: str) -> FlaskResponse:
    """The list as it is filtered, as a file."""
    workshop = managed(workshop_id)
    if kind not in EXPORTS:
        raise NotFound
    registrations = queries.registrations_for_export(workshop_id, _filter_from_address())
    write, mimetype = EXPORTS[kind]
    content = write(rows_of(workshop, registrations), current_language())
    name = f'attachment; filename="{workshop.ref}-people.{kind}"'
    return FlaskResponse(content, mimetype=mimetype, headers={"Content-Disposition": name})


@pages.route("/manage/workshops/<int:workshop_id>/people/add", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def add(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    form = ParticipantForm()
    form.offer(workshop)
    added = form.accept(
        lambda: service.add_participant(
            workshop_id,
            form.draft(),
            invite=form.wants_invitation(),
            by=current_actor(),
            now=clock.now(),
            key=form.key(),
        )
    )
    if added is not None:
        flash(_ADDED[Status(added.status)]())
        return redirect(url_for("attendance.people", workshop_id=workshop_id))
    return render_template("attendance/add.html", form=form, **shared(workshop))


_ADDED = {
    Status.INVITED: lambda: _("Added. The invitation is on its way."),
    Status.CONFIRMED: lambda: _("Added, with a confirmed place."),
    Status.WAITLISTED: lambda: _("Added to the waiting list: all seats are taken."),
}


@pages.post("/manage/workshops/<int:workshop_id>/people/fill")
@roles(Role.ORGANISER)
def fill_seats(workshop_id: int) -> Response:
    count = service.fill_free_seats(workshop_id, by=current_actor(), now=clock.now())
    flash(
        ngettext(
            "%(num)d person has a place now and is told by mail.",
            "%(num)d people have a place now and are told by mail.",
            count,
        )
    )
    return redirect(url_for("attendance.people", workshop_id=workshop_id))


@pages.get("/manage/workshops/<int:workshop_id>/people/statistics")
@any_role
def statistics(workshop_id: int) -> str:
    """Counts without names: whoever works here may read them."""
    workshop = get_workshop(workshop_id)
    facts = queries.attendance_facts(workshop)
    return render_template(
        "attendance/statistics.html",
        facts=facts,
        charts=statistics_html(facts),
        **crossed(workshop),
        **by_day(workshop),
        may_manage=may_manage(workshop, by=current_actor()),
        **shared(workshop),
    )


@pages.route("/manage/workshops/<int:workshop_id>/call-off", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def call_off(workshop_id: int) -> str | Response:
    """Cancel the workshop: ask first, naming who will be told."""
    workshop = managed(workshop_id)
    if request.method == "GET":
        counts = queries.count_statuses(workshop_id)
        told = sum(count for status, count in counts.items() if status in EXPECTED)
        return render_template("attendance/call_off.html", told=told, **shared(workshop))
    service.cancel_workshop(workshop_id, by=current_actor(), now=clock.now())
    flash(_("The workshop is cancelled, and everybody expected is told by mail."))
    return redirect(url_for("attendance.people", workshop_id=workshop_id))


@pages.post("/manage/workshops/<int:workshop_id>/call-on")
@roles(Role.ORGANISER)
def call_on(workshop_id: int) -> Response:
    """Undo a cancellation."""
    service.restore_workshop(workshop_id, by=current_actor(), now=clock.now())
    flash(_("It takes place after all, and everybody expected is told. Registration is closed."))
    return redirect(url_for("attendance.people", workshop_id=workshop_id))
