"""Before and after: the same people's answers are compared, and nobody learns whose they are."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.settings import current_settings
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackResponse, Invitation
from eventsapp.feedback.rules.pairing import Change
from eventsapp.feedback.rules.tokens import make_code, written
from eventsapp.feedback.types import PAIR, SMALLEST_PUBLISHED, SMALLEST_SHOWN, Access
from eventsapp.workshops.models import Workshop
from tests.factories.attendance import register
from tests.factories.feedback import AFTER, DURING, answer, attended, close, make_cards
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in
from tests.pages import hidden_fields, text_of


def make(workshop: Workshop, kind: str, *, access: Access = Access.CARDS) -> FeedbackForm:
    form = service.create_form(workshop.id, kind, access=access, by=SYSTEM, now=DURING)
    return service.open_form(form.id, by=SYSTEM, now=DURING)


def points(familiarity: str) -> dict[str, Any]:
    return {"familiarity": familiarity}


def both_answered(
    workshop: Workshop, moves: Sequence[tuple[str | None, str | None]]
) -> FeedbackForm:
    """One card a person: what they answered before and after; gives the form after."""
    before = make(workshop, "before")
    cards = make_cards(before, len(moves))
    for card, (first, _) in zip(cards, moves, strict=True):
        if first:
            answer(before, card, answers=points(first))
    close(before)
    after = make(workshop, "after")
    for card, (_, last) in zip(cards, moves, strict=True):
        if last:
            answer(after, card, answers=points(last))
    close(after)
    return after


def payloads() -> list[dict[str, Any]]:
    return list(db.session().scalars(sa.select(FeedbackResponse.payload)))


def secret_files() -> list[str]:
    return [path.name for path in current_settings().data_dir.glob("pairs_*")]


def test_the_same_card_opens_the_form_before_and_then_the_form_after(app: Flask) -> None:
    workshop = make_workshop()
    before = make(workshop, "before")
    (card,) = make_cards(before, 1)
    assert queries.find_right(card).form.form_id == before.id
    answer(before, card, answers=points("2"))
    after = make(workshop, "after")
    assert queries.find_right(card).form.form_id == after.id
    answer(after, card, answers=points("4"))
    with pytest.raises(rules.AlreadyAnswered):
        answer(after, card, answers=points("5"))


def test_what_moved_is_counted_and_then_no_answer_knows_its_partner(app: Flask) -> None:
    workshop = make_workshop()
    after = both_answered(workshop, [("2", "4")] * 6 + [("3", "3")] * 4 + [("4", "3")] * 2)
    (change,) = queries.changes_of(after, smallest=SMALLEST_PUBLISHED)
    assert (change.key, change.n, change.moves) == ("familiarity", 12, ((-1, 2), (0, 4), (2, 6)))
    assert change.mean == 10 / 12
    assert len(payloads()) == 24
    assert [payload for payload in payloads() if PAIR in payload] == []
    assert secret_files() == []


def test_until_both_are_closed_answers_keep_their_key_and_nothing_is_shown(app: Flask) -> None:
    workshop = make_workshop()
    before = make(workshop, "before")
    for card in make_cards(before, 6):
        answer(before, card, answers=points("2"))
    close(before)
    assert len({payload[PAIR] for payload in payloads()}) == 6
    assert secret_files() == [f"pairs_{workshop.id}_key"]
    after = make(workshop, "after")
    assert queries.changes_of(after, smallest=1) == ()


def test_the_form_that_closes_last_matches_whichever_it_is(app: Flask) -> None:
    workshop = make_workshop()
    before = make(workshop, "before")
    cards = make_cards(before, 6)
    after = make(workshop, "after")
    for card in cards:
        answer(before, card, answers=points("2"))
        answer(after, card, answers=points("3"))
    close(after)
    assert queries.changes_of(after, smallest=1) == ()
    close(before)
    (change,) = queries.changes_of(after, smallest=SMALLEST_SHOWN)
    assert change.moves == ((1, 6),)


def test_those_who_answered_only_one_form_are_not_given_away(app: Flask) -> None:
    moves: list[tuple[str | None, str | None]] = [("2", "4")] * 8
    after = both_answered(make_workshop(), [*moves, ("5", None)])
    (change,) = queries.changes_of(after, smallest=SMALLEST_SHOWN)
    assert (change.is_suppressed, change.n, change.moves) == (True, 0, ())
    enough = both_answered(make_workshop(), [*moves, *[("5", None)] * 5])
    (change,) = queries.changes_of(enough, smallest=SMALLEST_SHOWN)
    assert change.moves == ((2, 8),)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30))
def test_no_sum_of_few_who_answered_one_form_follows_from_what_is_shown(
    people: list[tuple[int, int]],
) -> None:
    """0 stands for no answer. What both forms and the change say, subtracted, is of enough."""
    pairs = [(first, last) for first, last in people if first and last]
    moves: dict[int, int] = {}
    for first, last in pairs:
        moves[last - first] = moves.get(last - first, 0) + 1
    change = Change(
        key="k",
        text=Texts.of(en="?"),
        n=len(pairs),
        before_n=sum(1 for first, _ in people if first),
        after_n=sum(1 for _, last in people if last),
        moves=tuple(sorted(moves.items())),
    ).shown(smallest=SMALLEST_SHOWN)
    left_over = [change.before_n - change.n, change.after_n - change.n]
    assert change.is_suppressed or all(n == 0 or n >= SMALLEST_SHOWN for n in left_over)
    assert change.n == 0 or change.n >= SMALLEST_SHOWN


def test_mailed_links_of_the_form_after_carry_the_same_code(app: Flask) -> None:
    workshop = make_workshop()
    attended(register(workshop))
    before = make(workshop, "before", access=Access.PERSONAL)
    service.invite_participants(before.id, by=SYSTEM, now=DURING)
    after = make(workshop, "after")
    assert after.access == Access.PERSONAL
    statement = sa.select(Invitation.form_id, Invitation.id)
    ids = {row.form_id: row.id for row in db.session().execute(statement)}
    key = b"any"
    assert make_code(key, ids[before.id]) == make_code(key, ids[after.id])
    with time_machine.travel(DURING):
        run_due_jobs()
    assert queries.mailing_of(after).sent == 1
    with pytest.raises(rules.AccessFixed):
        service.choose_access(after.id, Access.OPEN, by=SYSTEM, now=DURING)


def test_a_code_for_everybody_pairs_nobody(app: Flask) -> None:
    workshop = make_workshop()
    before = make(workshop, "before", access=Access.OPEN)
    answer(before, queries.door_code(before), answers=points("2"))
    close(before)
    assert [payload for payload in payloads() if PAIR in payload] == []


def test_a_form_whose_partner_never_comes_forgets_its_keys_after_a_year(app: Flask) -> None:
    before = make(make_workshop(), "before")
    for card in make_cards(before, 6):
        answer(before, card, answers=points("2"))
    close(before)
    service.see_to_forms(by=SYSTEM, now=AFTER + timedelta(days=300))
    assert len(secret_files()) == 1
    service.see_to_forms(by=SYSTEM, now=AFTER + timedelta(days=400))
    assert ([payload for payload in payloads() if PAIR in payload], secret_files()) == ([], [])
    assert len(payloads()) == 6


def test_pages_prepare_both_forms_and_show_what_changed(app: Flask) -> None:
    client = app.test_client()
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    sign_in(client, user=user)
    url = f"/manage/workshops/{workshop.id}/feedback"
    for kind in ("before", "after"):
        hidden = hidden_fields(client.get(url).text)
        made = client.post(url, data=hidden | {"template": kind})
        assert made.location == f"{url}?form={kind}"
        page = client.get(made.location).text
        assert f"{url}/questions?form={kind}" in page
    db.session().rollback()
    moves = [("2", "4")] * 6
    before, after = (queries.get_form_of(workshop.id, kind) for kind in ("before", "after"))
    service.open_form(before.id, by=SYSTEM, now=DURING)
    cards = make_cards(before, 6)
    service.open_form(after.id, by=SYSTEM, now=DURING)
    for card, (first, last) in zip(cards, moves, strict=True):
        answer(before, card, answers=points(first))
        answer(after, card, answers=points(last))
    close(before)
    close(after)
    results = text_of(client.get(f"{url}/results?form=after").text)
    assert "6 people answered before and after; the mean moved by \u2068+2\u2069." in results
    exported = json.loads(client.get(f"{url}/results.json?form=after").data)
    assert [(one["question"], one["n"], one["moves"]) for one in exported["changes"]] == [
        ("familiarity", 6, [{"points": 2, "count": 6}])
    ]
    table = client.get(f"{url}/results.csv?form=after").data.decode()
    assert "change since the form before,2 points higher,6,1.0,6,2.0," in table
    assert "What changed" not in text_of(client.get(f"{url}/results?form=before").text)
    assert written(cards[0]) not in results
