"""The report's pages: written, reviewed, issued, and followed back to the rows."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient

from eventsapp.accounts.models import User
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.documents.render import pdf_html
from eventsapp.edge.jobs import Job
from eventsapp.reports import papers, queries, service
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.models import Report
from eventsapp.reports.types import EditionKind, Fact
from eventsapp.workshops.models import Workshop
from tests.factories.attendance import register
from tests.factories.feedback import attended
from tests.factories.reports import NOW, approve, save, submit
from tests.factories.workshops import (
    actor_of,
    make_actor,
    make_user,
    make_workshop,
    sign_in,
)
from tests.pages import hidden_fields, text_of


def path_of(workshop: Workshop, more: str = "") -> str:
    return f"/manage/workshops/{workshop.id}/report{more}"


def post(client: FlaskClient, path: str, *, to: str = "", **fields: str) -> tuple[int, str]:
    """Open the page, fill in and send its first form; gives status and page."""
    hidden = hidden_fields(client.get(path).text)
    db.session().rollback()
    answer = client.post(to or path, data={**hidden, **fields})
    db.session().rollback()
    return answer.status_code, answer.text


def become(client: FlaskClient, *roles: Role, user: User | None = None) -> User:
    """Sign in as somebody else: what a request remembers of the former one is forgotten."""
    for name in list(g):
        g.pop(name)
    return sign_in(client, *roles, user=user)


def count_reports() -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(Report)) or 0


def test_opening_a_report_shows_its_draft_and_writes_nothing(client: FlaskClient) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    page = client.get(path_of(workshop)).text
    assert "{Organisation.named} held {workshop.kind}" in page
    preview = text_of(client.get(path_of(workshop, "/preview")).text)
    assert (
        "The International Centre for Migration Policy Development (ICMPD) held a hybrid workshop "
        "in Tripoli, Libya, on 8 and 9 February 2022" in preview
    )
    db.session().rollback()
    assert count_reports() == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "a organisé un atelier hybride à Tripoli (Libye)"), ("ar", "ورشة عمل هجينة في طرابلس")],
)
def test_the_text_is_written_in_a_language_of_its_own(
    client: FlaskClient, lang: str, words: str
) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    page = client.get(path_of(workshop, f"?lang=en&text={lang}")).text
    assert '<html lang="en"' in page
    assert words in text_of(client.get(path_of(workshop, f"/preview?text={lang}")).text)


def test_send_for_review_saves_what_was_typed_and_tells_the_editors(client: FlaskClient) -> None:
    workshop = make_workshop()
    make_user(Role.EDITOR)
    author = become(client, Role.STAFF)
    status, _ = post(client, path_of(workshop), outlook="More to come.", submit="1")
    report = queries.get_report(workshop.id)
    assert (status, report.status, report.author_id) == (302, "in_review", author.id)
    assert {text.section_key: text.prose for text in report.texts}["outlook"] == "More to come."
    told = db.session().scalars(sa.select(Job.payload).where(Job.name == "reports.tell_reviewers"))
    assert list(told) == [{"report_id": report.id}]


def test_a_stale_save_shows_both_texts_and_the_next_one_decides(client: FlaskClient) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    opened = hidden_fields(client.get(path_of(workshop)).text)
    save(workshop, by=make_actor(Role.STAFF), version=0, outlook="Saved by a colleague.")
    db.session().rollback()
    answer = client.post(path_of(workshop), data={**opened, "outlook": "Typed by me."})
    page = answer.text
    assert "Two people changed this text" in text_of(page)
    assert "Saved by a colleague." in text_of(page)
    assert "<textarea" in page.split("The text to keep")[1]
    assert "Typed by me.</textarea>" in page
    db.session().rollback()
    again = client.post(path_of(workshop), data={**hidden_fields(page), "outlook": "Both."})
    db.session().rollback()
    texts = {text.section_key: text.prose for text in queries.get_report(workshop.id).texts}
    assert (again.status_code, texts["outlook"]) == (302, "Both.")


def test_what_is_typed_is_kept_and_shown_again_until_it_is_dropped(client: FlaskClient) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    hidden = hidden_fields(client.get(path_of(workshop)).text)
    db.session().rollback()
    answer = client.post(
        path_of(workshop, "/autosave?text=en"), data={**hidden, "outlook": "About 12 mee"}
    )
    db.session().rollback()
    body = answer.get_json()
    assert (answer.status_code, body["revision"]) == (200, 1)
    assert body["notes"] == {
        "outlook": [
            (
                "Typed by hand: 12, in “About 12 mee”. Refer to a fact instead, so that the figure "
                "follows its rows."
            )
        ]
    }
    page = client.get(path_of(workshop)).text
    assert "About 12 mee</textarea>" in page
    assert "This is what you typed last and have not saved" in page
    db.session().rollback()
    token = {"csrf_token": hidden_fields(page)["csrf_token"]}
    assert client.post(path_of(workshop, "/discard"), data=token).status_code == 302
    assert "About 12 mee" not in client.get(path_of(workshop)).text


def test_kept_text_that_somebody_else_overtook_is_shown_beside_theirs(client: FlaskClient) -> None:
    workshop = make_workshop()
    author = become(client, Role.STAFF)
    hidden = hidden_fields(client.get(path_of(workshop)).text)
    db.session().rollback()
    client.post(path_of(workshop, "/autosave"), data={**hidden, "outlook": "Typed by me."})
    db.session().rollback()
    save(workshop, by=make_actor(Role.STAFF), version=0, outlook="Saved by a colleague.")
    db.session().rollback()
    become(client, user=author)
    page = client.get(path_of(workshop)).text
    assert "Typed by me.</textarea>" in page
    db.session().rollback()
    answer = client.post(path_of(workshop), data={**hidden_fields(page), "outlook": "Typed by me."})
    assert "Two people changed this text" in answer.text


@pytest.mark.parametrize(
    "hostile",
    ["a" * 1_000_000, "\u202eturned around", "nul \x00 byte", "{nonsense.fact}"],
    ids=["a megabyte", "turned letters", "a control character", "an unknown fact"],
)
def test_what_cannot_be_kept_is_refused_beside_the_field_and_stays_typed(
    client: FlaskClient, hostile: str
) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    status, page = post(client, path_of(workshop), outlook=hostile)
    assert (status, 'id="outlook-error"' in page, count_reports()) == (200, True, 0)
    assert hostile.replace("\x00", "") in page.replace("\x00", "")


@pytest.mark.parametrize(
    "hostile",
    [
        "- " * 1_000 + "deep",
        "> " * 1_000 + "deep",
        "[" * 1_000 + "x" + "](https://example.org)" * 500,
        "*" * 5_000,
        "\u2067right to left\u2069 and back",
        "{{ config }}{% for x in y %}",
        "{feedback.n.__class__}",
    ],
)
def test_hostile_text_is_literal_or_refused_and_never_an_error(
    client: FlaskClient, hostile: str
) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    status, _ = post(client, path_of(workshop), outlook=hostile)
    assert status in {200, 302}
    assert client.get(path_of(workshop, "/preview")).status_code == 200
    unsaved = post(client, path_of(workshop), to=path_of(workshop, "/preview"), outlook=hostile)
    assert unsaved[0] == 200


def test_an_unknown_reference_is_refused_beside_its_text_and_the_text_is_kept(
    client: FlaskClient,
) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    typed = "{participants.atended} came."
    status, page = post(client, path_of(workshop), summary=typed)
    assert status == 200
    assert 'id="summary-error"' in page
    assert "There is no fact called {participants.atended}." in page
    assert typed in page
    assert count_reports() == 0


def test_a_figure_typed_by_hand_is_flagged_beside_its_text(client: FlaskClient) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    assert "Typed by hand" not in client.get(path_of(workshop)).text
    post(client, path_of(workshop), outlook="12 meetings are planned since 2017.")
    page = text_of(client.get(path_of(workshop)).text)
    assert "Typed by hand: 12, in “12 meetings are planned since 2017.”" in page


@pytest.mark.parametrize(
    "hostile", ["{{7*7}} {% raw %}", "<script>alert(1)</script>", "[x](javascript:alert(1))"]
)
def test_hostile_prose_stays_text(client: FlaskClient, hostile: str) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    post(client, path_of(workshop), outlook=hostile)
    page = client.get(path_of(workshop, "/preview")).text
    assert hostile in text_of(page)
    assert "<script>alert" not in page
    assert "javascript:" not in _links(page)


def test_the_preview_shows_what_is_not_saved_yet(client: FlaskClient) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    status, page = post(
        client, path_of(workshop), to=path_of(workshop, "/preview"), outlook="**Not** saved."
    )
    assert (status, "<strong>Not</strong> saved." in page, count_reports()) == (200, True, 0)


def test_the_preview_is_the_page_of_the_pdf(sqlite_app: Flask) -> None:
    workshop = make_workshop()
    attended(register(workshop))
    client = sqlite_app.test_client()
    become(client, Role.STAFF)
    answer = client.get(path_of(workshop, "/preview?text=en"))
    sheet = queries.live_sheet(workshop, "en")
    printed = pdf_html(papers.draft_document(workshop, sheet, queries.current_prose(None, sheet)))
    shown = re.sub(r'<a class="fact"[^>]*>(.*?)</a>', r"\1", answer.text)
    shown = shown.replace('\n  <base target="_top">', "")
    assert re.sub(r"/static/|\?v=\w+", "", shown).replace("/manage/paper.css", "SHEET") == (
        printed.replace("media:static/documents/report.css", "SHEET").replace("media:static/", "")
    )
    policy = answer.headers["Content-Security-Policy"]
    assert ("script-src" in policy, "default-src 'none'" in policy) == (False, True)
    style = client.get("/manage/paper.css").text
    assert ("media:" in style, "/static/vendor/" in style) == (False, True)


def test_every_figure_of_the_preview_leads_to_its_rows(client: FlaskClient) -> None:
    workshop = make_workshop()
    attended(register(workshop, name="Amal Sherif"))
    become(client, Role.STAFF)
    links = _links(client.get(path_of(workshop, "/preview")).text)
    assert f"{path_of(workshop)}/evidence#fact-participants.attended_people" in links
    index = client.get(path_of(workshop, "/evidence")).text
    assert 'id="fact-participants.attended_people"' in index
    rows = text_of(client.get(path_of(workshop, "/evidence/participants.attended_people")).text)
    assert ("1 participant" in rows, "Amal Sherif" in rows) == (True, True)
    assert client.get(path_of(workshop, "/evidence/nothing.here")).status_code == 404


def test_the_rows_behind_a_figure_speak_the_page_s_language(client: FlaskClient) -> None:
    workshop = make_workshop()
    attended(register(workshop, name="Amal Sherif"))
    become(client, Role.STAFF)
    page = client.get(path_of(workshop, "/evidence/participants.attended_people?lang=ar")).text
    rows = text_of(page)
    assert ("مؤكد" in rows, "حضوريًا" in rows) == (True, True)
    assert ("confirmed" in rows, "in_person" in rows) == (False, False)


def test_every_fact_can_be_followed(sqlite_app: Flask) -> None:
    workshop = make_workshop()
    attended(register(workshop))
    client = sqlite_app.test_client()
    become(client, Role.STAFF)
    for fact in queries.gather_facts(workshop):
        for lang in ("en", "fr", "ar"):
            g.pop("lang", None)
            answer = client.get(path_of(workshop, f"/evidence/{fact.key}?lang={lang}"))
            assert answer.status_code == 200, fact.key


def test_one_fact_is_followed_by_gathering_its_own_source_once(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = make_workshop()
    client = sqlite_app.test_client()
    become(client, Role.STAFF)
    gathered: list[str] = []

    def counting(source: FactSource) -> FactSource:
        def gather(of: Workshop) -> Iterable[Fact]:
            gathered.append(source.key)
            return source.gather(of)

        return replace(source, gather=gather)

    counted = tuple(counting(source) for source in queries.all_sources())
    monkeypatch.setattr(queries, "all_sources", lambda: counted)
    client.get(path_of(workshop, "/evidence/workshop.title"))
    assert gathered == ["workshop"]


def test_the_author_sees_no_way_to_approve_and_another_editor_does(client: FlaskClient) -> None:
    workshop = make_workshop()
    author = make_user(Role.EDITOR)
    become(client, user=author)
    post(client, path_of(workshop), submit="1")
    assert (
        "Approve" not in text_of(client.get(path_of(workshop, "/review")).text).split("Review")[1]
    )
    become(client, Role.EDITOR)
    status, _ = post(client, path_of(workshop, "/review"), act="approve")
    assert (status, queries.get_report(workshop.id).status) == (302, "approved")


def test_from_the_opened_report_to_the_approved_one_two_presses_are_enough(
    client: FlaskClient,
) -> None:
    workshop = make_workshop()
    become(client, Role.STAFF)
    assert post(client, path_of(workshop), submit="1")[0] == 302
    become(client, Role.EDITOR)
    assert post(client, path_of(workshop, "/review"), act="approve")[0] == 302
    assert queries.get_report(workshop.id).status == "approved"


def test_chosen_editions_are_issued_with_their_progress(client: FlaskClient) -> None:
    workshop = make_workshop()
    submit(workshop)
    approve(workshop)
    become(client, Role.STAFF)
    hidden = hidden_fields(client.get(path_of(workshop)).text)
    db.session().rollback()
    answer = client.post(
        path_of(workshop, "/issue"), data={**hidden, "kind": "donor", "languages": ["ar", "fr"]}
    )
    assert answer.status_code == 302
    editions = queries.list_editions(queries.get_report(workshop.id))
    assert sorted((one.kind, one.lang) for one in editions) == [("donor", "ar"), ("donor", "fr")]
    page = client.get(path_of(workshop)).text
    assert all(f"/manage/jobs/{one.job_id}" in page for one in editions)
    for wrong in ({"kind": "secret", "languages": "en"}, {"kind": "public", "languages": "de"}):
        assert client.post(path_of(workshop, "/issue"), data={**hidden, **wrong}).status_code == 422


def test_drafts_are_for_those_who_write_and_for_the_organiser_of_the_workshop(
    client: FlaskClient,
) -> None:
    owner = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(owner))
    submit(workshop)
    pages = ["", "/preview", "/evidence", "/evidence/workshop.title"]

    def answers() -> list[int]:
        return [client.get(path_of(workshop, page)).status_code for page in pages]

    assert answers() == [302] * 4
    become(client, Role.ORGANISER)
    assert answers() == [403] * 4
    become(client, user=owner)
    assert answers() == [200] * 4
    assert "Send for review" not in client.get(path_of(workshop)).text
    assert client.get(path_of(workshop, "/review")).status_code == 403
    become(client, Role.STAFF)
    assert answers() == [200] * 4


def test_an_edition_that_is_not_ready_or_another_workshops_is_not_there(
    client: FlaskClient,
) -> None:
    workshop, other = make_workshop(), make_workshop()
    submit(workshop)
    approve(workshop)
    become(client, Role.STAFF)
    edition = service.issue_report(
        queries.get_report(workshop.id).id,
        kinds=[EditionKind.PUBLIC],
        languages=["en"],
        by=make_actor(Role.EDITOR),
        now=NOW,
    )[0]
    for place in (workshop, other):
        answer = client.get(path_of(place, f"/editions/{edition.id}.pdf"))
        assert answer.status_code == 404


def _links(page: str) -> str:
    return " ".join(re.findall(r'href="([^"]*)"', page))
