"""Donors, derogations and the versions of a project's disclaimer."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM, VISITOR
from eventsapp.core.errors import Forbidden, NotFound, Stale
from eventsapp.core.texts import Texts
from eventsapp.projects import queries, rules, service
from eventsapp.projects.models import Project
from eventsapp.projects.types import (
    ContractDraft,
    DerogationDraft,
    DonorDraft,
    ProjectDraft,
    RepresentativeDraft,
)
from tests.factories.workshops import NOW, make_project


def draft_of(project: Project) -> ProjectDraft:
    return ProjectDraft(
        acronym=project.acronym,
        name=project.name,
        organisation_id=project.organisation_id,
        donor_ids=tuple(donor.id for donor in project.donors),
        disclaimer=project.disclaimer,
        contract_number=project.contract_number,
    )


def derogation(project: Project) -> DerogationDraft:
    return DerogationDraft(project.donors[0].id, "Safety", "The embassy", date(2022, 3, 1))


def test_every_wording_of_a_disclaimer_is_kept_with_its_contract(app: Flask) -> None:
    first = Texts.of(en="The views are the authors’.")
    project = make_project(disclaimer=first, contract_number="C-1")
    draft = draft_of(project)
    changes = (
        replace(draft, disclaimer=Texts.of(en="Other words.")),
        replace(draft, disclaimer=Texts.of(en="Other words."), contract_number="C-2"),
        replace(draft, disclaimer=Texts.of(en="Other words."), contract_number="C-2", url="x"),
    )
    for change in changes:
        service.describe_project(project.id, change, version=project.version, by=SYSTEM, now=NOW)
    found = queries.list_disclaimers(project.id)
    assert [(row.number, row.contract_number, row.text) for row in found] == [
        (3, "C-2", Texts.of(en="Other words.")),
        (2, "C-1", Texts.of(en="Other words.")),
        (1, "C-1", first),
    ]


def test_a_donor_is_described_anew_by_one_person_at_a_time(app: Flask) -> None:
    donor = make_project().donors[0]
    draft = DonorDraft(
        name=donor.name,
        statement=donor.statement,
        represented_by=(
            RepresentativeDraft(Texts.of(en="A")),
            RepresentativeDraft(Texts.of(en="B")),
        ),
    )
    seen = donor.version
    service.describe_donor(donor.id, draft, version=seen, by=SYSTEM, now=NOW)
    assert [row.name for row in donor.represented_by] == [Texts.of(en="A"), Texts.of(en="B")]
    with pytest.raises(Stale):
        service.describe_donor(donor.id, draft, version=seen, by=SYSTEM, now=NOW)


def test_a_derogation_is_granted_once_for_a_donor_of_the_project_until_a_later_day(
    app: Flask,
) -> None:
    project, other = make_project(), make_project()
    draft = derogation(project)
    with pytest.raises(rules.EndsInThePast):
        service.grant_derogation(
            project.id, replace(draft, until=date(2022, 1, 9)), by=SYSTEM, now=NOW
        )
    with pytest.raises(rules.NotItsDonor):
        service.grant_derogation(other.id, draft, by=SYSTEM, now=NOW)
    with pytest.raises(Forbidden):
        service.grant_derogation(project.id, draft, by=VISITOR, now=NOW)
    row = service.grant_derogation(project.id, draft, by=SYSTEM, now=NOW)
    with pytest.raises(rules.DerogationRuns):
        service.grant_derogation(project.id, draft, by=SYSTEM, now=NOW)
    assert queries.shown_donors(project) == []
    with pytest.raises(NotFound):
        service.end_derogation(other.id, row.id, by=SYSTEM, now=NOW)
    service.end_derogation(project.id, row.id, by=SYSTEM, now=NOW)
    assert queries.shown_donors(project) == project.donors


def contract(**changes: Any) -> ContractDraft:
    draft = ContractDraft("EU/1", disclaimer=Texts.of(en="First words.", fr="Premiers mots."))
    return replace(draft, **changes)


def test_a_contract_has_a_number_of_its_own_and_each_wording_of_its_disclaimer(app: Flask) -> None:
    project = make_project(contract_number="C-1", disclaimer=Texts.of(en="The project's."))
    row = service.add_contract(project.id, contract(), by=SYSTEM, now=NOW)
    changed = contract(disclaimer=Texts.of(en="Second words."))
    service.describe_contract(project.id, row.id, changed, version=row.version, by=SYSTEM, now=NOW)
    kept = queries.list_disclaimers(project.id)
    assert [(one.number, one.contract_number, one.text.text("en")) for one in kept] == [
        (3, "EU/1", "Second words."),
        (2, "EU/1", "First words."),
        (1, "C-1", "The project's."),
    ]
    with pytest.raises(rules.ContractNumberTaken):
        service.add_contract(project.id, contract(), by=SYSTEM, now=NOW)
    late = contract(number="x", starts_on=date(2022, 2, 2), ends_on=date(2022, 2, 1))
    with pytest.raises(rules.ContractEndsBeforeItStarts):
        service.add_contract(project.id, late, by=SYSTEM, now=NOW)
    foreign = contract(number="x", donor_id=make_project().donors[0].id)
    with pytest.raises(rules.NotItsDonor):
        service.add_contract(project.id, foreign, by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        service.describe_contract(project.id, row.id, contract(), version=0, by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        service.describe_contract(
            make_project().id, row.id, contract(), version=row.version, by=SYSTEM, now=NOW
        )


def test_funding_is_that_of_the_chosen_contracts_and_else_the_projects(app: Flask) -> None:
    other = make_project().donors[0]
    project = make_project(contract_number="C-1")
    own = project.donors[0]
    draft = replace(draft_of(project), donor_ids=(own.id, other.id))
    service.describe_project(project.id, draft, version=project.version, by=SYSTEM, now=NOW)
    one, two = (
        service.add_contract(project.id, draft, by=SYSTEM, now=NOW)
        for draft in (
            contract(donor_id=own.id),
            contract(number="CH/2", disclaimer=Texts.of(en="Other words.")),
        )
    )
    assert queries.funding_of(project) == queries.Funding(("C-1",), Texts.of(), (own, other))
    assert queries.funding_of(project, [one]) == queries.Funding(
        ("EU/1",), Texts.of(en="First words.", fr="Premiers mots."), (own,)
    )
    # French lacks one of the two, so that it has none: half a disclaimer would be worse.
    assert queries.funding_of(project, [two, one]) == queries.Funding(
        ("EU/1", "CH/2"), Texts.of(en="First words. Other words."), (own, other)
    )
    assert queries.funding_of(make_project(), [one]).contract_numbers == ()
    # Several workshops together: the project's own too, where one of them is of no contract.
    assert queries.funding_of_all(project, [[two], [one]]) == queries.funding_of(
        project, [one, two]
    )
    assert queries.funding_of_all(project, [[one], []]).contract_numbers == ("C-1", one.number)
    assert queries.funding_of_all(project, [[one], []]).donors == (own, other)
    assert queries.funding_of_all(project, []) == queries.funding_of(project)
