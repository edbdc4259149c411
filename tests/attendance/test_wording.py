"""The organiser's own words in mails: literal, previewed exactly, never executed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.attendance import queries, service
from eventsapp.attendance.letters import letter_to, sample_letter
from eventsapp.attendance.links import private_link
from eventsapp.attendance.rules.letters import WORDED, TooLong
from eventsapp.attendance.types import Message, Wording
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.workshops import NOW, actor_of, make_actor, make_workshop, sign_in
from tests.pages import hidden_fields

HOSTILE = "{{ 7*7 }} {% for x in y %} ${7*7} %(title)s <b>bold</b> & \u202eevil"


@pytest.fixture(autouse=True)
def _no_limits(sqlite_app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


def word(workshop: Workshop, by: Actor, message: Message = Message.CONFIRMED, **words: str) -> None:
    service.word_mail(workshop.id, message, "en", Wording(**words), by=by, now=NOW)  # type: ignore[arg-type]


def test_own_words_take_the_place_of_ours_in_their_language_alone(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    word(workshop, by, subject="Welcome to Tripoli", opening="Dear colleague,\nwelcome.")
    english = letter_to(register(workshop), Message.CONFIRMED)
    french = letter_to(register(workshop, language="fr"), Message.CONFIRMED)

    assert english.subject == "Welcome to Tripoli"
    assert "Dear colleague,\nwelcome." in english.text
    assert "Dear colleague,\nwelcome." in english.html
    assert "a place is kept for you" not in english.text + english.html
    assert "Welcome" not in french.subject + french.text


def test_template_syntax_and_markup_of_the_organiser_stay_letters(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    word(workshop, by, subject="{{ 7*7 }} %(title)s", opening=HOSTILE)

    letter = letter_to(register(workshop), Message.CONFIRMED)

    assert letter.subject == "{{ 7*7 }} %(title)s"
    assert HOSTILE in letter.text
    assert (
        "{{ 7*7 }} {% for x in y %} ${7*7} %(title)s &lt;b&gt;bold&lt;/b&gt; &amp;" in letter.html
    )
    assert "49" not in letter.text.replace(str(workshop.ref), "")


@pytest.mark.parametrize("mode", Mode)
def test_the_preview_is_exactly_what_is_sent(app: Flask, mode: Mode) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    word(workshop, by, subject="Welcome", opening="Our own words.")
    registration = register(workshop, mode, name="First name Surname")

    sent = letter_to(registration, Message.CONFIRMED)
    shown = sample_letter(
        workshop, Message.CONFIRMED, lang="en", name="First name Surname", mode=mode
    )

    code = f"{registration.code[:3]} {registration.code[3:]}"
    page = private_link(registration).partition("#")[0]
    for mine, theirs in ((sent.text, shown.text), (sent.html, shown.html)):
        made_up = theirs.replace("K7Q 4MX", code).replace(f"{page}#…", private_link(registration))
        assert made_up == mine
    assert shown.subject == sent.subject


def test_empty_words_bring_ours_back(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)
    word(workshop, by, subject="Welcome")
    seen = queries.wording_of(workshop.id, Message.CONFIRMED, "en")

    service.word_mail(
        workshop.id,
        Message.CONFIRMED,
        "en",
        Wording(version=seen.version if seen else 0),
        by=by,
        now=NOW,
    )

    assert queries.wording_of(workshop.id, Message.CONFIRMED, "en") is None
    assert letter_to(register(workshop), Message.CONFIRMED).subject.startswith("You have a place")


def test_wording_refuses_endless_words_strangers_and_what_was_changed_first(app: Flask) -> None:
    by = make_actor(Role.ORGANISER)
    workshop = make_workshop(by=by)

    with pytest.raises(TooLong):
        word(workshop, by, opening="x" * 2_001)
    with pytest.raises(Forbidden):
        word(workshop, make_actor(Role.ORGANISER), subject="Welcome")
    word(workshop, by, subject="Welcome")
    with pytest.raises(Stale):
        word(workshop, by, subject="Hello")


@pytest.fixture
def managing(sqlite_app: Flask) -> tuple[FlaskClient, str]:
    """A signed-in organiser and the address of their workshop's mails."""
    client = sqlite_app.test_client()
    user = sign_in(client, Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    return client, f"/manage/workshops/{workshop.id}/people/mails"


@pytest.mark.parametrize("message", WORDED)
def test_every_mail_can_be_worded_and_previewed(
    managing: tuple[FlaskClient, str], message: Message
) -> None:
    client, path = managing

    for tongue in ("en", "ar"):
        assert client.get(f"{path}/{message}/{tongue}").status_code == 200
        preview = client.get(f"{path}/{message}/{tongue}/preview.html?mode=online")
        assert f'<html lang="{tongue}"' in preview.text
        assert "sandbox" in preview.headers["Content-Security-Policy"]


def test_words_are_saved_on_the_page_and_a_subject_stays_one_line(
    managing: tuple[FlaskClient, str],
) -> None:
    client, path = managing
    page = f"{path}/confirmed/en"

    bad = client.post(
        page, data=hidden_fields(client.get(page).text) | {"subject": "a\r\nBcc: x@y.example"}
    )
    client.post(
        page, data=hidden_fields(client.get(page).text) | {"subject": "Hello", "opening": "<i>"}
    )

    assert 'id="subject-error"' in bad.text
    assert "your words" in client.get(path).text
    assert "&lt;i&gt;" in client.get(f"{page}/preview.html").text


def test_there_are_no_words_for_other_mails_or_languages(
    managing: tuple[FlaskClient, str],
) -> None:
    client, path = managing

    found = [
        client.get(f"{path}/{rest}").status_code for rest in ("known_already/en", "confirmed/tlh")
    ]
    assert found == [404, 404]
