"""Mails with a personal link, and the command line."""

import email
import json
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import time_machine
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.settings import current_settings
from eventsapp.feedback import queries, service
from eventsapp.feedback.types import Access, Receipt
from tests.factories.attendance import register
from tests.factories.feedback import DURING, answer, attended, make_cards, make_form
from tests.factories.workshops import make_workshop


def outbox() -> dict[str, EmailMessage]:
    """The mails about feedback, by whom they went to."""
    found = {}
    folder: Path = current_settings().data_dir / "outbox"
    for path in folder.glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        if "/f/#" in str(mail.get_body()):
            found[str(mail["To"].addresses[0].addr_spec)] = mail
    return found


def empty_outbox() -> None:
    for path in (current_settings().data_dir / "outbox").glob("*.eml"):
        path.unlink()


@time_machine.travel(DURING)
def test_each_mail_carries_a_link_that_works_once_in_the_readers_language(app: Flask) -> None:
    empty_outbox()
    workshop = make_workshop()
    for mail, lang in (("a@x.example", "fr"), ("b@x.example", "ar"), ("c@x.example", "en")):
        attended(register(workshop, email=mail, language=lang))
    form = make_form(workshop, access=Access.PERSONAL)
    service.invite_participants(form.id, by=SYSTEM, now=DURING)
    run_due_jobs()
    letters = outbox()
    assert {name: letter["Content-Language"] for name, letter in letters.items()} == {
        "a@x.example": "fr",
        "b@x.example": "ar",
        "c@x.example": "en",
    }
    for letter in letters.values():
        body = letter.get_body(("plain",))
        assert body is not None
        link = next(line for line in body.get_content().splitlines() if "/f/#" in line)
        assert answer(form, link.split("#")[1]) == Receipt.RECEIVED
    run_due_jobs()
    assert len(outbox()) == 3


@time_machine.travel(DURING)
def test_no_mail_goes_to_those_who_answered_or_after_closing(app: Flask) -> None:
    empty_outbox()
    workshop = make_workshop()
    attended(register(workshop))
    form = make_form(workshop, access=Access.PERSONAL)
    service.invite_participants(form.id, by=SYSTEM, now=DURING)
    service.close_form(form.id, by=SYSTEM, now=DURING)
    run_due_jobs()
    assert outbox() == {}


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["feedback", *args])
    return result.exit_code, result.output


@time_machine.travel(DURING)
def test_the_commands_open_mix_and_close_and_say_no_in_words(app: Flask) -> None:
    form = make_form(opened=False)
    ref = form.workshop.ref
    assert run(app, "open", ref) == (
        0,
        f"{ref}: open, 0 answers wait, 0 are mixed, 0 rights were handed out\n",
    )
    for card in make_cards(form, 11):
        answer(form, card)
    _, output = run(app, "mix", ref, "--json")
    assert json.loads(output) == {
        "workshop": ref,
        "status": "open",
        "handed_out": 11,
        "waiting": 0,
        "mixed": 11,
    }
    assert run(app, "mix", ref)[0] == 1
    assert "fewer than 10 are never mixed" in run(app, "mix", ref)[1]
    assert run(app, "close", ref)[0] == 0
    assert queries.get_form(form.id).status == "closed"
    assert run(app, "close", ref)[0] == 1
    assert run(app, "count", "XX-2000-001")[0] == 1
