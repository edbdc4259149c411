"""Copies, series, who presents what, topics, and a workshop in a colleague's hands."""

import email
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance.models import Registration
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden, Refused
from eventsapp.core.idempotency import CreationKey
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.feedback import queries as feedback_queries
from eventsapp.feedback import service as feedback
from eventsapp.feedback.types import Access
from eventsapp.workshops import queries, rules, service
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode, Presenting, Status, VenueDraft
from tests.factories.attendance import register
from tests.factories.workshops import NOW, actor_of, make_actor, make_user, make_workshop

DAYS = [date(2022, 3, 26), date(2022, 5, 7)]


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


def copy(workshop: Workshop, by: Actor, *, days: list[date], in_series: bool = True) -> Workshop:
    return service.copy_workshop(workshop.id, days, in_series=in_series, by=by, now=NOW)


def test_a_copy_is_the_same_on_other_days_without_its_people(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    register(workshop)

    copied = copy(workshop, organiser, days=[date(2022, 3, 1)], in_series=False)

    before, after = draft_of(workshop), draft_of(copied)
    shift = timedelta(days=21)
    assert after == replace(
        before,
        starts_at=before.starts_at + shift,
        ends_at=before.ends_at + shift,
        sessions=tuple(
            replace(item, starts_at=item.starts_at + shift, ends_at=item.ends_at + shift)
            for item in before.sessions
        ),
    )
    people = sa.select(sa.func.count(Registration.id)).where(Registration.workshop_id == copied.id)
    assert (copied.status, copied.taken_in_person, db.session().scalar(people)) == (
        Status.DRAFT,
        0,
        0,
    )
    assert copied.series is None


def test_a_copy_keeps_the_hour_when_the_clocks_go_forward_between(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser, timezone="Europe/Paris")
    copied = copy(workshop, organiser, days=[date(2022, 6, 8)])
    assert (workshop.starts_at, copied.starts_at) == (
        datetime(2022, 2, 8, 8, 0, tzinfo=UTC),
        datetime(2022, 6, 8, 7, 0, tzinfo=UTC),
    )


def test_several_dates_are_one_series_and_a_later_copy_joins_it(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    copies = copy(workshop, organiser, days=DAYS)
    copy(copies, organiser, days=[date(2022, 9, 1)])
    dates = [other.starts_at.date() for other in queries.series_of(workshop, public=False)]
    assert dates == [*DAYS, date(2022, 9, 1)]
    assert queries.series_of(workshop) == []


def test_a_copy_takes_presenters_and_the_feedback_form_along(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    form = feedback.create_form(workshop.id, "end", access=Access.OPEN, by=organiser, now=NOW)
    asked = feedback_queries.questions_of(feedback_queries.current_version(form))[:2]
    feedback.replace_questions(form.id, asked, by=organiser, now=NOW)
    session, member = workshop.sessions[0], workshop.teams[0].members[0]
    service.assign_presenters(
        workshop.id, [Presenting(session.id, member.id, Mode.IN_PERSON)], by=organiser, now=NOW
    )

    copied = copy(workshop, organiser, days=[date(2022, 3, 1)])

    (row,) = copied.sessions[0].presenters
    assert (row.member.name, row.member.id == member.id, row.mode) == (
        "Ines Marchetti",
        False,
        Mode.IN_PERSON,
    )
    copied_form = feedback_queries.get_form_of(copied.id)
    kept = feedback_queries.questions_of(feedback_queries.current_version(copied_form))
    assert (copied_form.access, kept) == (Access.OPEN, asked)


def test_copies_sent_twice_are_registered_once(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    key = CreationKey.of("k", principal=organiser.key, path="/copy", body=b"")
    for _ in range(2):
        service.copy_workshop(workshop.id, DAYS, in_series=True, by=organiser, now=NOW, key=key)
    assert db.session().scalar(sa.select(sa.func.count(Workshop.id))) == 3


@pytest.mark.parametrize(
    ("days", "refusal"),
    [([], rules.NoCopyDate), ([DAYS[0], DAYS[0]], rules.SameDateTwice)],
)
def test_copies_need_different_dates(
    organiser: Actor, days: list[date], refusal: type[Refused]
) -> None:
    workshop = make_workshop(by=organiser)
    with pytest.raises(refusal):
        copy(workshop, organiser, days=days)


def test_a_presenter_of_another_workshop_is_left_out(organiser: Actor) -> None:
    workshop, other = make_workshop(by=organiser), make_workshop(by=organiser)
    session = workshop.sessions[0]
    mine, foreign = workshop.teams[0].members[1], other.teams[0].members[0]
    service.assign_presenters(
        workshop.id,
        [Presenting(session.id, row.id, Mode.ONLINE) for row in (foreign, mine)],
        by=organiser,
        now=NOW,
    )
    assert [row.member_id for row in session.presenters] == [mine.id]


def test_a_session_stays_in_its_place_when_places_are_added_before_it(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser, venues=(VenueDraft("Library"), VenueDraft("Annex")))
    draft = draft_of(workshop)
    placed = replace(draft, sessions=(replace(draft.sessions[0], venue=1),))
    service.describe_workshop(workshop.id, placed, by=organiser, now=NOW)
    annex = workshop.sessions[0].venue
    assert annex is not None
    assert annex.name == "Annex"
    wrong = replace(draft_of(workshop), venues=())
    with pytest.raises(rules.UnknownVenue):
        service.describe_workshop(workshop.id, wrong, by=organiser, now=NOW)


def test_topics_are_unique_and_stay_while_a_workshop_has_them(organiser: Actor) -> None:
    topic = service.add_topic(Texts.of(en="Border management"), by=organiser, now=NOW)
    with pytest.raises(rules.TopicThere):
        service.add_topic(Texts.of(en="Border  Management"), by=organiser, now=NOW)
    workshop = make_workshop(by=organiser, topics=(topic.id,))
    with pytest.raises(rules.TopicInUse):
        service.remove_topic(topic.id, by=organiser, now=NOW)
    without = replace(draft_of(workshop), topics=())
    service.describe_workshop(workshop.id, without, by=organiser, now=NOW)
    service.remove_topic(topic.id, by=organiser, now=NOW)
    assert (topic.slug, queries.list_topics()) == ("border-management", [])


def test_handing_over_moves_the_right_to_manage_and_tells_the_colleague(
    app: Flask, organiser: Actor
) -> None:
    outbox = Path(app.extensions["settings"].data_dir / "outbox")
    for old in outbox.glob("*.eml"):
        old.unlink()
    colleague = make_user(Role.ORGANISER, email="colleague@organisation.example")
    workshop = make_workshop(by=organiser)

    service.hand_over_workshop(workshop.id, colleague.id, by=organiser, now=NOW)
    run_due_jobs()

    mails = [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in outbox.glob("*.eml")
    ]
    told = [(str(mail["To"]), str(mail["Subject"])) for mail in mails if "Now" in mail["Subject"]]
    assert told == [
        ("Nadia Ferrand <colleague@organisation.example>", "Now yours: Introductory workshop")
    ]
    assert rules.may_manage(workshop, by=actor_of(colleague))
    with pytest.raises(Forbidden):
        service.hand_over_workshop(workshop.id, colleague.id, by=organiser, now=NOW)


def test_a_workshop_is_handed_only_to_somebody_who_runs_workshops(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    staff = make_user(Role.STAFF)
    for user_id in (staff.id, organiser.id):
        with pytest.raises(rules.CannotTakeOver):
            service.hand_over_workshop(workshop.id, int(user_id or 0), by=organiser, now=NOW)
