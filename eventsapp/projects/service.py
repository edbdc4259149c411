"""Use cases of organisations, donors and projects."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound, Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.projects import rules
from eventsapp.projects.models import (
    Contract,
    Derogation,
    Disclaimer,
    Donor,
    DonorRepresentative,
    Organisation,
    Project,
    ProjectDonor,
)
from eventsapp.projects.queries import list_contracts, list_disclaimers, running_derogations
from eventsapp.projects.types import (
    ContractDraft,
    DerogationDraft,
    DonorDraft,
    OrganisationDraft,
    ProjectDraft,
)


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
        row = Donor()
        _describe_donor(row, draft)
        db.session().add(row)
        db.session().flush()
        audit.record("donor.registered", f"donor:{row.id}", by=by, now=now)
        return row

    return once(key, create, Donor, now=now)


@transaction
def describe_donor(
    donor_id: int, draft: DonorDraft, *, version: int, by: Actor, now: datetime
) -> Donor:
    """Replace a donor's description; raises Stale when somebody else saved first."""
    rules.check_may_manage(by=by)
    row = db.get(Donor, donor_id)
    if row.version != version:
        raise Stale
    row.represented_by = []
    # Gone before the new ones come: they take the same positions.
    db.session().flush()
    _describe_donor(row, draft)
    # Another authority is another version of the donor, even where nothing else changed.
    flag_modified(row, "name")
    audit.record("donor.described", f"donor:{row.id}", by=by, now=now)
    return row


def _describe_donor(row: Donor, draft: DonorDraft) -> None:
    row.name, row.acronym = draft.name, draft.acronym
    row.emblem, row.statement = draft.emblem, draft.statement
    row.represented_by = [
        DonorRepresentative(
            position=position,
            name=item.name,
            acronym=item.acronym,
            acting_through=item.acting_through,
        )
        for position, item in enumerate(draft.represented_by)
    ]


@transaction
def grant_derogation(
    project_id: int,
    draft: DerogationDraft,
    *,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Derogation:
    """Let a donor stay unnamed for a time; the record says why and who allowed it."""
    rules.check_may_manage(by=by)
    project = db.get(Project, project_id)
    if draft.until < now.date():
        raise rules.EndsInThePast
    if draft.donor_id not in {donor.id for donor in project.donors}:
        raise rules.NotItsDonor

    def create() -> Derogation:
        if any(row.donor_id == draft.donor_id for row in running_derogations(project_id)):
            raise rules.DerogationRuns
        row = Derogation(
            project_id=project_id,
            donor_id=draft.donor_id,
            reason=draft.reason,
            authorised_by=draft.authorised_by,
            until=draft.until,
            recorded_by=by.id,
            recorded_at=now,
        )
        db.session().add(row)
        db.session().flush()
        audit.record("derogation.granted", f"derogation:{row.id}", by=by, now=now)
        return row

    return once(key, create, Derogation, now=now)


@transaction
def end_derogation(project_id: int, derogation_id: int, *, by: Actor, now: datetime) -> None:
    """The donor is shown again from now on; ending twice changes nothing."""
    rules.check_may_manage(by=by)
    row = db.get(Derogation, derogation_id)
    if row.project_id != project_id:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = now
        audit.record("derogation.ended", f"derogation:{row.id}", by=by, now=now)


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
        _keep_disclaimer(row.id, None, row.contract_number, row.disclaimer, by=by, now=now)
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
    _keep_disclaimer(row.id, None, row.contract_number, row.disclaimer, by=by, now=now)
    audit.record("project.described", f"project:{row.id}", by=by, now=now)
    return row


@transaction
def add_contract(
    project_id: int,
    draft: ContractDraft,
    *,
    by: Actor,
    now: datetime,
    key: CreationKey | None = None,
) -> Contract:
    rules.check_may_manage(by=by)
    project = db.get(Project, project_id)

    def create() -> Contract:
        row = Contract(project_id=project_id)
        _agree(row, project, draft, by=by, now=now)
        audit.record("contract.added", f"contract:{row.id}", by=by, now=now)
        return row

    return once(key, create, Contract, now=now)


@transaction
def describe_contract(
    project_id: int,
    contract_id: int,
    draft: ContractDraft,
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> Contract:
    """Replace what is known of a contract; raises Stale when somebody else saved first."""
    rules.check_may_manage(by=by)
    row = db.get(Contract, contract_id)
    if row.project_id != project_id:
        raise NotFound
    if row.version != version:
        raise Stale
    _agree(row, db.get(Project, project_id), draft, by=by, now=now)
    audit.record("contract.described", f"contract:{row.id}", by=by, now=now)
    return row


def _agree(
    row: Contract, project: Project, draft: ContractDraft, *, by: Actor, now: datetime
) -> None:
    rules.check_contract(draft)
    if any(one is not row and one.number == draft.number for one in list_contracts(project.id)):
        raise rules.ContractNumberTaken
    if draft.donor_id is not None and draft.donor_id not in {one.id for one in project.donors}:
        raise rules.NotItsDonor
    row.number, row.donor_id = draft.number, draft.donor_id
    row.starts_on, row.ends_on = draft.starts_on, draft.ends_on
    row.disclaimer = draft.disclaimer
    db.session().add(row)
    db.session().flush()
    _keep_disclaimer(project.id, row.id, row.number, row.disclaimer, by=by, now=now)


def _keep_disclaimer(
    project_id: int,
    contract_id: int | None,
    contract_number: str,
    text: Texts,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Note another wording or another number as a version of its own."""
    kept = list_disclaimers(project_id)
    before = next((row for row in kept if row.contract_id == contract_id), None)
    stands = (before.contract_number, before.text) if before else ("", NO_TEXT)
    if stands == (contract_number, text):
        return
    db.session().add(
        Disclaimer(
            project_id=project_id,
            number=kept[0].number + 1 if kept else 1,
            contract_id=contract_id,
            contract_number=contract_number,
            text=text,
            since=now,
            changed_by=by.id,
        )
    )


def _describe(row: Project, draft: ProjectDraft) -> None:
    row.acronym, row.name = draft.acronym, draft.name
    row.summary, row.background = draft.summary, draft.background
    row.disclaimer, row.url = draft.disclaimer, draft.url
    row.contract_number, row.reports_sex = draft.contract_number, draft.reports_sex
    row.accent = draft.accent
    row.organisation = db.get(Organisation, draft.organisation_id)
    before = {donation.donor_id: donation for donation in row.donations}
    row.donations = [
        before.get(donor_id) or ProjectDonor(donor=db.get(Donor, donor_id))
        for donor_id in draft.donor_ids
    ]
    for position, donation in enumerate(row.donations):
        donation.position = position
