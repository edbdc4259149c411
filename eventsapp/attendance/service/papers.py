"""Papers to print, signed sheets that come back, and heads that were counted."""

from datetime import datetime

from eventsapp.attendance.models import AttendancePaper, HeadCount, SheetScan
from eventsapp.attendance.queries import papers as queries
from eventsapp.attendance.rules import papers as rules
from eventsapp.attendance.service.evidence import record_attendance
from eventsapp.attendance.types import FileState, PaperKind, Source
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import N_, Invalid, NotFound
from eventsapp.edge import storage
from eventsapp.edge.jobs import enqueue
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_may_manage
from eventsapp.workshops.types import Mode

PRINT = "attendance.print_paper"
MOST_HEADS = 100_000


class NotACount(Invalid):
    message = N_("Write how many there were, as a number up to 100,000.")
    field = "persons"


@transaction
def request_paper(
    workshop_id: int, kind: PaperKind, *, day: str = "", lang: str, by: Actor, now: datetime
) -> AttendancePaper:
    """Have a paper made anew, with those who are expected now; raises NotADay."""
    workshop = _managed(workshop_id, by=by)
    if kind == PaperKind.SHEET:
        rules.check_day(workshop, day)
    else:
        day = ""
    values = {"workshop_id": workshop.id, "kind": kind, "day": day, "lang": lang}
    fresh = {"state": FileState.WAITING, "requested_at": now}
    statement = db.insert_for(AttendancePaper).values(values | fresh | {"people": 0})
    paper_id = db.session().execute(
        statement.on_conflict_do_update(
            index_elements=["workshop_id", "kind", "day", "lang"], set_=fresh
        ).returning(AttendancePaper.id)
    )
    paper = db.get(AttendancePaper, paper_id.scalar_one())
    db.session().refresh(paper)
    job = enqueue(PRINT, {"paper": paper.id}, now=now, subject=f"attendance_paper:{paper.id}")
    paper.job_id = job.id
    detail = {"kind": kind, "day": day, "lang": lang}
    audit.record("attendance.paper_requested", _ref(workshop_id), by=by, now=now, detail=detail)
    return paper


@transaction
def complete_paper(paper_id: int, *, file_key: str, pages: int, people: int) -> None:
    """Note the file that a worker made; a later request of the same paper finds this one."""
    paper = db.get(AttendancePaper, paper_id)
    paper.state, paper.file_key, paper.pages, paper.people = (
        FileState.READY,
        file_key,
        pages,
        people,
    )


@transaction
def fail_paper(paper_id: int) -> None:
    db.get(AttendancePaper, paper_id).state = FileState.FAILED


@transaction
def note_signed(
    workshop_id: int, day: str, registration_ids: set[int], *, by: Actor, now: datetime
) -> int:
    """Evidence for those whose signature stands on a day's sheet; gives how many were new."""
    workshop = _managed(workshop_id, by=by)
    date = rules.check_day(workshop, day)
    expected = {row.id for row in queries.list_expected(workshop_id)}
    new = (registration_ids & expected) - queries.seen_by_day(workshop)[date]
    taken_back = queries.count_taken_back(new, _signature_key(day, ""))
    for registration_id in sorted(new):
        record_attendance(
            registration_id,
            mode=Mode.IN_PERSON,
            source=Source.SHEET,
            started_at=rules.start_of(workshop, date),
            # Two who enter one sheet at once make one record; one that was taken back makes room.
            scan_key=_signature_key(day, registration_id, taken_back.get(registration_id, 0)),
            by=by,
            now=now,
        )
    return len(new)


def _signature_key(day: str, registration_id: int | str, before: int = 0) -> str:
    """``before`` is how often a signature of that person and day was taken back."""
    return f"sheet-{day}-{registration_id}" + (f"-{before}" if before else "")


@transaction
def keep_scan(
    workshop_id: int, day: str, data: bytes, *, name: str, by: Actor, now: datetime
) -> SheetScan:
    """Keep a scanned sheet beside its day; raises NotADay, NotAScan."""
    workshop = _managed(workshop_id, by=by)
    rules.check_day(workshop, day)
    key = storage.put(data, rules.suffix_of_scan(data))
    scan = SheetScan(
        workshop_id=workshop.id,
        day=day,
        file_key=key,
        file_name=name[:200],
        uploaded_by=by.id,
        uploaded_at=now,
    )
    db.session().add(scan)
    db.session().flush()
    audit.record("attendance.sheet_kept", _ref(workshop_id), by=by, now=now, detail={"day": day})
    return scan


@transaction
def remove_scan(workshop_id: int, scan_id: int, *, by: Actor, now: datetime) -> None:
    """Take a scan away, as when the wrong file was chosen; its evidence stays."""
    _managed(workshop_id, by=by)
    scan = queries.get_scan(workshop_id, scan_id)
    detail = {"day": scan.day}
    db.session().delete(scan)
    audit.record("attendance.sheet_removed", _ref(workshop_id), by=by, now=now, detail=detail)


@transaction
def count_heads(
    workshop_id: int,
    day: str,
    persons: int,
    *,
    mode: Mode,
    note: str = "",
    by: Actor,
    now: datetime,
) -> HeadCount:
    """Note how many were there on a day, where nobody could be asked for a name."""
    workshop = _managed(workshop_id, by=by)
    rules.check_day(workshop, day)
    if not 0 <= persons <= MOST_HEADS:
        raise NotACount
    counted = HeadCount(
        workshop_id=workshop.id,
        day=day,
        mode=mode,
        persons=persons,
        note=note,
        counted_by=by.id,
        counted_at=now,
    )
    db.session().add(counted)
    db.session().flush()
    detail = {"day": day, "mode": mode, "persons": persons}
    audit.record("attendance.heads_counted", _ref(workshop_id), by=by, now=now, detail=detail)
    return counted


@transaction
def take_back_count(workshop_id: int, count_id: int, *, by: Actor, now: datetime) -> None:
    _managed(workshop_id, by=by)
    counted = db.get(HeadCount, count_id)
    if counted.workshop_id != workshop_id:
        raise NotFound
    if counted.revoked_at is None:
        counted.revoked_at = now
        audit.record("attendance.count_taken_back", _ref(workshop_id), by=by, now=now)


def _managed(workshop_id: int, *, by: Actor) -> Workshop:
    workshop = db.get(Workshop, workshop_id)
    check_may_manage(workshop, by=by)
    return workshop


def _ref(workshop_id: int) -> str:
    return f"workshop:{workshop_id}"
