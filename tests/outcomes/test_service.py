"""What a workshop achieved and what its project counts: written together, one editor at a time."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from eventsapp.attendance import service as attendance
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.core.texts import Texts
from eventsapp.outcomes import queries, rules, service
from eventsapp.outcomes.types import (
    Achievement,
    DifficultyDraft,
    IndicatorDraft,
    Measure,
    OutcomeDraft,
    Progress,
    RecommendationDraft,
    SheetDraft,
)
from eventsapp.people.types import Sex
from eventsapp.workshops import service as workshops
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.forms import with_version
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Status
from tests.factories.attendance import register
from tests.factories.workshops import NOW, make_actor, make_project, make_workshop

SEEN = Texts.of(en="Seen in the room.", fr="Vu dans la salle.", ar="شوهد في القاعة.")
WORDS = Texts.of(en="Words", fr="Mots", ar="كلمات")


def achieved(workshop: Workshop, **changes: object) -> SheetDraft:
    outcome = OutcomeDraft(workshop.objectives[0].id, Achievement.ACHIEVED, SEEN)
    return replace(SheetDraft(outcomes=(outcome,)), **changes)  # type: ignore[arg-type]


def assess(workshop: Workshop, draft: SheetDraft) -> int:
    return service.assess_workshop(workshop.id, draft, by=SYSTEM, now=NOW).version


def test_a_sheet_is_replaced_as_a_whole(app: Flask) -> None:
    workshop = make_workshop()
    full = achieved(
        workshop,
        difficulties=(DifficultyDraft(WORDS, SEEN), DifficultyDraft(SEEN)),
        recommendations=(RecommendationDraft(WORDS, "The ministry", date(2022, 6, 30)),),
    )
    first = assess(workshop, full)
    again = replace(full, difficulties=(DifficultyDraft(SEEN),), version=first)
    assess(workshop, again)
    sheet = queries.find_sheet(workshop.id)
    assert sheet is not None
    assert [(row.text, row.resolution) for row in sheet.difficulties] == [(SEEN, Texts({}))]
    assert [(row.owner, row.due) for row in sheet.recommendations] == [
        ("The ministry", date(2022, 6, 30))
    ]
    assert [(row.status, row.evidence) for row in sheet.outcomes] == [("achieved", SEEN)]


def test_the_second_of_two_editors_is_told(app: Flask) -> None:
    workshop = make_workshop()
    assess(workshop, achieved(workshop))
    with pytest.raises(Stale):
        assess(workshop, achieved(workshop))


def test_a_verdict_needs_its_evidence_and_an_objective_of_the_workshop(app: Flask) -> None:
    workshop, other = make_workshop(), make_workshop()
    bare = OutcomeDraft(workshop.objectives[0].id, Achievement.PARTLY)
    with pytest.raises(rules.EvidenceMissing):
        assess(workshop, SheetDraft(outcomes=(bare,)))
    with pytest.raises(rules.NotItsObjective):
        assess(workshop, achieved(other))


def test_a_verdict_on_other_words_does_not_stand(app: Flask) -> None:
    workshop = make_workshop()
    assess(workshop, achieved(workshop))
    assert len(queries.standing_outcomes(workshop, queries.find_sheet(workshop.id))) == 1
    draft = with_version(
        replace(draft_of(workshop), objectives=(Texts.of(en="Something else."),)),
        str(workshop.version),
    )
    workshops.describe_workshop(workshop.id, draft, by=SYSTEM, now=NOW)
    assert queries.standing_outcomes(workshop, queries.find_sheet(workshop.id)) == {}


def test_only_those_who_run_or_report_a_workshop_assess_it(app: Flask) -> None:
    workshop = make_workshop()
    stranger, staff = make_actor(Role.ORGANISER), make_actor(Role.STAFF)
    with pytest.raises(Forbidden):
        service.assess_workshop(workshop.id, achieved(workshop), by=stranger, now=NOW)
    service.assess_workshop(workshop.id, achieved(workshop), by=staff, now=NOW)
    with pytest.raises(Forbidden):
        service.set_indicators(workshop.project_id, [], version=0, by=stranger, now=NOW)


def test_an_indicator_that_is_kept_keeps_its_counts(app: Flask) -> None:
    workshop = make_workshop()
    by_hand = IndicatorDraft(WORDS, target=10)
    kept = service.set_indicators(workshop.project_id, [by_hand], version=0, by=SYSTEM, now=NOW)
    number = kept.indicators[0].id
    assess(workshop, achieved(workshop, contributions={number: 3, 999: 5}))
    renamed = replace(by_hand, name=SEEN, id=number)
    added = IndicatorDraft(WORDS, Measure.WORKSHOPS)
    service.set_indicators(
        workshop.project_id, [added, renamed], version=kept.version, by=SYSTEM, now=NOW
    )
    assert queries.contributions_of(workshop.project_id) == {(workshop.id, number): 3}
    with pytest.raises(Stale):
        service.set_indicators(workshop.project_id, [], version=1, by=SYSTEM, now=NOW)
    with pytest.raises(rules.TargetBelowBaseline):
        service.set_indicators(
            workshop.project_id,
            [replace(by_hand, baseline=10)],
            version=kept.version,
            by=SYSTEM,
            now=NOW,
        )


def test_progress_counts_a_person_once_and_workshops_up_to_this_one(app: Flask) -> None:
    project = make_project()
    first, second = (make_workshop(project=project) for _ in range(2))
    drafts = [
        IndicatorDraft(WORDS, Measure.PERSONS, baseline=10, target=20),
        IndicatorDraft(WORDS, Measure.WOMEN),
        IndicatorDraft(WORDS, Measure.WORKSHOPS),
        IndicatorDraft(WORDS, Measure.BY_HAND),
    ]
    kept = service.set_indicators(project.id, drafts, version=0, by=SYSTEM, now=NOW)
    by_hand = kept.indicators[3].id
    people = [("one@ministry.example", Sex.FEMALE), ("two@ministry.example", Sex.MALE)]
    for workshop, came in ((first, people), (second, people[:1])):
        for email, sex in came:
            registration = register(workshop, email=email, sex=sex)
            attendance.check_in_registration(registration.id, by=SYSTEM, now=workshop.starts_at)
        workshops.change_status(workshop.id, Status.HELD, by=SYSTEM, now=workshop.ends_at)
        assess(workshop, achieved(workshop, contributions={by_hand: 4}))
    assert [(row.contribution, row.total) for row in queries.progress_of_workshop(second)] == [
        (1, 12),
        (1, 1),
        (1, 2),
        (4, 8),
    ]
    assert queries.progress_of_workshop(second)[0] == Progress(
        kept.indicators[0].id, WORDS, baseline=10, target=20, contribution=1, total=12
    )
