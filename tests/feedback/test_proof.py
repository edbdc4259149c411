"""The proof: forty people answer, everything is stolen, and nobody can tell who said what.

In short at each run of the tests, in full (twenty runs) by ``make proof``. The same attackers,
let loose on what was not yet mixed, find everybody: that is the control.
"""

import random
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import Base
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries, service
from eventsapp.feedback.form_templates.end import COMMENT_QUESTION
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.feedback.rules.tokens import make_code
from eventsapp.feedback.types import Access
from tests.conftest import DATABASES, Home, build_home, empty_database
from tests.factories.attendance import register
from tests.factories.feedback import AFTER, ANSWERS, DURING, attended, erase, make_form, submission
from tests.factories.workshops import actor_of, make_project, make_user, make_workshop
from tests.feedback.attackers import Dump, all_hits, chance_bound, grep, steal

PEOPLE, PAIRED = 40, 20
# Random values, and the number of the transaction that closed the form.
RANDOM = r"[0-9a-f]{16,}|'after': '[0-9]*'"
RUNS = 20
PAIR_KEY = r"[0-9a-f]{64}"


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A database of its own: what others wrote would be chaff that hides."""
    built = build_home(request.param, tmp_path, "proof")
    with built.app.app_context():
        yield built
        db.db.session.remove()
        db.db.engine.dispose()


class Story:
    """People with a known answer each: what no attacker may find out again."""

    def __init__(self, seed: int, *, people: int = PEOPLE) -> None:
        self.random = random.Random(seed)
        workshop = make_workshop(
            seats_in_person=people,
            by=actor_of(make_user(email="organiser@organisation.example")),
            project=make_project("PROOF"),
        )
        for number in range(people):
            mail = f"person{number}@ministry.example"
            attended(register(workshop, name=f"Person {number}", email=mail))
        self.form: FeedbackForm = make_form(workshop, access=Access.PERSONAL)
        service.invite_participants(self.form.id, by=SYSTEM, now=DURING)
        run_due_jobs()
        self.codes = self.codes_of(self.form)
        self.truth: dict[str, int] = {}
        self.retry_keys: list[str] = []

    @staticmethod
    def codes_of(form: FeedbackForm) -> dict[int, str]:
        key = kept_key("feedback")
        rows = db.session().execute(
            sa.select(Invitation.id, Invitation.registration_id).where(
                Invitation.form_id == form.id
            )
        )
        return {person: make_code(key, invited) for invited, person in rows if person}

    def answer(self, people: list[int], answers: Mapping[str, Any] = ANSWERS) -> None:
        for person in people:
            marker = f"marker-{self.random.getrandbits(64):016x}"
            retry_key = secrets.token_hex(16)
            sent = submission(
                self.form,
                self.codes[person],
                answers={**answers, "comment": {"text": marker}},
                retry_key=retry_key,
            )
            service.submit(sent, now=DURING)
            self.truth[marker] = person
            self.retry_keys.append(retry_key)

    def in_random_order(self) -> list[int]:
        people = sorted(self.codes)
        self.random.shuffle(people)
        return people


def marker_of(payload: Any) -> str:
    found = re.search(r"marker-[0-9a-f]{16}", str(payload))
    return found.group() if found else ""


def stolen(home: Home) -> Dump:
    db.session().rollback()
    return steal(db.db.engine, home.settings.data_dir, marker_of)


def tell(seed: int, home: Home, *, mixes: bool) -> tuple[Story, Dump, Dump]:
    """Answer, steal, close, steal again; with ``mixes``, batches are mixed in between."""
    story = Story(seed)
    order = story.in_random_order()
    if mixes:
        for start in (0, 15):
            story.answer(order[start : start + 15])
            service.mix(story.form.id, by=SYSTEM, now=DURING)
        story.answer(order[30:])
    else:
        story.answer(order)
    before = stolen(home)
    service.close_form(story.form.id, by=SYSTEM, now=AFTER)
    run_due_jobs()
    erase()
    return story, before, stolen(home)


def test_nobody_is_found_in_what_was_mixed_and_everybody_in_what_was_not(home: Home) -> None:
    story, before, after = tell(1, home, mixes=False)
    assert len(after.answers) == len(story.truth) == PEOPLE

    found_before = all_hits(before, story.truth)
    assert max(found_before.values()) >= 0.95 * PEOPLE, Counter(found_before).most_common(3)

    found_after = all_hits(after, story.truth)
    bound = chance_bound(1, tests=len(found_after), alpha=1e-6)
    assert {name: count for name, count in found_after.items() if count >= bound} == {}
    assert grep(after, [*story.codes.values(), *story.retry_keys]) == []
    # The control of grep: what must still be there is found.
    assert grep(after, list(story.truth)) == list(story.truth)


def test_no_trace_of_the_inbox_is_left_in_any_file(home: Home) -> None:
    """The rows that waited had ids of their own; they stand nowhere any more."""
    _, before, after = tell(2, home, mixes=True)
    waiting = [row["rid"] for row in before.answers]
    assert grep(before, waiting) == waiting
    assert grep(after, waiting) == []


def answer_form(story: Story, kind: str, order: list[int]) -> FeedbackForm:
    """Everybody answers another form of the workshop, by mailed links, with a text of their own."""
    workshop_id = story.form.workshop_id
    form = service.create_form(workshop_id, kind, access=Access.PERSONAL, by=SYSTEM, now=DURING)
    asked = queries.questions_of(queries.current_version(form))
    service.replace_questions(form.id, [*asked, COMMENT_QUESTION], by=SYSTEM, now=DURING)
    story.form = service.open_form(form.id, by=SYSTEM, now=DURING)
    if kind == "before":
        service.invite_participants(form.id, by=SYSTEM, now=DURING)
        story.codes = story.codes_of(form)
    story.answer(order, {"familiarity": "2"})
    return form


def linked(dump: Dump, truth: dict[str, int]) -> int:
    """How many pairs of one person's answers share a value that others do not have."""
    by_value: dict[str, set[str]] = {}
    for row in dump.answers:
        for value in re.findall(r"[0-9a-f]{16,}", str(row["payload"]) + row["rid"]):
            by_value.setdefault(value, set()).add(row["marker"])
    pairs = [markers for markers in by_value.values() if len(markers) == 2]
    return sum(len({truth[marker] for marker in markers}) == 1 for markers in pairs)


def test_once_both_forms_are_closed_nobody_tells_which_answers_belong_together(
    home: Home,
) -> None:
    story = Story(3, people=PAIRED)
    before = answer_form(story, "before", story.in_random_order())
    service.close_form(before.id, by=SYSTEM, now=AFTER)
    after = answer_form(story, "after", story.in_random_order())
    open_still = stolen(home)
    assert linked(open_still, story.truth) == PAIRED
    service.close_form(after.id, by=SYSTEM, now=AFTER)
    run_due_jobs()
    erase()
    found = stolen(home)
    assert (len(found.answers), linked(found, story.truth)) == (2 * PAIRED, 0)
    hits = all_hits(found, story.truth)
    # Each person has two answers, so a guess at random is right twice among all.
    bound = chance_bound(2, tests=len(hits), alpha=1e-6)
    assert {name: count for name, count in hits.items() if count >= bound} == {}
    keys = {key for row in open_still.answers for key in re.findall(PAIR_KEY, str(row["payload"]))}
    assert (len(keys), grep(found, sorted(keys))) == (PAIRED, [])
    assert not list(home.settings.data_dir.glob("pairs_*"))


@pytest.mark.proof
def test_in_twenty_runs_no_attack_does_better_than_chance(home: Home) -> None:
    totals: Counter[str] = Counter()
    controls = []
    for seed in range(RUNS):
        start_anew()
        story, before, after = tell(100 + seed, home, mixes=seed % 2 == 1)
        totals.update(all_hits(after, story.truth))
        assert grep(after, [*story.codes.values(), *story.retry_keys]) == []
        if seed % 2 == 0:
            controls.append(max(all_hits(before, story.truth).values()) / PEOPLE)
    bound = chance_bound(RUNS, tests=len(totals), alpha=0.01)
    assert {name: count for name, count in totals.items() if count >= bound} == {}
    assert min(controls) >= 0.95


def start_anew() -> None:
    """An open read would keep PostgreSQL from emptying its tables."""
    db.session().rollback()
    empty_database()


# How often erasing had to wait for other writers of the same server is theirs, not the answers':
# the tests beside this one write there too.
OF_THE_WAIT = {"status", "attempts", "due_at", "started_at", "finished_at", "error"}


def canonical_dump() -> dict[str, list[str]]:
    """Every row of every table, random values made equal, in an order that follows from them."""
    return {
        table.name: sorted(
            re.sub(RANDOM, "*", str(_told_by(row)))
            for row in db.session()
            .execute(sa.select(*(c for c in table.c if c.name != "code")))
            .mappings()
        )
        for table in Base.metadata.sorted_tables
    }


def _told_by(row: sa.RowMapping) -> tuple[object, ...]:
    waits = row.get("name") == "feedback.erase_traces"
    return tuple(value for key, value in row.items() if not (waits and key in OF_THE_WAIT))


@time_machine.travel(DURING, tick=False)
def test_two_people_who_swap_their_answers_leave_the_same_dump(app: Flask) -> None:
    dumps = [_dump_after_answers_of(app, swapped=swapped) for swapped in (False, True)]
    assert dumps[0] == dumps[1]


@time_machine.travel(DURING, tick=False)
def test_before_closing_the_dumps_differ_in_a_system_that_keeps_names(app: Flask) -> None:
    """The control of the swap: with the person beside the answer the dumps are different."""
    dumps = [
        _dump_after_answers_of(app, swapped=swapped, with_names=True) for swapped in (False, True)
    ]
    assert dumps[0] != dumps[1]


def _dump_after_answers_of(
    app: Flask, *, swapped: bool, with_names: bool = False
) -> dict[str, list[str]]:
    start_anew()
    story = Story(3, people=12)
    people = sorted(story.codes)
    wishes = {person: str(1 + place % 5) for place, person in enumerate(people)}
    if swapped:
        wishes[people[0]], wishes[people[1]] = wishes[people[1]], wishes[people[0]]
    for person in people:
        given: dict[str, Any] = {"usefulness": wishes[person]}
        if with_names:
            given["comment"] = f"I am {person}"
        sent = submission(story.form, story.codes[person], answers=given)
        service.submit(sent, now=DURING)
    service.close_form(story.form.id, by=SYSTEM, now=AFTER)
    return canonical_dump()
