"""An answer is received once for each right to answer, and leaves nothing else behind."""

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.audit import AuditEvent
from eventsapp.core.db import Base
from eventsapp.core.errors import Stale
from eventsapp.edge.jobs import Job
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox, Invitation
from eventsapp.feedback.rules.tokens import read_code, written
from eventsapp.feedback.types import Access, Receipt
from eventsapp.questions.types import AnswersRefused
from tests.factories.feedback import (
    ANSWERS,
    DURING,
    answer,
    close,
    make_cards,
    make_form,
    submission,
)


def inbox() -> list[Any]:
    return list(db.session().scalars(sa.select(FeedbackInbox.payload)))


def spent(form: FeedbackForm) -> int:
    counted = sa.select(sa.func.count()).where(Invitation.form_id == form.id, Invitation.spent)
    return db.session().scalar(counted) or 0


def rows_of_every_table() -> dict[str, int]:
    return {
        table.name: db.session().scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_an_answer_adds_one_row_to_the_inbox_and_none_elsewhere(app: Flask) -> None:
    form = make_form()
    (code, *_) = make_cards(form, 3)
    before = rows_of_every_table()
    assert answer(form, code) == Receipt.RECEIVED
    assert rows_of_every_table() == before | {"feedback_inbox": before["feedback_inbox"] + 1}
    assert inbox() == [{"lang": "en", "answers": ANSWERS}]
    assert spent(form) == 1


def test_the_same_answers_again_are_received_again_and_kept_once(app: Flask) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    sent = submission(form, code)
    receipts = [service.submit(sent, now=DURING) for _ in range(3)]
    assert receipts == [Receipt.RECEIVED, Receipt.RECEIVED_BEFORE, Receipt.RECEIVED_BEFORE]
    assert len(inbox()) == 1


def test_other_answers_by_a_used_code_are_refused(app: Flask) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    answer(form, code)
    with pytest.raises(rules.AlreadyAnswered):
        answer(form, code, answers={"usefulness": "1"})
    assert inbox() == [{"lang": "en", "answers": ANSWERS}]


def test_a_repeat_after_closing_is_received_again_and_a_first_answer_is_refused(
    app: Flask,
) -> None:
    form = make_form()
    used, unused = make_cards(form, 2)
    sent = submission(form, used)
    service.submit(sent, now=DURING)
    close(form)
    assert service.submit(sent, now=DURING) == Receipt.RECEIVED_BEFORE
    with pytest.raises(rules.FormClosed):
        answer(form, unused)
    assert spent(form) == 1


def test_the_retry_keys_of_a_closed_form_are_forgotten_after_two_weeks(app: Flask) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    sent = submission(form, code)
    service.submit(sent, now=DURING)
    close(form)
    service.forget_retry_keys(now=datetime(2022, 2, 20, tzinfo=UTC))
    assert service.submit(sent, now=DURING) == Receipt.RECEIVED_BEFORE
    service.forget_retry_keys(now=datetime(2022, 2, 25, tzinfo=UTC))
    with pytest.raises(rules.AlreadyAnswered):
        service.submit(sent, now=DURING)
    assert spent(form) == 1


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"usefulness": "9"},
        {"usefulness": "5", "mode": "telepathy"},
        {"usefulness": "5", "unknown": "1"},
        {"usefulness": "5", "comment": "x" * 1_000_000},
        {"usefulness": ["5"]},
        {"usefulness": {"a": {"b": 1}}},
    ],
    ids=lambda answers: str(answers)[:40],
)
def test_answers_that_do_not_fit_spend_nothing(app: Flask, answers: dict[str, Any]) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    with pytest.raises(AnswersRefused):
        answer(form, code, answers=answers)
    assert (spent(form), inbox()) == (0, [])
    assert answer(form, code) == Receipt.RECEIVED


def test_an_answer_to_the_version_somebody_saw_is_accepted(app: Flask) -> None:
    form = make_form()
    (code,) = make_cards(form, 1)
    sent = submission(form, code, answers={"usefulness": "5", "clarity": "2"})
    service.remove_question(form.id, "clarity", by=SYSTEM, now=DURING)
    assert service.submit(sent, now=DURING) == Receipt.RECEIVED


def test_an_answer_to_another_forms_version_is_refused(app: Flask) -> None:
    form, other = make_form(), make_form()
    (code,) = make_cards(form, 1)
    for version_id in (queries.current_version(other).id, 0, -1):
        with pytest.raises(rules.FormChanged):
            answer(form, code, version_id=version_id)
    assert spent(form) == 0


@pytest.mark.parametrize("typed", ["", "ABCDE", "ZZZZZ-ZZZZZ", "💥" * 10, "a" * 1_000_000])
def test_an_unknown_code_is_refused_beside_its_field(app: Flask, typed: str) -> None:
    form = make_form()
    with pytest.raises(rules.UnknownCode) as refused:
        answer(form, typed)
    assert refused.value.field == "code"


def test_a_code_is_read_however_it_was_typed(app: Flask) -> None:
    form = make_form()
    (code, *_) = make_cards(form, 1)
    typed = [
        written(code),
        written(code).lower().replace("-", " – "),
        code.replace("0", "O").replace("1", "l"),
        code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ]
    assert [read_code(one) for one in typed] == [code] * 4


def test_a_draft_and_a_form_whose_last_day_is_over_take_no_answers(app: Flask) -> None:
    form = make_form(opened=False)
    service.open_form(form.id, closes_on=date(2022, 2, 9), by=SYSTEM, now=DURING)
    one, other = make_cards(form, 2)
    # Ten minutes before and after midnight in Tripoli, two hours ahead of UTC.
    sent = submission(form, one)
    assert service.submit(sent, now=datetime(2022, 2, 9, 21, 50, tzinfo=UTC)) == Receipt.RECEIVED
    late = submission(form, other)
    with pytest.raises(rules.FormClosed):
        service.submit(late, now=datetime(2022, 2, 9, 22, 10, tzinfo=UTC))


def test_an_open_code_takes_many_answers_but_each_repeat_once(app: Flask) -> None:
    form = make_form(access=Access.OPEN)
    code = queries.door_code(form)
    sent = submission(form, code)
    assert [service.submit(sent, now=DURING) for _ in range(2)] == [
        Receipt.RECEIVED,
        Receipt.RECEIVED_BEFORE,
    ]
    without_key = replace(sent, retry_key="")
    assert [service.submit(without_key, now=DURING) for _ in range(2)] == [Receipt.RECEIVED] * 2
    assert (len(inbox()), queries.count_answers(form).handed_out) == (3, 0)


def test_cards_are_printed_once_by_a_double_click(app: Flask) -> None:
    form = make_form()
    seen = form.version
    service.print_cards(form.id, 5, version=seen, by=SYSTEM, now=DURING)
    with pytest.raises(Stale):
        service.print_cards(form.id, 5, version=seen, by=SYSTEM, now=DURING)
    assert queries.count_answers(form).handed_out == 5


def test_no_stored_value_contains_a_code(app: Flask) -> None:
    form = make_form()
    codes = make_cards(form, 5)
    answer(form, codes[0])
    stored = [
        str(row)
        for table in Base.metadata.sorted_tables
        for row in db.session().execute(sa.select(table))
    ]
    assert [code for code in codes if any(code in row for row in stored)] == []
    # The control: had the code itself been kept, this would find it.
    assert any(code in [*stored, codes[2]] for code in codes)


def test_mixing_is_audited_as_a_count_and_answering_not_at_all(app: Flask) -> None:
    form = make_form()
    codes = make_cards(form, 10)
    before = db.session().scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    jobs = db.session().scalar(sa.select(sa.func.count()).select_from(Job))
    for code in codes:
        answer(form, code, retry_key=secrets.token_hex(8))
    assert db.session().scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == before
    assert db.session().scalar(sa.select(sa.func.count()).select_from(Job)) == jobs
    service.mix(form.id, by=SYSTEM, now=DURING)
    latest = db.session().scalars(sa.select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert latest is not None
    assert (latest.action, latest.detail) == ("feedback.mixed", {"answers": 10})
