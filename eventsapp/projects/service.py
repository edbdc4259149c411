"""Use cases of organisations, donors and projects."""

from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.projects import rules
from eventsapp.projects.models import (
    Donor,
    DonorRepresentative,
    Organisation,
    Project,
    ProjectDonor,
)
from eventsapp.projects.types import DonorDraft, OrganisationDraft, ProjectDraft


@transaction
def register_organisation(
    draft: OrganisationDraft, *, by: Actor, now: datetime, key: CreationKey | None = None
) -> Organisation:
    rules.check_may_manage(by=by)

    def create() -> Organisation:
        row = Organisation(name=draft.name, acronym=draft.acronym, url=draft.url)
        db.session().add(row)
        db.session().flush()
        audit.record("organisation.registered", f"organisation:{row.id}", by=by, now=now)
        return row

    return once(key, create, Organisation, now=now)


@transaction
def register_donor(
    draft: DonorDraft, *, by: Actor, now: datetime, key: CreationKey | None = None
) -> Donor:
    rules.check_may_manage(by=by)

    def create() -> Donor:
        row = Donor(
            name=draft.name, acronym=draft.acronym, emblem=draft.emblem, statement=draft.statement
        )
        row.represented_by = [
            DonorRepresentative(
                position=position,
                name=item.name,
                acronym=item.acronym,
                acting_through=item.acting_through,
            )
            for position, item in enumerate(draft.represented_by)
        ]
        db.session().add(row)
        db.session().flush()
        audit.record("donor.registered", f"donor:{row.id}", by=by, now=now)
        return row

    return once(key, create, Donor, now=now)


@transaction
def register_project(
    draft: ProjectDraft, *, by: Actor, now: datetime, key: CreationKey | None = None
) -> Project:
    """Register a project; its address is made of its acronym and stays when that changes."""
    rules.check_may_manage(by=by)

    def create() -> Project:
        slug = rules.slug_of(draft.acronym)
        if db.session().scalar(sa.select(Project.id).where(Project.slug == slug)):
            raise rules.SlugTaken
        row = Project(slug=slug, created_at=now)
        _describe(row, draft)
        db.session().add(row)
        db.session().flush()
        audit.record("project.registered", f"project:{row.id}", by=by, now=now)
        return row

    return once(key, create, Project, now=now)


@transaction
def describe_project(
    project_id: int, draft: ProjectDraft, *, version: int, by: Actor, now: datetime
) -> Project:
    """Replace a project's description; raises Stale when somebody else saved first."""
    rules.check_may_manage(by=by)
    row = db.get(Project, project_id)
    if row.version != version:
        raise Stale
    _describe(row, draft)
    audit.record("project.described", f"project:{row.id}", by=by, now=now)
    return row


def _describe(row: Project, draft: ProjectDraft) -> None:
    row.acronym, row.name = draft.acronym, draft.name
    row.summary, row.background = draft.summary, draft.background
    row.disclaimer, row.url = draft.disclaimer, draft.url
    row.contract_number, row.reports_sex = draft.contract_number, draft.reports_sex
    row.organisation = db.get(Organisation, draft.organisation_id)
    before = {donation.donor_id: donation for donation in row.donations}
    row.donations = [
        before.get(donor_id) or ProjectDonor(donor=db.get(Donor, donor_id))
        for donor_id in draft.donor_ids
    ]
    for position, donation in enumerate(row.donations):
        donation.position = position
