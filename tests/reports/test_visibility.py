"""Donor visibility: each rule on its own, and that nothing goes out against one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Acknowledgement, Block, Emblem, Prose
from eventsapp.news import service as news
from eventsapp.overview.sample import load, story
from eventsapp.projects import queries as projects
from eventsapp.projects import service as project_service
from eventsapp.projects.models import Derogation, Donor, DonorRepresentative, Project
from eventsapp.projects.types import ContractDraft, DerogationDraft, DonorDraft, RepresentativeDraft
from eventsapp.reports import queries, service
from eventsapp.reports.types import EditionKind
from eventsapp.reports.visibility import NotVisible, all_rules, findings, report_findings
from eventsapp.reports.visibility_rule import EUROPEAN_EMBLEM, Subject
from eventsapp.reports.visibility_rules import european_emblem
from eventsapp.workshops.service import assign_contracts
from tests.factories.reports import NOW, approve, editor, hold_sample, staff, submit

TODAY = date(2022, 2, 10)
EU = Donor(
    id=1,
    name=Texts.of(en="European Union", fr="Union européenne", ar="الاتحاد الأوروبي"),
    statement=Texts.of(en="Co-funded by the European Union"),
    emblem="european-union.svg",
    represented_by=[],
)
SWISS = Donor(
    id=2,
    name=Texts.of(en="Swiss Confederation"),
    statement=Texts.of(en="Co-funded by the Swiss Confederation"),
    emblem="",
    represented_by=[DonorRepresentative(name=Texts.of(en="State Secretariat for Migration"))],
)
EMBLEM = Emblem(EUROPEAN_EMBLEM, "Emblem: European Union", 540, 360)
LOGO = Emblem("a" * 64 + ".png", "Emblem: Swiss Confederation", 300, 300)
ACKNOWLEDGEMENT = Acknowledgement(
    statement=("Co-funded by the European Union", "Co-funded by the Swiss Confederation"),
    emblems=(EMBLEM,),
    disclaimer="Only the authors answer for it.",
)
SENTENCE = Prose("Funded by both, the latter represented by the State Secretariat for Migration.")


def row(donor: Donor) -> dict[str, Any]:
    return {
        "name": donor.name.to_json(),
        "statement": donor.statement.to_json(),
        "emblem": donor.emblem,
    }


SOUND = Subject(
    blocks=(SENTENCE, ACKNOWLEDGEMENT),
    lang="en",
    donors=(EU, SWISS),
    derogations=(),
    statements=(row(EU), row(SWISS)),
    disclaimer=Texts.of(en="Only the authors answer for it."),
    today=TODAY,
)


def with_acknowledgement(**changes: Any) -> Subject:
    blocks: tuple[Block, ...] = (SENTENCE, replace(ACKNOWLEDGEMENT, **changes))
    return replace(SOUND, blocks=blocks)


def said(subject: Subject) -> list[str]:
    return [finding.message % finding.values for finding in findings(subject)]


def test_a_sound_acknowledgement_has_no_findings() -> None:
    assert said(SOUND) == []


def test_each_rule_is_found_under_its_own_key() -> None:
    assert sorted(all_rules()) == [
        "contract_time",
        "derogations",
        "disclaimer",
        "european_emblem",
        "european_pair",
        "every_donor",
        "prominence",
        "representatives",
    ]


def test_the_european_emblem_does_not_stand_without_its_statement() -> None:
    subject = with_acknowledgement(statement=("Co-funded by the Swiss Confederation",))
    assert said(subject) == [
        "The European Union’s emblem stands without its statement.",
        "European Union is not acknowledged. Approve the report anew, so that it is.",
    ]


def test_the_european_statement_does_not_stand_without_its_emblem() -> None:
    assert said(with_acknowledgement(emblems=())) == [
        "The European Union’s statement stands without its emblem."
    ]


def test_the_european_emblem_keeps_its_proportions() -> None:
    stretched = replace(EMBLEM, width=700)
    assert (
        "The European Union’s emblem is distorted"
        in said(with_acknowledgement(emblems=(stretched,)))[0]
    )


def test_the_european_emblem_keeps_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(european_emblem, "SHA256", "0" * 64)
    assert said(SOUND) == [
        "The European Union’s emblem was altered. Restore its file from the release."
    ]


def test_no_logo_stands_before_the_european_emblem() -> None:
    assert said(with_acknowledgement(emblems=(LOGO, EMBLEM))) == [
        (
            "Emblem: Swiss Confederation stands before the European Union’s emblem. "
            "Put that donor first."
        )
    ]


def test_no_logo_is_drawn_larger_than_the_european_emblem() -> None:
    """The drawing itself sees to it, so the rule is shown a drawing that does not."""
    for width, height in ((300, 300), (1200, 300), (100, 900)):
        logo = replace(LOGO, width=width, height=height)
        assert said(with_acknowledgement(emblems=(EMBLEM, logo))) == []


def test_every_donor_is_acknowledged_in_the_readers_language() -> None:
    assert said(replace(SOUND, statements=(row(EU),))) == [
        "Swiss Confederation is not acknowledged. Approve the report anew, so that it is."
    ]
    assert "The statement of Swiss Confederation is missing in this language." in said(
        replace(SOUND, lang="fr")
    )


def test_whoever_represents_a_donor_is_named() -> None:
    assert said(replace(SOUND, blocks=(ACKNOWLEDGEMENT,))) == [
        (
            "The acknowledgement does not name State Secretariat for Migration, which represents "
            "Swiss Confederation."
        )
    ]


def test_the_contracts_present_disclaimer_is_printed() -> None:
    assert said(with_acknowledgement(disclaimer="An older one.")) == [
        "The disclaimer is not the contract’s present one. Approve the report anew."
    ]
    assert said(replace(SOUND, disclaimer=Texts.of(fr="Autre"))) == [
        "The disclaimer is missing in this language."
    ]
    assert said(replace(SOUND, disclaimer=Texts({}))) == [
        "The project has no disclaimer; the European Union’s contracts ask for one."
    ]


def test_a_derogation_that_ran_out_is_said() -> None:
    row = Derogation(donor=SWISS, donor_id=2, until=date(2022, 2, 9))
    unnamed = replace(SOUND, blocks=(), donors=(), disclaimer=Texts.of(), derogations=(row,))
    assert said(unnamed) == [
        "The derogation for Swiss Confederation ran out on 2022-02-09. End it, or have it renewed."
    ]
    assert said(replace(unnamed, today=date(2022, 2, 9))) == []


def test_a_donor_with_a_derogation_is_named_nowhere() -> None:
    row = Derogation(donor=SWISS, donor_id=2, until=date(2022, 3, 1))
    named = Prose("Thanks to the Swiss Confederation.")
    for block in (named, ACKNOWLEDGEMENT):
        (finding,) = said(
            replace(SOUND, blocks=(block,), donors=(), disclaimer=Texts.of(), derogations=(row,))
        )
        assert finding.startswith("Swiss Confederation is not to be shown, by its derogation")


def approved() -> int:
    workshop = hold_sample()
    submit(workshop, by=staff())
    approve(workshop, by=editor())
    return workshop.id


def issue(workshop_id: int) -> None:
    service.issue_report(
        queries.get_report(workshop_id).id,
        kinds=list(EditionKind),
        languages=("en", "fr", "ar"),
        by=editor(),
        now=NOW,
    )


def test_the_sample_may_be_issued_and_published_in_every_language(sqlite_app: Flask) -> None:
    workshop_id = approved()
    issue(workshop_id)
    news.publish_report(workshop_id, dated=load.DATED, by=editor(), now=NOW)


def test_nothing_is_issued_or_published_against_a_rule(app: Flask) -> None:
    workshop_id = approved()
    project = queries.get_report(workshop_id).workshop.project
    donor = project.donors[1]
    draft = DonorDraft(
        name=donor.name,
        statement=donor.statement,
        represented_by=(RepresentativeDraft(Texts.of(en="Another authority")),),
    )
    project_service.describe_donor(donor.id, draft, version=donor.version, by=SYSTEM, now=NOW)
    with pytest.raises(NotVisible, match="does not name Another authority"):
        issue(workshop_id)
    with pytest.raises(NotVisible):
        news.publish_report(workshop_id, dated=load.DATED, by=editor(), now=NOW)


def test_a_donor_with_a_derogation_is_left_out_until_it_ends(app: Flask) -> None:
    workshop = hold_sample()
    project = workshop.project
    swiss = project.donors[1]
    draft = DerogationDraft(
        swiss.id, "Safety of staff", "The embassy, 1 February", date(2022, 3, 1)
    )
    row = project_service.grant_derogation(project.id, draft, by=SYSTEM, now=NOW)
    disclaim(project, "Only the authors answer for it.")
    sheet = queries.live_sheet(workshop, "en")
    assert sheet.write("donors.sentence") == "funded by the European Union"
    assert [donor.id for donor in projects.shown_donors(project)] == [project.donors[0].id]
    submit(workshop, by=staff())
    approve(workshop, by=editor())
    issue(workshop.id)
    project_service.end_derogation(project.id, row.id, by=SYSTEM, now=NOW)
    with pytest.raises(NotVisible, match="Swiss Confederation is not acknowledged"):
        issue(workshop.id)


def test_a_donor_that_a_derogation_came_to_protect_keeps_what_names_it_from_going_out(
    app: Flask,
) -> None:
    workshop = hold_sample()
    project = workshop.project
    submit(workshop, by=staff())
    approve(workshop, by=editor())
    draft = DerogationDraft(project.donors[1].id, "Safety", "The embassy", date(2022, 3, 1))
    project_service.grant_derogation(project.id, draft, by=SYSTEM, now=NOW)
    with pytest.raises(NotVisible, match="Swiss Confederation is not to be shown"):
        issue(workshop.id)
    disclaim(project, "Only the authors answer for it.")
    service.reopen_report(workshop.id, by=SYSTEM, now=NOW)
    submit(workshop, by=staff())
    approve(workshop, by=editor())
    issue(workshop.id)


def disclaim(project: Project, words: str) -> None:
    """In words that name nobody."""
    draft = replace(
        story.project(project.organisation_id, tuple(donor.id for donor in project.donors)),
        disclaimer=Texts.of(en=words, fr=words, ar=words),
    )
    project_service.describe_project(project.id, draft, version=project.version, by=SYSTEM, now=NOW)


def test_a_workshop_outside_its_contracts_time_is_a_finding() -> None:
    (finding,) = said(replace(SOUND, outside=("EU/1",)))
    assert finding.startswith("The workshop was not held within the time of contract EU/1.")


def test_cover_and_acknowledgement_are_those_of_the_workshops_contract(app: Flask) -> None:
    workshop = hold_sample()
    european, swiss = workshop.project.donors
    words = Texts.of(en="Words of the Swiss contract.", fr="Mots.", ar="نص العقد.")
    draft = ContractDraft("CH/2", swiss.id, date(2022, 1, 1), date(2022, 12, 31), words)
    row = project_service.add_contract(workshop.project_id, draft, by=SYSTEM, now=NOW)
    assign_contracts(workshop.id, [row.id], by=SYSTEM, now=NOW)
    sheet = queries.live_sheet(workshop, "en", EditionKind.DONOR)
    assert sheet.write("project.contract_number") == "CH/2"
    blocks = queries.compose(sheet, queries.current_prose(None, sheet))
    acknowledgement = next(block for block in blocks if isinstance(block, Acknowledgement))
    assert acknowledgement == Acknowledgement(
        (swiss.statement.text("en"),), (), "Words of the Swiss contract."
    )
    assert european.name.text("en") not in sheet.write("donors.sentence")

    submit(workshop, by=staff())
    approve(workshop, by=editor())
    report = queries.get_report(workshop.id)
    assert report_findings(report, today=TODAY) == []
    late = replace(draft, starts_on=date(2022, 2, 9))
    project_service.describe_contract(
        workshop.project_id, row.id, late, version=row.version, by=SYSTEM, now=NOW
    )
    assert {finding.values["number"] for _, finding in report_findings(report, today=TODAY)} == {
        "CH/2"
    }
