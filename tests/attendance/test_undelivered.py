"""Mails that do not arrive: seen, not repeated, and sent again once the address is corrected."""

import email
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from eventsapp.attendance import service
from eventsapp.attendance.models import Circular, Registration
from eventsapp.attendance.queries import list_unanswered_ids
from eventsapp.attendance.queries.circulars import (
    count_unreached,
    list_addressed,
    list_to_send_again,
    outcomes_of,
)
from eventsapp.attendance.queries.invitations import count_invitations, list_to_invite_again
from eventsapp.attendance.types import Audience, CircularDraft, Delivery
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Actor, Role
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.mail import read_bounce
from eventsapp.workshops.models import Workshop
from tests.attendance.test_bounces import report
from tests.attendance.test_mails import outbox  # noqa: F401 - a fixture
from tests.attendance.test_views_public import upcoming
from tests.factories.workshops import actor_of, make_user, sign_in
from tests.pages import hidden_fields, text_of

AMINA, OMAR = "amina@typo.example", "omar@ministry.example"
GUESTS = [["Amina Haddad", AMINA], ["Omar Nasser", OMAR]]
RIGHT = "amina@right.example"
WORDS = CircularDraft(
    subject=Texts.of(en="Bring your passport"), body=Texts.of(en="The door asks for it.")
)


@pytest.fixture(autouse=True)
def _empty_outbox(outbox: Path) -> None:  # noqa: F811
    """What other tests sent is not read here."""


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return actor_of(make_user(Role.ORGANISER, email="organiser@demo.example"))


@pytest.fixture
def workshop(organiser: Actor) -> Workshop:
    """Two people are invited; the mails wait."""
    workshop = upcoming(by=organiser)
    service.invite_people(workshop.id, GUESTS, lang="en", by=organiser, now=clock.now())
    return workshop


def registered(workshop: Workshop, address: str) -> Registration:
    found = db.session().query(Registration).filter_by(workshop_id=workshop.id)
    (one,) = [one for one in found if one.person.email == address]
    return one


def ids_of_mails(app: Flask, to: str) -> list[str]:
    """The ids of the mails that left for an address, in the order of their jobs."""
    run_due_jobs()
    found = Path(app.extensions["settings"].data_dir / "outbox").glob("*.eml")
    read = [email.message_from_bytes(path.read_bytes(), policy=default) for path in found]
    ids = [str(mail["Message-ID"]) for mail in read if to in str(mail["To"])]
    return sorted(ids, key=lambda found: int(found.split("-")[1].split(".")[0]))


def come_back(app: Flask, to: str) -> None:
    """The last mail to an address comes back."""
    bounce = read_bounce(report(ids_of_mails(app, to)[-1], recipient=to))
    service.record_bounce(bounce, by=SYSTEM, now=clock.now())


def correct(workshop: Workshop, by: Actor) -> None:
    service.correct_address(registered(workshop, AMINA).id, RIGHT, by=by, now=clock.now())


def test_an_invitation_waits_is_sent_comes_back_or_is_answered(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    assert count_invitations(workshop.id) == {Delivery.WAITING: 2}
    run_due_jobs()
    assert count_invitations(workshop.id) == {Delivery.SENT: 2}

    come_back(app, AMINA)
    service.accept_invitation(registered(workshop, OMAR).id, by=organiser, now=clock.now())

    assert count_invitations(workshop.id) == {Delivery.RETURNED: 1, Delivery.ANSWERED: 1}


def test_an_address_that_nothing_can_be_sent_to_is_marked_and_the_invitation_counts_as_not_sent(
    app: Flask, workshop: Workshop
) -> None:
    registered(workshop, AMINA).person.email = "no address"
    db.session().commit()
    run_due_jobs()

    assert count_invitations(workshop.id) == {Delivery.FAILED: 1, Delivery.SENT: 1}
    assert registered(workshop, "no address").person.bounce_status == "5.1.3"


def test_who_mail_came_back_from_is_not_reminded_until_the_address_is_corrected(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    amina = registered(workshop, AMINA).id
    run_due_jobs()
    assert amina in list_unanswered_ids(workshop.id, before=tomorrow)
    come_back(app, AMINA)
    assert amina not in list_unanswered_ids(workshop.id, before=tomorrow)
    assert list_to_invite_again(workshop.id) == []

    correct(workshop, organiser)

    assert amina in list_unanswered_ids(workshop.id, before=tomorrow)
    assert list_to_invite_again(workshop.id) == [amina]


def test_a_reminder_that_was_recorded_before_the_mail_came_back_is_not_sent(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    run_due_jobs()
    db.session().query(Registration).update({"invited_at": clock.now() - timedelta(days=2)})
    db.session().commit()
    before = {to: len(ids_of_mails(app, to)) for to in (AMINA, OMAR)}
    bounce = read_bounce(report(ids_of_mails(app, AMINA)[-1], recipient=AMINA))
    assert service.remind_invited(workshop.id, by=organiser, now=clock.now()) == 2
    service.record_bounce(bounce, by=SYSTEM, now=clock.now())

    assert len(ids_of_mails(app, AMINA)) == before[AMINA]
    assert len(ids_of_mails(app, OMAR)) == before[OMAR] + 1


def test_a_report_about_the_address_before_leaves_the_corrected_one_alone(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    (message_id,) = ids_of_mails(app, AMINA)
    correct(workshop, organiser)

    late = read_bounce(report(message_id, recipient=AMINA))

    assert not service.record_bounce(late, by=SYSTEM, now=clock.now())
    assert registered(workshop, RIGHT).person.bounced_at is None
    assert count_invitations(workshop.id)[Delivery.RETURNED] == 1


def test_an_invitation_is_sent_again_once_to_the_corrected_address(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    come_back(app, AMINA)
    correct(workshop, organiser)

    counts = [
        service.send_invitations_again(workshop.id, by=organiser, now=clock.now()) for _ in "12"
    ]

    assert counts == [1, 0]
    # Their links, and the invitation.
    assert len(ids_of_mails(app, RIGHT)) == 2
    assert count_invitations(workshop.id) == {Delivery.SENT: 2}


def write(workshop: Workshop, by: Actor) -> Circular:
    seen = len(list_addressed(workshop.id, WORDS.audience))
    return service.write_to_people(workshop.id, WORDS, seen=seen, by=by, now=clock.now())


def test_a_circular_says_how_far_it_came_and_is_sent_again_where_it_came_back(
    app: Flask, workshop: Workshop, organiser: Actor
) -> None:
    run_due_jobs()
    circular = write(workshop, organiser)
    nothing = dict.fromkeys((Delivery.WAITING, Delivery.SENT, Delivery.FAILED), 0)
    assert outcomes_of(circular) == {**nothing, Delivery.WAITING: 2, Delivery.RETURNED: 0}

    come_back(app, AMINA)
    assert outcomes_of(circular) == {**nothing, Delivery.SENT: 1, Delivery.RETURNED: 1}
    assert list_to_send_again(circular) == []

    correct(workshop, organiser)
    counts = [service.send_circular_again(circular.id, by=organiser, now=clock.now()) for _ in "12"]

    assert counts == [1, 0]
    assert len(ids_of_mails(app, RIGHT)) == 2
    assert outcomes_of(circular) == {**nothing, Delivery.SENT: 2, Delivery.RETURNED: 0}


def test_who_mail_came_back_from_is_no_part_of_an_audience(app: Flask, workshop: Workshop) -> None:
    come_back(app, AMINA)

    addressed = [number for number, _lang in list_addressed(workshop.id, Audience())]

    assert addressed == [registered(workshop, OMAR).id]
    assert count_unreached(workshop.id, Audience()) == 1


def test_the_organiser_sees_corrects_and_sends_again(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = upcoming(by=actor_of(user))
    service.invite_people(workshop.id, GUESTS, lang="en", by=actor_of(user), now=clock.now())
    come_back(sqlite_app, AMINA)
    sign_in(client, user=user)
    amina = registered(workshop, AMINA).id
    people = f"/manage/workshops/{workshop.id}/people"

    page = text_of(client.get(f"{people}/mails").text)
    assert "there is no such mailbox" in page
    assert "Send it again" not in page
    typed = {**hidden_fields(client.get(f"{people}/{amina}/address").text), "email": RIGHT}
    corrected = client.post(f"{people}/{amina}/address", data=typed, follow_redirects=True)
    assert "Send the invitation again" in corrected.text
    assert "1 invitation did not arrive" in text_of(client.get(f"{people}/mails").text)

    pressed = {**hidden_fields(corrected.text), "action": "tell_again"}
    done = client.post(f"{people}/{amina}/place", data=pressed, follow_redirects=True)
    assert "Sent again." in done.text
    again = client.post(f"{people}/{amina}/place", data=pressed)
    assert again.status_code == 302
    run_due_jobs()
    assert count_invitations(workshop.id) == {Delivery.SENT: 2}


def test_what_was_written_to_people_of_another_workshop_is_not_found(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    user = make_user(Role.ORGANISER)
    workshop, other = upcoming(by=actor_of(user)), upcoming(by=actor_of(user))
    service.invite_people(workshop.id, GUESTS, lang="en", by=actor_of(user), now=clock.now())
    circular = write(workshop, actor_of(user))
    sign_in(client, user=user)

    shown, missing = (
        client.get(f"/manage/workshops/{one.id}/people/write/{circular.id}")
        for one in (workshop, other)
    )

    assert "Written to 2 people" in text_of(shown.text)
    assert missing.status_code == 404
