"""Workshops out of a sheet: kept, confirmed, undone."""

from collections.abc import Sequence
from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.db import transaction
from eventsapp.core.errors import Forbidden
from eventsapp.edge import storage
from eventsapp.workshops import queries
from eventsapp.workshops.importing import preview_sheet
from eventsapp.workshops.models import Workshop, WorkshopImport
from eventsapp.workshops.rules import reading as rules
from eventsapp.workshops.rules.reading_parts import Presents
from eventsapp.workshops.service.describing import register_workshop
from eventsapp.workshops.service.presenting import assign_presenters
from eventsapp.workshops.types import ImportStatus, Presenting, Status, WorkshopDraft


@transaction
def keep_sheet(data: bytes, *, name: str, by: Actor, now: datetime) -> WorkshopImport:
    """Keep a sheet for its preview; nothing is registered before it is confirmed."""
    preview_sheet(data)
    kept = WorkshopImport(
        file_key=storage.put(data),
        file_name=storage.file_name(name),
        status=ImportStatus.PREVIEW,
        workshop_ids=[],
        imported_by=by.id if by.is_signed_in else None,
        created_at=now,
    )
    db.session().add(kept)
    db.session().flush()
    _note("workshops.sheet_kept", kept, by=by, now=now)
    return kept


@transaction
def confirm_sheet(import_id: int, *, by: Actor, now: datetime) -> WorkshopImport:
    """Register every good row as a draft of whoever confirms; what is there already stays one.

    Raises SheetDone for a sheet that was imported before and NothingToImport.
    """
    kept = _own(import_id, by=by)
    if kept.status == ImportStatus.CONFIRMED or queries.find_confirmed_import(kept.file_key):
        raise rules.SheetDone
    lines = preview_sheet(storage.read(kept.file_key)).lines
    registered = [
        _register(line.draft, line.presents, by=by, now=now)
        for line in lines
        if line.draft is not None
    ]
    if not registered:
        raise rules.NothingToImport
    kept.workshop_ids = [workshop.id for workshop in registered]
    kept.status, kept.confirmed_at = ImportStatus.CONFIRMED, now
    _note("workshops.sheet_imported", kept, by=by, now=now)
    return kept


@transaction
def undo_sheet(import_id: int, *, by: Actor, now: datetime) -> WorkshopImport:
    """Take the registered workshops away again, all or none. Raises WorkshopsInUse."""
    kept = _own(import_id, by=by)
    if kept.status != ImportStatus.CONFIRMED:
        raise rules.SheetNotImported
    found = queries.workshops_with(kept.workshop_ids)
    used = [workshop.ref for workshop in found if _is_used(workshop)]
    if used:
        raise rules.WorkshopsInUse(refs=", ".join(used))
    for workshop in found:
        audit.record(
            "workshop.removed",
            f"workshop:{workshop.id}",
            by=by,
            now=now,
            detail={"ref": workshop.ref},
        )
        db.session().delete(workshop)
    kept.status, kept.undone_at = ImportStatus.UNDONE, now
    _note("workshops.sheet_undone", kept, by=by, now=now)
    return kept


def _register(
    draft: WorkshopDraft, presents: Sequence[Presents], *, by: Actor, now: datetime
) -> Workshop:
    workshop = register_workshop(draft, by=by, now=now)
    if presents:
        presenting = [
            Presenting(
                session_id=workshop.sessions[one.session].id,
                member_id=workshop.teams[one.team].members[one.member].id,
                mode=one.mode,
            )
            for one in presents
        ]
        assign_presenters(workshop.id, presenting, by=by, now=now)
    return workshop


def _own(import_id: int, *, by: Actor) -> WorkshopImport:
    kept = queries.lock_import(import_id)
    if by.is_signed_in and Role.ADMIN not in by.roles and kept.imported_by != by.id:
        raise Forbidden
    return kept


def _is_used(workshop: Workshop) -> bool:
    return workshop.status != Status.DRAFT or queries.has_dependents(workshop.id)


def _note(action: str, kept: WorkshopImport, *, by: Actor, now: datetime) -> None:
    audit.record(
        action,
        f"workshop_import:{kept.id}",
        by=by,
        now=now,
        detail={"workshops": list(kept.workshop_ids)},
    )
