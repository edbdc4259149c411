"""Comments on sections, and the one who is asked to review."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden, NotFound
from eventsapp.edge.jobs import Job
from eventsapp.reports import queries, rules, service
from tests.factories.accounts import make_user as make_account
from tests.factories.reports import NOW, submit
from tests.factories.workshops import make_actor, make_user, make_workshop, sign_in
from tests.pages import hidden_fields, text_of


def test_a_comment_on_a_section_stays_open_until_it_is_resolved(app: Flask) -> None:
    workshop, author, reviewer = make_workshop(), make_actor(Role.STAFF), make_actor(Role.EDITOR)
    submit(workshop, by=author)
    row = service.comment(
        workshop.id, "Name the venue.", section_key="summary", by=reviewer, now=NOW
    )
    report = queries.get_report(workshop.id)
    found = {
        key: [one.text for one, _ in rows] for key, rows in queries.open_comments(report).items()
    }
    assert found == {"summary": ["Name the venue."]}
    service.resolve_comment(workshop.id, row.id, is_resolved=True, by=author, now=NOW)
    assert queries.open_comments(queries.get_report(workshop.id)) == {}
    service.resolve_comment(workshop.id, row.id, is_resolved=False, by=reviewer, now=NOW)
    assert list(queries.open_comments(queries.get_report(workshop.id))) == ["summary"]
    other = make_workshop()
    submit(other, by=author)
    with pytest.raises(NotFound):
        service.resolve_comment(other.id, row.id, is_resolved=True, by=author, now=NOW)


def test_a_comment_says_something(app: Flask) -> None:
    workshop = make_workshop()
    submit(workshop, by=make_actor(Role.STAFF))
    with pytest.raises(rules.CommentMissing):
        service.comment(workshop.id, " \n", by=make_actor(Role.EDITOR), now=NOW)


def test_an_absent_reviewer_is_replaced_by_another_editor_who_did_not_write(app: Flask) -> None:
    workshop, author = make_workshop(), make_actor(Role.EDITOR)
    submit(workshop, by=author)
    first, second = make_user(Role.EDITOR), make_user(Role.EDITOR)
    invited = make_account("new@organisation.example", Role.EDITOR, password=None)
    staff = make_user(Role.STAFF)
    for asked in (first, second, invited):
        service.ask_reviewer(workshop.id, asked.id, by=author, now=NOW)
        assert queries.get_report(workshop.id).reviewer_id == asked.id
    for wrong in (author.id, staff.id, 0):
        with pytest.raises(rules.NoReviewer):
            service.ask_reviewer(workshop.id, wrong or 0, by=author, now=NOW)
    with pytest.raises(Forbidden):
        service.ask_reviewer(workshop.id, first.id, by=make_actor(Role.ORGANISER), now=NOW)
    payloads = [job.payload for job in db.session().query(Job).order_by(Job.id)]
    assert [one.get("reviewer_id") for one in payloads if "report_id" in one] == [
        None,
        first.id,
        second.id,
        invited.id,
    ]


def test_comments_are_made_and_resolved_on_the_pages(client: FlaskClient) -> None:
    workshop = make_workshop()
    submit(workshop, by=make_actor(Role.STAFF))
    sign_in(client, user=make_user(Role.EDITOR))
    path = f"/manage/workshops/{workshop.id}/report"
    fields = hidden_fields(client.get(f"{path}/review").text)
    db.session().rollback()
    sent = {**fields, "text": "Name the venue.", "section": "summary", "act": "comment"}
    assert client.post(f"{path}/review", data=sent).status_code == 302
    empty = client.post(
        f"{path}/review", data={**fields, "text": "", "section": "", "act": "comment"}
    )
    assert "Write what you want to say." in text_of(empty.text)
    db.session().rollback()
    page = client.get(path).text
    assert "Name the venue." in text_of(page)
    comment = queries.comments_of(queries.get_report(workshop.id))[0][0]
    db.session().rollback()
    answer = client.post(path, data={**hidden_fields(page), "resolve": str(comment.id)})
    assert answer.status_code == 302
    assert queries.open_comments(queries.get_report(workshop.id)) == {}


def test_an_editor_is_asked_on_the_page(client: FlaskClient) -> None:
    workshop = make_workshop()
    submit(workshop, by=make_actor(Role.STAFF))
    asked = make_user(Role.EDITOR)
    sign_in(client, user=make_user(Role.STAFF))
    path = f"/manage/workshops/{workshop.id}/report"
    fields = hidden_fields(client.get(f"{path}/review").text)
    db.session().rollback()
    answer = client.post(f"{path}/reviewer", data={**fields, "reviewer": str(asked.id)})
    assert answer.status_code == 302
    assert queries.get_report(workshop.id).reviewer_id == asked.id
