"""Two issues of a report, each in two editions: do the files together give a small number away?

``make papers`` reads what lies in the PDFs themselves, as anybody can who has them; the normal run
reads the same files before they are attached. Every figure becomes an equation over the number of
people of each kind; those who came late are kinds of their own. A hidden figure is recovered where
the equations of all files leave it one value only, though neither issue's results of everybody do.
"""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pikepdf
import pytest
from flask import Flask

from eventsapp.attendance import service as attendance
from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import Source
from eventsapp.core.actor import SYSTEM
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.feedback import service as feedback
from eventsapp.feedback.form_templates.end import MODE_QUESTION, USEFULNESS_QUESTION
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules import suppression
from eventsapp.feedback.service import results as keeping
from eventsapp.feedback.types import SMALLEST_PUBLISHED
from eventsapp.people.types import Sex
from eventsapp.reports import papers, queries, service
from eventsapp.reports.fact_sources import participants
from eventsapp.reports.models import Edition
from eventsapp.reports.types import EditionKind
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.attendance import register
from tests.factories.feedback import AFTER, DURING, close, make_cards, make_form
from tests.factories.feedback import answer as give
from tests.factories.reports import NOW, approve, submit
from tests.factories.workshops import make_workshop
from tests.feedback.solver import Solver

EARLY, LATE = "early", "late"
MODES = ("in_person", "online")
LABELS = {"In person": "in_person", "Online": "online"}
Said = tuple[str, str]  # mode, and what was thought of its usefulness; "" for no answer
KINDS = tuple(product((EARLY, LATE), (*MODES, ""), ("5", "2", "")))
Cell = frozenset[int]
SMALLEST_CROSSED = 5


@dataclass(frozen=True)
class Crowd:
    """Who answered before the first issue and between the two."""

    early: tuple[Said, ...]
    late: tuple[Said, ...]

    @classmethod
    def at_random(cls, seed: int) -> "Crowd":
        """Most alike, some different; many of the late ones leave the scale out."""
        chance = random.Random(seed)

        def said(skip: float) -> Said:
            mode = chance.choices((*MODES, ""), (6, chance.randint(1, 4), 1))[0]
            return mode, "" if chance.random() < skip else chance.choice("5552")

        early = tuple(said(0.1) for _ in range(chance.randint(10, 26)))
        return cls(early, tuple(said(0.6) for _ in range(chance.randint(10, 12))))

    def count(self, cell: Cell) -> int:
        people = [(EARLY, *one) for one in self.early] + [(LATE, *one) for one in self.late]
        return sum(KINDS.index(one) in cell for one in people)


def where(**wanted: Iterable[str]) -> Cell:
    """The kinds of people who are so: ``when``, ``mode``, ``useful``."""
    places = {"when": 0, "mode": 1, "useful": 2}
    return frozenset(
        at
        for at, kind in enumerate(KINDS)
        if all(kind[places[key]] in set(values) for key, values in wanted.items())
    )


Files = dict[str, bytes]
Read = Callable[[Edition], Files]


def to_attach(edition: Edition) -> Files:
    return {one.name: one.data for one in papers.attachments_of(edition)}


def attached(edition: Edition) -> Files:
    run_due_jobs(500)
    data = storage.read(queries.get_edition(edition.id).file_key or "")
    with pikepdf.open(io.BytesIO(data)) as opened:
        return {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}


@pytest.fixture(params=[to_attach, pytest.param(attached, marks=pytest.mark.papers)])
def read(request: pytest.FixtureRequest) -> Read:
    found: Read = request.param
    return found


def facts_in(files: Files) -> dict[str, Any]:
    """The facts that an edition carries; its CSV and its JSON name the same ones."""
    rows = list(csv.reader(io.StringIO(files["facts.csv"].decode("utf-8-sig"))))
    facts: dict[str, Any] = json.loads(files["facts.json"])["facts"]
    assert {row[0] for row in rows[1:]} == set(facts)
    return facts


def issue(workshop: Workshop, read: Read) -> dict[str, dict[str, Any]]:
    """The next issue, by kind of edition, as its files say it."""
    if queries.find_report(workshop.id):
        service.reopen_report(workshop.id, by=SYSTEM, now=NOW)
    submit(workshop)
    report_id = approve(workshop).report_id
    editions = service.issue_report(
        report_id, kinds=list(EditionKind), languages=["en"], by=SYSTEM, now=NOW
    )
    return {edition.kind: facts_in(read(edition)) for edition in editions}


def answers_of(said: Said) -> dict[str, Any]:
    given = zip(("mode", "usefulness"), said, strict=True)
    return {key: value for key, value in given if value}


def open_form() -> FeedbackForm:
    """With two questions that may be left out, so that each result rests on people of its own."""
    form = make_form(opened=False)
    asked = [replace(question, required=False) for question in (USEFULNESS_QUESTION, MODE_QUESTION)]
    feedback.replace_questions(form.id, asked, by=SYSTEM, now=DURING)
    feedback.open_form(form.id, by=SYSTEM, now=DURING)
    return form


def two_issues(crowd: Crowd, read: Read) -> list[dict[str, dict[str, Any]]]:
    """Issued at closing, and again with those who answered late."""
    form = open_form()
    codes = iter(make_cards(form, len(crowd.early) + len(crowd.late)))
    for said in crowd.early:
        give(form, next(codes), answers=answers_of(said))
    close(form)
    feedback.take_late_answers(form.id, by=SYSTEM, now=AFTER)
    found = [issue(form.workshop, read)]
    for said in crowd.late:
        give(form, next(codes), answers=answers_of(said), now=AFTER)
    feedback.see_to_forms(by=SYSTEM, now=AFTER)
    return [*found, issue(form.workshop, read)]


@dataclass
class Known:
    """Equations of everybody by issue, of groups, and what was kept back."""

    everybody: list[dict[Cell, int]] = field(default_factory=list)
    groups: dict[Cell, int] = field(default_factory=dict)

    def read(self, facts: Mapping[str, Any], when: tuple[str, ...]) -> None:
        found: dict[Cell, int] = {}
        if "feedback.n" in facts:
            found[where(when=when)] = facts["feedback.n"]
        for result in facts.get("feedback.results") or ():
            name = {"usefulness": "useful", "mode": "mode"}.get(result["key"])
            if name is None:
                continue
            counts = {key: count for key, _label, count in result["distribution"]}
            offered = {"useful": ("5", "2"), "mode": MODES}[name]
            # A result that has not grown is still that of the issue before.
            of = (EARLY,) if self.everybody and self._was(name, offered, result["n"]) else when
            found |= {where(when=of, **{name: (key,)}): counts.get(key, 0) for key in offered}
            found[where(when=of, **{name: offered})] = result["n"]
        self.everybody.append(found)
        for table in facts.get("feedback.by_group") or ():
            for group in table["groups"]:
                mode = LABELS.get(group["label"]["en"])
                if mode and not group["suppressed"]:
                    answered = where(when=(EARLY,), mode=(mode,), useful=("5", "2"))
                    liked = where(when=(EARLY,), mode=(mode,), useful=("5",))
                    self.groups[answered] = group["n"]
                    self.groups[liked] = round(group["n"] * group["share_positive"])

    def _was(self, name: str, offered: tuple[str, ...], n: int) -> bool:
        return self.everybody[0].get(where(when=(EARLY,), **{name: offered})) == n

    def recovered(self, crowd: Crowd) -> set[Cell]:
        """Results of too few people that all files together give away and none alone does."""
        # How many answered in all is no secret.
        total = {where(): self.everybody[-1][where()]}
        alone = [Solver((total | one).items(), len(KINDS)) for one in self.everybody]
        whole = {cell: count for one in self.everybody for cell, count in one.items()}
        attacker = Solver((whole | self.groups).items(), len(KINDS))
        return {
            cell
            for cell in small_results(crowd)
            if is_known(attacker, cell) and not any(is_known(one, cell) for one in alone)
        }


def small_results(crowd: Crowd) -> Iterable[Cell]:
    """What too few people thought: of a group, of those who came late, of both."""
    groups = [{"mode": (mode,)} for mode in MODES]
    parts: list[dict[str, tuple[str, ...]]] = [{"when": (LATE,)}]
    parts += [{"when": (when,), **group} for when in (EARLY, LATE) for group in groups]
    for part in parts:
        if 0 < crowd.count(where(**part, useful=("5", "2"))) < SMALLEST_PUBLISHED:
            yield from (where(**part, useful=(point,)) for point in ("5", "2"))


def is_known(solver: Solver, cell: Cell) -> bool:
    least, most = solver.bounds(cell)
    return least == most


def attack(crowd: Crowd, read: Read) -> set[Cell]:
    known = Known()
    for when, editions in zip(((EARLY,), (EARLY, LATE)), two_issues(crowd, read), strict=True):
        for facts in editions.values():
            known.read(facts, when)
    return known.recovered(crowd)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.papers) for seed in range(1, 9))]
)
def test_the_files_of_two_issues_together_recover_no_small_result(
    sqlite_app: Flask, read: Read, seed: int
) -> None:
    assert attack(Crowd.at_random(seed), read) == set()


FEW_LATE = Crowd(
    early=(("in_person", "5"),) * 9 + (("in_person", "2"),) * 3,
    late=(("in_person", ""),) * 8 + (("in_person", "2"), ("in_person", "5")),
)
FEW_ONLINE = Crowd(
    early=(("in_person", "5"),) * 10
    + (("in_person", "2"),) * 2
    + (("online", "2"),) * 3
    + (("online", "5"),),
    late=(("in_person", "5"),) * 10,
)


def test_results_that_followed_every_late_answer_would_be_recovered(
    sqlite_app: Flask, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attack(FEW_LATE, read) == set()
    monkeypatch.setattr(keeping, "may_follow", lambda *_args, **_kwargs: True)
    assert where(when=(LATE,), useful=("2",)) in attack(FEW_LATE, read)


def test_groups_without_complementary_suppression_would_be_recovered(
    sqlite_app: Flask, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attack(FEW_ONLINE, read) == set()
    monkeypatch.setattr(
        suppression,
        "hidden_groups",
        lambda sizes, *, smallest: {key for key, size in sizes.items() if 0 < size < smallest},
    )
    monkeypatch.setattr(suppression, "is_safe", lambda *_args, **_kwargs: True)
    assert where(when=(EARLY,), mode=("online",), useful=("2",)) in attack(FEW_ONLINE, read)


SEXES = (Sex.FEMALE, Sex.MALE)
PRESENT = tuple(product((EARLY, LATE), SEXES, MODES))


def attendance_issues(added: tuple[Sex, Mode], read: Read) -> list[dict[str, Any]]:
    """The public files of a workshop, and those after one more participant was found."""
    workshop = make_workshop()
    came = [(Sex.FEMALE, Mode.IN_PERSON)] * 6 + [(Sex.MALE, Mode.IN_PERSON)] * 5
    came += [(Sex.FEMALE, Mode.ONLINE)] * 4 + [(Sex.MALE, Mode.ONLINE)] * 7
    for sex, mode in came:
        note_present(register(workshop, mode, sex=sex))
    late = register(workshop, added[1], sex=added[0])
    first = issue(workshop, read)
    note_present(late)
    return [one[EditionKind.PUBLIC] for one in (first, issue(workshop, read))]


def note_present(registration: Registration) -> None:
    attendance.record_attendance(
        registration.id,
        mode=Mode(registration.mode),
        source=Source.MANUAL,
        reason="Seen",
        by=SYSTEM,
        now=AFTER,
    )


def crossed(issues: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Sex and mode of the small cells of the first issue that both issues' files give away."""
    equations: dict[Cell, int] = {}
    for when, facts in zip(((EARLY,), (EARLY, LATE)), issues, strict=True):
        for name, place in (("by_sex", 1), ("by_mode", 2)):
            for key, count in facts[f"participants.{name}"]:
                equations[present(when, {place: key})] = count
        for sex, mode, count in facts.get("participants.by_sex_and_mode") or ():
            equations[present(when, {1: sex, 2: mode})] = count
    attacker = Solver(equations.items(), len(PRESENT))
    return {
        (sex, mode)
        for sex, mode in product(SEXES, MODES)
        if is_known(attacker, cell := present((EARLY,), {1: sex, 2: mode}))
        and attacker.bounds(cell)[1] < SMALLEST_CROSSED
    }


def present(when: tuple[str, ...], wanted: Mapping[int, str]) -> Cell:
    return frozenset(
        at
        for at, kind in enumerate(PRESENT)
        if kind[0] in when and all(kind[place] == value for place, value in wanted.items())
    )


def test_one_more_participant_gives_no_small_cell_of_two_dimensions_away(
    sqlite_app: Flask, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts by one dimension are public facts; what stands behind two of them is not."""
    assert crossed(attendance_issues((Sex.FEMALE, Mode.ONLINE), read)) == set()
    monkeypatch.setattr(participants, "DONORS_ONLY", frozenset())
    assert crossed(attendance_issues((Sex.FEMALE, Mode.ONLINE), read)) == {
        (Sex.FEMALE, Mode.ONLINE)
    }


def test_the_public_files_have_counts_by_one_dimension_only(sqlite_app: Flask, read: Read) -> None:
    for facts in attendance_issues((Sex.MALE, Mode.ONLINE), read):
        tables = {key: value for key, value in facts.items() if key.startswith("participants.by_")}
        assert Counter(len(row) for rows in tables.values() for row in rows).keys() == {2}
        assert "participants.by_sex_and_mode" not in tables
