"""A changed description: who is told, who gets a seat, and what cannot be removed."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service as attendance
from eventsapp.attendance.calendar import registration_calendar
from eventsapp.attendance.models import AttendanceRecord, Registration
from eventsapp.attendance.queries.changes import find_waiting_change
from eventsapp.attendance.rules.changes import NoChangeWaits
from eventsapp.attendance.rules.references import GroupInUse, SessionInUse
from eventsapp.attendance.rules.registering import calls_of
from eventsapp.core import db
from eventsapp.core.actor import VISITOR, Actor, Role
from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import Job, run_due_jobs
from eventsapp.workshops import rules, service
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.follower import FOLLOWERS
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules.changes import LONGEST_WAIT, QUIET, change_goes_out
from eventsapp.workshops.types import GroupDraft, Mode, SessionDraft, Status
from tests.attendance.calendars import event_of
from tests.factories.attendance import register, registration_draft
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop, workshop_draft

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


def change(workshop: Workshop, by: Actor, *, tell: bool = True, **changes: Any) -> int:
    draft = replace(draft_of(workshop), **changes)
    return service.describe_workshop(workshop.id, draft, tell=tell, by=by, now=LATER).told


def mails(message: str) -> list[tuple[int, list[str]]]:
    """Registrations that are written to with this message, and what about."""
    make_announcement_due()
    run_due_jobs(1)  # what announces; the letters themselves wait
    rows = db.session().scalars(
        sa.select(Job.payload).where(Job.name == "attendance.send_message").order_by(Job.id)
    )
    return [(row["registration"], row["about"]) for row in rows if row["message"] == message]


@db.transaction
def make_announcement_due() -> None:
    """The mail about changes waits for more of them; its time has come, before all others'."""
    announcing = Job.name == "attendance.announce_change"
    db.session().execute(
        sa.update(Job)
        .where(announcing, Job.status == "queued")
        .values(due_at=NOW - timedelta(days=1))
    )


def settle() -> None:
    run_due_jobs(100)


def session(**changes: Any) -> SessionDraft:
    """The agenda's only item, changed; the id is that of the only one in the database."""
    (item,) = workshop_draft(0).sessions
    return replace(item, **{"id": 1, **changes})


CHANGES: dict[str, tuple[dict[str, Any], set[Mode]]] = {
    "another place": ({"venue": "Another hall"}, {Mode.IN_PERSON}),
    "another joining link": ({"join_link": "https://video.example/new"}, {Mode.ONLINE}),
    "another room of a session": ({"sessions": (session(room="Room 12"),)}, {Mode.IN_PERSON}),
    "another time of a session": (
        {"sessions": (session(ends_at=datetime(2022, 2, 8, 11, 0)),)},  # noqa: DTZ001
        set(Mode),
    ),
    "another call of a session": (
        {"sessions": (session(join_link="https://video.example/own"),)},
        {Mode.ONLINE},
    ),
    "another title of a session": ({"sessions": (session(title=Texts.of(en="Hello")),)}, set()),
    "another title": ({"title": Texts.of(en="Renamed")}, set()),
    "another outlook": ({"outlook": Texts.of(en="More to come.")}, set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_to_those_whom_it_concerns(organiser: Actor, name: str) -> None:
    changes, concerned = CHANGES[name]
    workshop = make_workshop(by=organiser)
    if "sessions" in changes:
        (item,) = changes["sessions"]
        changes = {"sessions": (replace(item, id=workshop.sessions[0].id),)}
    by_mode = {mode: register(workshop, mode).id for mode in Mode}
    settle()

    told = change(workshop, organiser, **changes)

    assert (told, {number for number, _ in mails("changed")}) == (
        len(concerned),
        {by_mode[mode] for mode in concerned},
    )


def test_another_time_is_told_to_everybody_with_a_place_and_to_nobody_else(
    organiser: Actor,
) -> None:
    workshop = make_workshop(by=organiser, seats_in_person=1)
    confirmed = register(workshop)
    waiting = register(workshop)
    online = register(workshop, Mode.ONLINE)
    settle()

    told = change(workshop, organiser, ends_at=draft_of(workshop).ends_at + timedelta(hours=1))

    assert waiting.status == "waitlisted"
    assert (told, mails("changed")) == (2, [(confirmed.id, ["when"]), (online.id, ["when"])])


def test_saving_several_times_is_one_mail_with_all_that_changed(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    room, online = register(workshop), register(workshop, Mode.ONLINE)
    settle()
    entries = [sequence_of(room)]

    for changes in (
        {"venue": "Another hall"},
        {"ends_at": draft_of(workshop).ends_at + timedelta(hours=1)},
        {"sessions": (replace(draft_of(workshop).sessions[0], room="Room 12"),)},
    ):
        assert change(workshop, organiser, **changes) > 0
        entries.append(sequence_of(room))

    waiting = find_waiting_change(workshop.id)
    assert waiting is not None
    assert waiting.due_at == LATER + QUIET
    assert waiting.audience == ((Mode.IN_PERSON, "en", 1), (Mode.ONLINE, "en", 1))
    assert mails("changed") == [(row.id, ["room", "when", "where"]) for row in (room, online)]
    assert entries == sorted(set(entries))


def test_a_change_after_the_mail_was_picked_up_is_told_by_another_one(organiser: Actor) -> None:
    """Control: nothing joins a mail that is on its way, or it would be lost."""
    workshop = make_workshop(by=organiser)
    person = register(workshop)
    settle()
    change(workshop, organiser, venue="Hall A")
    assert mails("changed") == [(person.id, ["where"])]
    change(workshop, organiser, venue="Hall B")
    assert mails("changed") == [(person.id, ["where"])] * 2


def test_the_mail_about_changes_waits_at_most_an_hour_and_not_at_all_before_the_start(
    organiser: Actor,
) -> None:
    workshop = make_workshop(by=organiser)
    soon = workshop.starts_at - timedelta(hours=1)
    found = [
        change_goes_out(workshop, first=LATER, now=LATER),
        change_goes_out(workshop, first=LATER, now=LATER + timedelta(minutes=55)),
        change_goes_out(workshop, first=soon, now=soon),
    ]
    assert found == [LATER + QUIET, LATER + LONGEST_WAIT, soon]


def test_the_organiser_can_send_the_waiting_mail_at_once_or_not_at_all(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    register(workshop)
    settle()
    change(workshop, organiser, venue="Hall A")
    attendance.tell_change_now(workshop.id, by=organiser, now=LATER)
    told = find_waiting_change(workshop.id)
    attendance.keep_change_quiet(workshop.id, by=organiser, now=LATER)

    assert told is not None
    assert told.due_at == LATER
    assert mails("changed") == []
    with pytest.raises(NoChangeWaits):
        attendance.tell_change_now(workshop.id, by=organiser, now=LATER)


def sequence_of(registration: Registration) -> int:
    entry = registration_calendar(registration, lang="en", method="REQUEST")
    return int(event_of(entry)["SEQUENCE"])


def test_the_organiser_can_choose_to_tell_nobody(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    register(workshop)
    settle()
    told = change(workshop, organiser, tell=False, venue="Another hall")
    assert (told, mails("changed")) == (0, [])


def test_a_workshop_that_is_over_or_cancelled_tells_nobody(organiser: Actor) -> None:
    over, off = make_workshop(by=organiser), make_workshop(by=organiser)
    for workshop in (over, off):
        register(workshop)
    attendance.cancel_workshop(off.id, by=organiser, now=NOW)
    settle()
    draft = replace(draft_of(over), venue="Another hall")
    after = over.ends_at + timedelta(days=1)
    described = service.describe_workshop(over.id, draft, by=organiser, now=after)
    assert (described.told, change(off, organiser, venue="Another hall")) == (0, 0)


def test_added_seats_go_at_once_to_those_who_wait_with_one_mail_each(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser, seats_in_person=1)
    people = [register(workshop) for _ in range(4)]
    settle()

    told = change(workshop, organiser, seats_in_person=3, venue="A larger hall")

    assert [row.status for row in people] == ["confirmed", "confirmed", "confirmed", "waitlisted"]
    assert told == 1
    assert mails("promoted") == [(people[1].id, []), (people[2].id, [])]
    assert mails("changed") == [(people[0].id, ["where"])]


def test_a_group_that_people_belong_to_is_not_removed_but_named(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    group = workshop.groups[0]
    register(workshop, group_id=group.id)

    with pytest.raises(GroupInUse) as refused:
        change(workshop, organiser, groups=())

    assert (refused.value.field, refused.value.values) == (
        "groups",
        {"name": group.name, "count": 1},
    )


def test_a_session_that_evidence_belongs_to_is_not_removed(organiser: Actor) -> None:
    workshop = make_workshop(by=organiser)
    registration = register(workshop)
    add_evidence(registration, workshop.sessions[0].id)

    with pytest.raises(SessionInUse):
        change(workshop, organiser, sessions=())


@db.transaction
def add_evidence(registration: Registration, session_id: int) -> None:
    db.session().add(
        AttendanceRecord(
            workshop_id=registration.workshop_id,
            registration_id=registration.id,
            session_id=session_id,
            mode=Mode.IN_PERSON,
            source="manual",
            recorded_at=NOW,
        )
    )


def test_parts_keep_their_people_when_their_order_changes(organiser: Actor) -> None:
    workshop = make_workshop(
        by=organiser, groups=tuple(GroupDraft(Texts.of(en=f"Group {n}")) for n in range(3))
    )
    kept = workshop.groups[2]
    registration = register(workshop, group_id=kept.id)
    first, _, last = draft_of(workshop).groups

    change(workshop, organiser, groups=(last, GroupDraft(Texts.of(en="New")), first))

    assert [str(group.name) for group in workshop.groups] == ["Group 2", "New", "Group 0"]
    assert (registration.group_id, str(kept.name)) == (workshop.groups[0].id, "Group 2")


def test_every_column_that_points_at_a_part_is_watched(app: Flask) -> None:
    """A new table that points at sessions or groups must say what removing one would lose."""
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"workshop_session", "participant_group"}
        and key.ondelete is None
    }
    watched = {
        str(reference.column.property.columns[0])
        for follower in FOLLOWERS.values()
        for reference in follower.references
    }
    assert pointing == watched


def lowering(workshop_id: int, seats: int, by: Actor) -> Any:
    draft = replace(draft_of(db.get(Workshop, workshop_id)), seats_in_person=seats)
    return lambda: service.describe_workshop(workshop_id, draft, by=by, now=NOW)


def registering(workshop_id: int) -> Any:
    draft = registration_draft()
    return lambda: attendance.register_participant(workshop_id, draft, by=VISITOR, now=NOW).status


def race(app: Flask, organiser: Actor) -> tuple[Counter[str], Workshop]:
    """Eight people register while the seats are lowered from five to two."""
    workshop_id = make_workshop(by=organiser, seats_in_person=5).id
    actions = [registering(workshop_id) for _ in range(8)]
    results = at_once(app, [*actions[:4], lowering(workshop_id, 2, organiser), *actions[4:]])
    named = Counter(
        result if isinstance(result, str) else type(result).__name__ for result in results
    )
    return named, db.get(Workshop, workshop_id)


def test_lowering_seats_while_people_register_is_done_or_refused_and_never_fails(
    app: Flask, organiser: Actor
) -> None:
    for _ in range(4):
        results, workshop = race(app, organiser)
        assert set(results) <= {"confirmed", "waitlisted", "Described", "SeatsBelowTaken"}
        assert results["confirmed"] == workshop.taken_in_person <= workshop.seats_in_person
        assert results["confirmed"] == workshop.seats_in_person


def test_without_the_lock_lowering_the_same_seats_fails_on_the_constraint(
    app: Flask, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: looked at without the row, the seats are taken before they are lowered."""
    if db.session().get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: the use case's lock cannot be taken away")
    workshop_id = make_workshop(by=organiser, seats_in_person=5).id
    register_all = [registering(workshop_id) for _ in range(4)]
    check_draft = rules.check_draft

    def check_then_wait(*args: Any, **kwargs: Any) -> None:
        check_draft(*args, **kwargs)
        at_once(app, register_all)

    monkeypatch.setattr(
        "eventsapp.workshops.service.describing.lock_workshop", lambda key: db.get(Workshop, key)
    )
    lower = lowering(workshop_id, 2, organiser)
    monkeypatch.setattr(rules, "check_draft", check_then_wait)

    with pytest.raises(sa.exc.IntegrityError):
        lower()


def test_a_cancelled_workshop_goes_back_to_what_it_was(organiser: Actor) -> None:
    found = {}
    for status in (Status.DRAFT, Status.ANNOUNCED, Status.OPEN, Status.CLOSED):
        workshop = make_workshop(by=organiser, status=status)
        attendance.cancel_workshop(workshop.id, by=organiser, now=NOW)
        attendance.restore_workshop(workshop.id, by=organiser, now=NOW)
        found[status] = workshop.status
    assert found == {
        Status.DRAFT: Status.DRAFT,
        Status.ANNOUNCED: Status.ANNOUNCED,
        Status.OPEN: Status.CLOSED,
        Status.CLOSED: Status.CLOSED,
    }


def test_no_status_button_gets_around_the_mails_of_a_cancellation(organiser: Actor) -> None:
    workshop, off = make_workshop(by=organiser), make_workshop(by=organiser)
    attendance.cancel_workshop(off.id, by=organiser, now=NOW)
    with pytest.raises(rules.StatusNotPossible):
        service.change_status(workshop.id, Status.CANCELLED, by=organiser, now=NOW)
    for to in Status:
        with pytest.raises(rules.StatusNotPossible):
            service.change_status(off.id, to, by=organiser, now=NOW)


def test_the_call_of_a_session_is_for_those_who_take_part_online(organiser: Actor) -> None:
    link = "https://video.example/parallel"
    workshop = make_workshop(by=organiser, seats_online=1)
    draft = draft_of(workshop)
    change(workshop, organiser, sessions=(replace(draft.sessions[0], join_link=link),))
    people = [register(workshop, mode) for mode in (Mode.ONLINE, Mode.IN_PERSON, Mode.ONLINE)]
    found = [[item.join_link for item in calls_of(person)] for person in people]
    assert found == [[link], [], []]
