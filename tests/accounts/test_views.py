"""Pages about accounts, through real requests."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.accounts import queries, service
from eventsapp.accounts.types import State
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Role
from tests.factories.accounts import PASSWORD, give_second_factor, make_user
from tests.factories.browsing import Browser, csrf_of, words_of

ADMIN_MAIL, STAFF_MAIL = "ada@office.example", "nadia@office.example"
ADMIN_PAGES = (
    "/manage/users",
    "/manage/users/new",
    "/manage/users/1",
    "/manage/users/1/second-factor",
)
ADMIN_ACTIONS = (
    "/manage/users/1/deactivate",
    "/manage/users/1/reactivate",
    "/manage/users/1/invite",
    "/manage/users/1/second-factor",
)


@pytest.fixture
def admin(site: Flask) -> Browser:
    with site.app_context():
        make_user(ADMIN_MAIL, Role.ADMIN, name="Ada Lind")
        make_user(STAFF_MAIL, Role.STAFF)
    browser = Browser(site)
    browser.sign_in(ADMIN_MAIL)
    return browser


def test_an_administrator_invites_somebody_once(site: Flask, admin: Browser) -> None:
    page = admin.open("/manage/users/new")
    key = page.text.split('name="creation_key"')[1].split('value="')[1].split('"')[0]
    fields = {
        "csrf_token": csrf_of(page),
        "creation_key": key,
        "name": "Omar Haddad",
        "email": "omar@office.example",
        "roles": ["organiser", "staff"],
        "lang": "ar",
    }
    answers = [admin.client.post("/manage/users/new", data=fields) for _ in range(2)]
    with site.app_context():
        omar = queries.get_by_email("omar@office.example")
        assert (omar.role_set, omar.lang, omar.state) == (
            frozenset({Role.ORGANISER, Role.STAFF}),
            "ar",
            State.INVITED,
        )
        address = f"/manage/users/{omar.id}"
    assert [(a.status_code, a.location) for a in answers] == [(302, address)] * 2


def test_a_refused_invitation_keeps_what_was_typed(admin: Browser) -> None:
    answer = admin.submit(
        "/manage/users/new", name="Nadia Again", email=STAFF_MAIL, roles="editor", lang="en"
    )
    assert answer.status_code == 422
    assert "Mail address: Somebody with this address already has an account." in words_of(answer)
    assert 'value="Nadia Again"' in answer.text


def test_an_administrator_changes_roles(site: Flask, admin: Browser) -> None:
    with site.app_context():
        nadia = queries.get_by_email(STAFF_MAIL)
        path, version = f"/manage/users/{nadia.id}", nadia.version
    assert admin.submit(path, roles=["editor"], version=str(version)).location == path
    with site.app_context():
        assert queries.get_by_email(STAFF_MAIL).role_set == {Role.EDITOR}
    # The same page, drawn before that change, must not undo it.
    late = admin.submit(path, roles=["admin"], version=str(version))
    assert late.status_code == 422
    assert "Somebody else has changed this" in words_of(late)
    with site.app_context():
        assert queries.get_by_email(STAFF_MAIL).role_set == {Role.EDITOR}


def test_an_administrator_keeps_somebody_out_and_lets_them_in_again(
    site: Flask, admin: Browser
) -> None:
    nadia = Browser(site)
    nadia.sign_in(STAFF_MAIL)
    with site.app_context():
        path = f"/manage/users/{queries.get_by_email(STAFF_MAIL).id}"
    assert nadia.is_signed_in()
    admin.submit(path, to=f"{path}/deactivate")
    assert not nadia.is_signed_in()
    assert nadia.sign_in(STAFF_MAIL).status_code == 200
    admin.submit(path, to=f"{path}/reactivate")
    assert nadia.sign_in(STAFF_MAIL).status_code == 302


def test_resetting_a_second_proof_names_what_will_be_lost(site: Flask, admin: Browser) -> None:
    with site.app_context():
        nadia = queries.get_by_email(STAFF_MAIL)
        give_second_factor(nadia, codes=2)
        path = f"/manage/users/{nadia.id}/second-factor"
    asked = words_of(admin.open(path))
    assert "the app that shows codes" in asked
    assert "2 recovery codes" in asked
    admin.submit(path)
    with site.app_context():
        assert not queries.get_by_email(STAFF_MAIL).has_second_factor


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.STAFF, Role.EDITOR])
def test_only_administrators_open_the_users(sqlite_site: Flask, role: Role) -> None:
    with sqlite_site.app_context():
        make_user(ADMIN_MAIL, Role.ADMIN)
        make_user("other@office.example", role)
    other, visitor, admin = Browser(sqlite_site), Browser(sqlite_site), Browser(sqlite_site)
    other.sign_in("other@office.example")
    admin.sign_in(ADMIN_MAIL)
    for path in ADMIN_PAGES:
        assert admin.open(path).status_code == 200
        assert other.open(path).status_code == 403
        assert visitor.open(path).location == f"/login?next={path}"
    token = csrf_of(other.open("/manage/account"))
    for path in ADMIN_ACTIONS:
        assert other.client.post(path, data={"csrf_token": token}).status_code == 403
    with sqlite_site.app_context():
        assert queries.get_by_email(ADMIN_MAIL).state is State.ACTIVE


def test_posting_more_fields_than_the_form_has_changes_nothing_more(site: Flask) -> None:
    with site.app_context():
        make_user(STAFF_MAIL, Role.STAFF)
    nadia = Browser(site)
    nadia.sign_in(STAFF_MAIL)
    nadia.submit(
        "/manage/account",
        name="Nadia F.",
        lang="fr",
        roles="admin",
        email="x@office.example",
        active="",
        id="99",
        password="taken over by this",
    )
    with site.app_context():
        found = queries.get_by_email(STAFF_MAIL)
        assert (found.name, found.lang, found.role_set, found.state) == (
            "Nadia F.",
            "fr",
            frozenset({Role.STAFF}),
            State.ACTIVE,
        )
    assert Browser(site).sign_in(STAFF_MAIL).status_code == 302


def test_changing_the_password_signs_out_other_devices_and_not_this_one(site: Flask) -> None:
    with site.app_context():
        make_user(STAFF_MAIL, Role.STAFF)
    here, phone = Browser(site), Browser(site)
    here.sign_in(STAFF_MAIL)
    phone.sign_in(STAFF_MAIL)
    new = "another quiet sentence"
    wrong = here.submit("/manage/account/password", current="not it", password=new, repeated=new)
    assert "This is not your current password." in words_of(wrong)
    done = here.submit("/manage/account/password", current=PASSWORD, password=new, repeated=new)
    assert done.location == "/manage/account"
    assert (here.is_signed_in(), phone.is_signed_in()) == (True, False)
    assert Browser(site).sign_in(STAFF_MAIL, new).status_code == 302


def test_signing_out_elsewhere(site: Flask) -> None:
    with site.app_context():
        make_user(STAFF_MAIL, Role.STAFF)
    here, phone = Browser(site), Browser(site)
    here.sign_in(STAFF_MAIL)
    phone.sign_in(STAFF_MAIL)
    assert "Here, and on 1 other device." in words_of(here.open("/manage/account"))
    here.submit("/manage/account", to="/manage/account/sign-out-elsewhere")
    assert (here.is_signed_in(), phone.is_signed_in()) == (True, False)
    assert "Only here." in words_of(here.open("/manage/account"))


def count_statements(browser: Browser, path: str) -> int:
    seen: list[str] = []
    with browser.app.app_context():
        engine = db.db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    browser.open(path)
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_list_needs_as_many_queries_for_many_as_for_few(site: Flask, admin: Browser) -> None:
    few = count_statements(admin, "/manage/users")
    with site.app_context():
        for number in range(5):
            make_user(f"more{number}@office.example", Role.STAFF, Role.EDITOR)
    assert count_statements(admin, "/manage/users") == few


def test_a_list_that_was_narrowed_to_nobody_says_what_to_do(admin: Browser) -> None:
    page = words_of(admin.open("/manage/users?q=nobody&role=editor&state=inactive"))
    assert "Nobody fits this" in page
    assert admin.open("/manage/users?role=nonsense&state=x&page=x").status_code == 200


def test_the_list_is_exported_as_it_was_narrowed(site: Flask, admin: Browser) -> None:
    with site.app_context():
        make_user("x@office.example", Role.ORGANISER, name="=HYPERLINK(1)")
    answer = admin.open("/manage/users.csv?role=organiser")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.decode("utf-8-sig").splitlines() == [
        "Name,Mail address,Roles,State,Second proof,Last signed in",
        "'=HYPERLINK(1),x@office.example,Organiser,Active,No,",
    ]
    assert admin.open("/manage/users.xlsx").data[:2] == b"PK"
    assert admin.open("/manage/users.exe").status_code == 404


def test_the_list_sorts_by_who_was_there_last(site: Flask, admin: Browser) -> None:
    Browser(site).sign_in(STAFF_MAIL)
    with site.app_context():
        make_user("a@office.example", Role.STAFF, name="Aaron Never")
    names = [
        re.findall(r'<a href="/manage/users/[0-9]+">([^<]*)', admin.open(path).text)
        for path in ("/manage/users", "/manage/users?sort=seen", "/manage/users?sort=-seen")
    ]
    assert names == [
        ["Aaron Never", "Ada Lind", "Nadia Farouk"],
        ["Ada Lind", "Nadia Farouk", "Aaron Never"],
        ["Nadia Farouk", "Ada Lind", "Aaron Never"],
    ]


def test_people_without_a_session_are_sent_to_sign_in_and_back(site: Flask) -> None:
    with site.app_context():
        service.create_demo_users("demo", by=SYSTEM, now=clock.now())
    visitor = Browser(site)
    sent = visitor.open("/manage/account?lang=fr")
    assert sent.location == "/login?next=/manage/account?lang%3Dfr"
    answer = visitor.submit(
        sent.location, email="staff@demo.example", password="demo", next="/manage/account?lang=fr"
    )
    assert answer.location == "/manage/account?lang=fr"
