"""Every file and page shows what the results show, and hides what they hide."""

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import Role
from eventsapp.documents.render import article_html
from eventsapp.edge.tables import read_table
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import SMALLEST_SHOWN
from eventsapp.reports import queries as reports
from tests.factories.feedback import answer, close, make_cards, make_form
from tests.factories.workshops import make_workshop, sign_in
from tests.pages import text_of

# By mode: 12 in person, 4 online, of whom all said 2; the two modes hide each other.
SMALL = [("in_person", "5")] * 12 + [("online", "2")] * 4
LARGE = [("in_person", "5")] * 6 + [("in_person", "4")] + [("online", "4")] * 5 + [("online", "3")]


def answered(crowd: list[tuple[str, str]]) -> FeedbackForm:
    form = make_form(make_workshop())
    for code, (mode, useful) in zip(make_cards(form, len(crowd)), crowd, strict=True):
        answer(form, code, answers={"usefulness": useful, "mode": mode})
    close(form)
    return form


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    client = sqlite_app.test_client()
    sign_in(client, Role.STAFF)
    return client


def file(client: FlaskClient, form: FeedbackForm, kind: str) -> bytes:
    url = f"/manage/workshops/{form.workshop_id}/feedback/results.{kind}?by=mode"
    return bytes(client.get(url).data)


def grouped(rows: list[list[str]]) -> list[list[str]]:
    """The rows of groups, without the long words of the question."""
    return [row[2:6] for row in rows if row[1] and row[0].startswith("How useful")]


HIDDEN = "not shown: a small group, or one that would give it away"


def test_a_small_group_is_in_no_file_nor_the_one_that_would_give_it_away(
    client: FlaskClient,
) -> None:
    form = answered(SMALL)
    rows = list(csv.reader(io.StringIO(file(client, form, "csv").decode("utf-8-sig"))))
    assert grouped(rows) == [[HIDDEN, "", "", ""]] * 2
    sheet = read_table(file(client, form, "xlsx"))
    assert [row[2:] for row in sheet[1:] if len(row) > 1 and row[1]][:2] == [[HIDDEN]] * 2
    (breakdown, *_) = json.loads(file(client, form, "json"))["groups"]
    assert breakdown["question"] == "usefulness"
    assert [
        {key: value for key, value in group.items() if key != "label"}
        for group in breakdown["results"]
    ] == [{"group": group, "suppressed": True} for group in ("in_person", "online")]
    page = client.get(
        f"/manage/workshops/{form.workshop_id}/feedback/results?by=mode&question=usefulness"
    )
    assert "Not shown by group" in text_of(page.text)
    assert "chart-stacked" not in page.text


def test_large_groups_are_the_same_in_every_file(client: FlaskClient) -> None:
    form = answered(LARGE)
    counts = {"in_person": {"5": 6, "4": 1}, "online": {"4": 5, "3": 1}}
    rows = list(csv.reader(io.StringIO(file(client, form, "csv").decode("utf-8-sig"))))
    sheet = read_table(file(client, form, "xlsx"))
    shown = [[row[0], row[1]] for row in grouped(rows) if row[1] != "0"]
    assert shown == [
        ["Useful", "1"],
        ["Very useful", "6"],
        ["Moderately useful", "1"],
        ["Useful", "5"],
    ]
    assert len(sheet) == len(rows)
    (breakdown, *_) = json.loads(file(client, form, "json"))["groups"]
    found: dict[str, Any] = {
        group["group"]: {
            one["answer"]: one["count"] for one in group["distribution"] if one["count"]
        }
        for group in breakdown["results"]
    }
    assert found == counts
    page = client.get(
        f"/manage/workshops/{form.workshop_id}/feedback/results?by=mode&question=usefulness"
    )
    assert "In person (n = 7, mean 4.9)" in text_of(page.text)
    assert "6 (86%)" in text_of(page.text)


def test_a_report_prints_what_is_published_and_nothing_that_is_only_shown_inside(
    client: FlaskClient,
) -> None:
    """Seven and six are enough inside and too few to publish."""
    form = answered(LARGE)
    inside = queries.breakdowns_by(form, "mode", smallest=SMALLEST_SHOWN)
    assert [group.result.is_suppressed for group in inside[0].groups] == [False, False]
    sheet = reports.live_sheet(form.workshop, "en")
    blocks = reports.compose(sheet, {})
    printed = text_of(article_html(blocks, lang="en", media_url=lambda key: key))
    assert "are not published, because a group is too small" in printed
    assert "6 (46%)" in printed
    assert "6 (86%)" not in printed
    groups = sheet.value("feedback.by_group")
    assert [(group["n"], group["suppressed"]) for group in groups[0]["groups"]] == [
        (None, True),
        (None, True),
    ]


def test_texts_stand_by_themselves_in_every_file(client: FlaskClient) -> None:
    form = make_form(make_workshop())
    for number, code in enumerate(make_cards(form, 6)):
        answer(form, code, answers={"usefulness": "5", "comment": f"=1+{number}"})
    close(form)
    url = f"/manage/workshops/{form.workshop_id}/feedback/texts"
    rows = list(csv.reader(io.StringIO(client.get(f"{url}.csv").data.decode("utf-8-sig"))))
    assert sorted(row[1] for row in rows[1:]) == [f"'=1+{number}" for number in range(6)]
    (question,) = json.loads(client.get(f"{url}.json").data)
    assert sorted(one["text"] for one in question["written"]) == [f"=1+{n}" for n in range(6)]
    found = client.get(f"/manage/workshops/{form.workshop_id}/feedback/results/texts/comment?q=1+3")
    assert (found.status_code, "=1+3" in found.text, "=1+2" in found.text) == (200, True, False)
    nothing = client.get(
        f"/manage/workshops/{form.workshop_id}/feedback/results/texts/comment?q=%25"
    )
    assert "No text has these words" in text_of(nothing.text)
    gone = client.get(f"/manage/workshops/{form.workshop_id}/feedback/results/texts/usefulness")
    assert gone.status_code == 404
