"""kill -9 around each commit: an answer is there once or not at all, and can be sent again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import sqlalchemy as sa

from eventsapp.config import ROOT
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import Job
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.feedback.types import Receipt
from tests.conftest import DATABASES, Home, build_home
from tests.factories.feedback import DURING, answer, erase, make_cards, make_form, submission

pytestmark = pytest.mark.faults


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    built = build_home(request.param, tmp_path, "kill")
    with built.app.app_context():
        yield built
        db.db.session.remove()
        db.db.engine.dispose()


def run_and_kill(home: Home, what: str, when: str, given: dict[str, object]) -> None:
    environment = os.environ | {
        "EVENTSAPP_MODE": "test",
        "EVENTSAPP_DATABASE_URL": home.settings.database_url,
        "EVENTSAPP_DATA_DIR": str(home.settings.data_dir),
        "EVENTSAPP_SECRET_KEY": home.settings.secret_key,
    }
    db.session().rollback()
    process = subprocess.run(
        [sys.executable, "-m", "tests.feedback.killed_process", what, when, json.dumps(given)],
        env=environment,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert process.returncode == -signal.SIGKILL
    db.session().rollback()


def state(form_id: int) -> tuple[str, int, int, int]:
    """Status, spent rights, answers that wait, answers that are mixed."""
    db.session().expire_all()
    form: FeedbackForm = queries.get_form(form_id)
    counted = sa.select(sa.func.count()).where(Invitation.form_id == form_id, Invitation.spent)
    counts = queries.count_answers(form)
    return form.status, db.session().scalar(counted) or 0, counts.waiting, counts.mixed


@pytest.mark.parametrize("what", ["submit", "submit_remembered"])
def test_an_answer_killed_before_its_commit_was_never_sent_and_can_be_sent_again(
    home: Home, what: str
) -> None:
    form = make_form()
    sent = submission(form, make_cards(form, 1)[0])
    run_and_kill(home, what, "before", asdict(sent))
    assert state(form.id) == ("open", 0, 0, 0)
    assert service.submit(sent, now=DURING) == Receipt.RECEIVED
    assert state(form.id) == ("open", 1, 1, 0)


@pytest.mark.parametrize("what", ["submit", "submit_remembered"])
def test_an_answer_killed_after_its_commit_is_there_once_however_often_it_is_repeated(
    home: Home, what: str
) -> None:
    form = make_form()
    sent = submission(form, make_cards(form, 1)[0])
    run_and_kill(home, what, "after", asdict(sent))
    assert state(form.id) == ("open", 1, 1, 0)
    assert service.submit(sent, now=DURING) == Receipt.RECEIVED_BEFORE
    assert state(form.id) == ("open", 1, 1, 0)


@pytest.mark.parametrize("what", ["mix", "close"])
def test_mixing_killed_before_its_commit_has_changed_nothing_and_can_be_repeated(
    home: Home, what: str
) -> None:
    form = make_form()
    for code in make_cards(form, 12):
        answer(form, code)
    run_and_kill(home, what, "before", {"form": form.id})
    assert state(form.id) == ("open", 12, 12, 0)
    if what == "mix":
        service.mix(form.id, by=SYSTEM, now=DURING)
        assert state(form.id) == ("open", 12, 0, 12)
    else:
        service.close_form(form.id, by=SYSTEM, now=DURING)
        assert state(form.id) == ("closed", 12, 0, 12)


def test_closing_killed_after_its_commit_still_has_its_traces_erased(home: Home) -> None:
    form = make_form()
    for code in make_cards(form, 12):
        answer(form, code)
    run_and_kill(home, "close", "after", {"form": form.id})
    assert state(form.id) == ("closed", 12, 0, 12)
    waiting = sa.select(Job.name).where(Job.status == "queued", Job.name.like("feedback.%"))
    assert list(db.session().scalars(waiting)) == ["feedback.erase_traces"]
    erase()
