"""What the door's page exchanges in the background: the list, and scans that waited on a phone."""

from typing import Any

from flask import Response, current_app, jsonify, request, send_from_directory, url_for
from flask_wtf.csrf import generate_csrf

from eventsapp.attendance import queries, service
from eventsapp.attendance.queries.papers import list_door_names
from eventsapp.attendance.schemas import Scan, scans_of
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import Refused
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.workshops.types import Mode

DOOR = "/manage/workshops/<int:workshop_id>/check-in"


@pages.get(f"{DOOR}/list.json")
@roles(Role.ORGANISER)
def door_list(workshop_id: int) -> Response:
    """Names by code, so that a phone without reception can greet people, and a fresh token."""
    managed(workshop_id)
    return jsonify(
        token=generate_csrf(),
        people=[{"code": code, "name": name} for code, name in list_door_names(workshop_id)],
        **_counts(workshop_id),
    )


@pages.post(f"{DOOR}/scans")
@roles(Role.ORGANISER)
def door_scans(workshop_id: int) -> tuple[Response, int] | Response:
    """Scans of a phone, each a transaction of its own: one that is refused stops no other."""
    managed(workshop_id)
    try:
        scans = scans_of(request.get_json(silent=True))
    except Refused as refused:
        return jsonify(message=translate(refused)), refused.status
    results = [_note(workshop_id, scan) for scan in scans]
    return jsonify(results=results, **_counts(workshop_id))


def _note(workshop_id: int, scan: Scan) -> dict[str, Any]:
    now = clock.now()
    try:
        done = service.check_in(
            workshop_id,
            scan.code,
            by=current_actor(),
            now=now,
            scan_key=scan.key,
            scanned_at=now - scan.age,
        )
    except Refused as refused:
        return {"key": scan.key, "state": "refused", "message": translate(refused)}
    return {
        "key": scan.key,
        "state": "new" if done.is_new else "known",
        "name": done.registration.person.name,
        "record": done.record.id,
        "undo": url_for(
            "attendance.take_back",
            workshop_id=workshop_id,
            registration_id=done.registration.id,
        ),
    }


def _counts(workshop_id: int) -> dict[str, int]:
    return {
        "there": queries.count_attended(workshop_id, mode=Mode.IN_PERSON),
        "expected": queries.count_expected_in_room(workshop_id),
    }


@pages.get(f"{DOOR}/worker.js")
@roles(Role.ORGANISER)
def door_worker(workshop_id: int) -> Response:
    """The script that opens the door's page without reception; it reaches no other page."""
    workshop = managed(workshop_id)
    script = send_from_directory(str(current_app.static_folder), "js/door-worker.js")
    script.headers["Service-Worker-Allowed"] = url_for(
        "attendance.check_in", workshop_id=workshop.id
    )
    script.headers["Cache-Control"] = "no-cache"
    return script
