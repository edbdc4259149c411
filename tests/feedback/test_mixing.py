"""Mixing: never of few, whole at closing, and repeatable."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import Job, TryAgain, run_due_jobs
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackResponse, Invitation
from tests.conftest import POSTGRES, Home, empty_database
from tests.factories.feedback import AFTER, DURING, answer, close, erase, make_cards, make_form


def counts(form: FeedbackForm) -> tuple[int, int]:
    found = queries.count_answers(form)
    return found.waiting, found.mixed


def rids() -> set[str]:
    return set(db.session().scalars(sa.select(FeedbackResponse.rid)))


def test_fewer_than_ten_are_mixed_by_no_command_while_the_form_is_open(app: Flask) -> None:
    form = make_form()
    codes = make_cards(form, 20)
    for code in codes[:9]:
        answer(form, code)
    with pytest.raises(rules.TooFewToMix):
        service.mix(form.id, by=SYSTEM, now=DURING)
    service.see_to_forms(by=SYSTEM, now=DURING)
    assert counts(form) == (9, 0)
    answer(form, codes[9])
    assert service.mix(form.id, by=SYSTEM, now=DURING) == 10
    assert counts(form) == (0, 10)


def test_the_hourly_round_mixes_where_ten_wait(app: Flask) -> None:
    form, other = make_form(), make_form()
    for code in make_cards(form, 12):
        answer(form, code)
    for code in make_cards(other, 3):
        answer(other, code)
    service.see_to_forms(by=SYSTEM, now=DURING)
    assert (counts(form), counts(other)) == ((0, 12), (3, 0))


def test_closing_mixes_whatever_waits_under_new_ids(app: Flask) -> None:
    form = make_form()
    codes = make_cards(form, 13)
    for code in codes[:10]:
        answer(form, code)
    service.mix(form.id, by=SYSTEM, now=DURING)
    before = rids()
    for code in codes[10:]:
        answer(form, code)
    assert close(form) == 13
    assert counts(form) == (0, 13)
    assert (len(rids()), rids() & before) == (13, set())


def test_closing_keeps_which_rights_were_used_and_which_not(app: Flask) -> None:
    form = make_form()
    used, _ = make_cards(form, 2)
    answer(form, used)
    statement = sa.select(Invitation.token_mac, Invitation.spent).order_by(Invitation.token_mac)
    before = db.session().execute(statement).all()
    close(form)
    assert db.session().execute(statement).all() == before


def test_mixing_one_form_leaves_the_answers_of_another_alone(app: Flask) -> None:
    form, other = make_form(), make_form()
    answer(form, make_cards(form, 1)[0])
    answer(other, make_cards(other, 1)[0])
    close(form)
    assert (counts(form), counts(other)) == ((0, 1), (1, 0))


def test_a_closed_form_may_be_mixed_again(app: Flask) -> None:
    form = make_form()
    answer(form, make_cards(form, 1)[0])
    close(form)
    assert service.mix(form.id, by=SYSTEM, now=AFTER) == 1
    assert counts(form) == (0, 1)


def test_closing_has_the_traces_erased_once_and_again_if_asked(app: Flask) -> None:
    form = make_form()
    close(form)
    jobs = db.session().execute(
        sa.select(Job.name, Job.subject).where(Job.name == "feedback.erase_traces")
    )
    assert jobs.all() == [("feedback.erase_traces", f"feedback_form:{form.id}")]
    run_due_jobs()
    erase()


def test_a_form_whose_last_day_is_over_is_closed_by_the_hourly_round(app: Flask) -> None:
    form = make_form(opened=False)
    service.open_form(form.id, closes_on=date(2022, 2, 10), by=SYSTEM, now=DURING)
    answer(form, make_cards(form, 1)[0])
    service.see_to_forms(by=SYSTEM, now=datetime(2022, 2, 10, 20, 0, tzinfo=UTC))
    assert queries.get_form(form.id).status == "open"
    service.see_to_forms(by=SYSTEM, now=datetime(2022, 2, 10, 23, 0, tzinfo=UTC))
    assert queries.get_form(form.id).status == "closed"
    assert counts(form) == (0, 1)


@pytest.fixture
def postgres_app(homes: dict[str, Home]) -> Iterator[Flask]:
    home = homes["postgresql"]
    with home.app.app_context():
        empty_database()
        yield home.app
        db.db.session.remove()


@pytest.mark.parametrize("database", ["this one", "another one"])
def test_traces_are_not_taken_for_erased_while_an_older_transaction_keeps_them(
    postgres_app: Flask, database: str
) -> None:
    """PostgreSQL's VACUUM keeps, without a word, what an older writer anywhere might still see."""
    form = make_form()
    answer(form, make_cards(form, 1)[0])
    url = str(db.db.engine.url.render_as_string(hide_password=False)).replace("+psycopg", "")
    with psycopg.connect(url if database == "this one" else POSTGRES) as older:
        older.execute("SELECT pg_current_xact_id()")
        close(form)
        after = db.session().scalars(sa.select(Job.payload).order_by(Job.id.desc())).first()
        assert after is not None
        with pytest.raises(TryAgain):
            service.erase_traces(after=after["after"])
        older.rollback()
        erase()
