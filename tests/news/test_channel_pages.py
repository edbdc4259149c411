"""The pages of those who look after where news goes."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.sealing import unseal
from eventsapp.news.models import ChannelTarget, Delivery
from tests.factories.channels import make_subscriber, make_target, work_at
from tests.factories.news import PUBLISHED, make_article
from tests.factories.receivers import Receiver, WordPress, serving
from tests.factories.workshops import sign_in
from tests.pages import text_of

PASSWORD, DAY = "abcd EFGH 1234", timedelta(days=1)
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def site(app: Flask) -> Iterator[WordPress]:
    with serving(WordPress("editor", PASSWORD)) as site:
        assert isinstance(site, WordPress)
        yield site


def send(client: FlaskClient, page: str, to: str = "", **fields: Any) -> Any:
    token = CSRF.search(client.get(page).text)
    assert token, page
    answer = client.post(to or page, data={"csrf_token": token[1], **fields})
    db.session().rollback()
    return answer


def only_target() -> ChannelTarget:
    db.session().rollback()
    target: ChannelTarget = db.session().query(ChannelTarget).one()
    return target


def test_an_administrator_sets_a_site_up_tests_it_and_changes_it(
    client: FlaskClient, site: WordPress
) -> None:
    sign_in(client, Role.ADMIN)
    page = "/manage/channels/new/wordpress"
    said: dict[str, Any] = {
        "name": "Country site",
        "url": site.url,
        "user": "editor",
        "password": "wrong",
    }
    assert send(client, page, **said, languages="en").status_code == 302
    target = only_target()
    place = f"/manage/channels/{target.id}"
    assert (target.settings, target.languages) == ({"url": site.url, "user": "editor"}, ["en"])
    assert unseal("channels", target.secret) == "wrong"
    send(client, place, to=f"{place}/test")
    assert "The site does not let us in (answer 401)." in client.get(place).text
    edited = client.get(f"{place}/edit").text
    assert ("Country site" in edited, "wrong" in edited) == (True, False)
    seen = only_target().version
    changed: dict[str, Any] = said | {"password": PASSWORD, "name": "The site", "version": seen}
    send(client, f"{place}/edit", **changed)
    assert unseal("channels", only_target().secret) == PASSWORD
    late = send(client, f"{place}/edit", **changed | {"name": "Too late"})
    assert "Somebody else has changed this" in late.text
    again: dict[str, Any] = {"password": "", "version": only_target().version}
    send(client, f"{place}/edit", **changed | again)
    assert unseal("channels", only_target().secret) == PASSWORD
    send(client, place, to=f"{place}/test")
    shown = client.get(place).text
    assert "the account may publish" in shown
    assert (only_target().error, "does not let us in" in text_of(shown)) == ("", False)


def test_pressed_twice_a_place_is_set_up_once(client: FlaskClient, site: WordPress) -> None:
    sign_in(client, Role.ADMIN)
    said = {"name": "Archive", "url": site.url, "creation_key": "once"}
    answers = [send(client, "/manage/channels/new/webhook", **said) for _ in range(2)]
    assert ["whsec_" in answer.text for answer in answers] == [True, False]
    assert only_target().name == "Archive"


@pytest.mark.parametrize("url", ["http://organisation.example", "https://a.example/#x", "nothing"])
def test_an_address_that_may_not_be_asked_is_refused_beside_its_field(
    client: FlaskClient, site: WordPress, url: str
) -> None:
    sign_in(client, Role.ADMIN)
    said = {"name": "Site", "url": url, "user": "editor", "password": PASSWORD}
    answer = send(client, "/manage/channels/new/wordpress", **said)
    assert 'id="url-error"' in answer.text
    assert db.session().query(ChannelTarget).all() == []


def test_a_webhooks_secret_is_shown_once(client: FlaskClient, site: Receiver) -> None:
    sign_in(client, Role.ADMIN)
    shown = send(client, "/manage/channels/new/webhook", name="Archive", url=site.url)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", html.unescape(shown.text))
    assert secret
    target = only_target()
    assert unseal("channels", target.secret) == secret[0]
    place = f"/manage/channels/{target.id}"
    assert "whsec_" not in client.get(place).text + client.get(f"{place}/edit").text
    renewed = send(client, place, to=f"{place}/secret")
    assert secret[0] not in renewed.text
    assert unseal("channels", only_target().secret) != secret[0]


def test_what_was_sent_is_listed_with_its_trouble_and_tried_again(
    client: FlaskClient, site: WordPress
) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    site.before = lambda _: (400, {}, {})
    article = make_article()
    work_at(PUBLISHED)
    sign_in(client, Role.EDITOR)
    place = f"/manage/channels/{target.id}"
    shown = text_of(client.get(f"{place}?state=stopped&lang=en").text)
    assert "The site refused the article (answer 400)." in shown
    assert "something was refused" in client.get("/manage/channels/").text
    news = client.get(f"/manage/workshops/{article.workshop_id}/news").text
    assert "The site refused the article (answer 400)." in news
    site.before = lambda _: None
    delivery = db.session().query(Delivery).one().id
    send(client, place, to=f"/manage/deliveries/{delivery}/retry")
    run_due_jobs()
    db.session().rollback()
    assert "1 delivery" in client.get(f"{place}?state=done").text
    assert site.published()[0]["slug"] in client.get(place).text
    assert f'href="{site.url}' in client.get(f"/manage/workshops/{article.workshop_id}/news").text


def test_a_site_that_is_switched_off_gets_nothing_until_it_is_on_again(
    client: FlaskClient, site: WordPress
) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    sign_in(client, Role.ADMIN)
    place = f"/manage/channels/{target.id}"
    send(client, place, to=f"{place}/switch", do="off")
    make_article()
    work_at(PUBLISHED)
    assert (site.published(), "switched off" in client.get(place).text) == ([], True)
    send(client, place, to=f"{place}/switch", do="on")
    run_due_jobs()
    run_due_jobs()
    assert len(site.published()) == 1


def test_an_editor_looks_after_places_and_sets_none_up(
    client: FlaskClient, site: WordPress
) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    make_subscriber("leila@reader.example")
    sign_in(client, Role.EDITOR)
    assert "Add: WordPress" not in client.get("/manage/channels/?lang=en").text
    for path in ("new/wordpress", "new/webhook", f"{target.id}/edit"):
        assert client.get(f"/manage/channels/{path}").status_code == 403
    place = f"/manage/channels/{target.id}"
    assert send(client, place, to=f"{place}/switch", do="off").status_code == 403
    assert send(client, place, to=f"{place}/secret").status_code == 403
    assert send(client, place, to=f"{place}/test").status_code == 302


def test_the_channel_of_subscribers_is_nobodys_to_set_up(
    client: FlaskClient, site: WordPress
) -> None:
    make_subscriber("leila@reader.example")
    sign_in(client, Role.ADMIN)
    mail = db.session().query(ChannelTarget).one().id
    assert client.get(f"/manage/channels/{mail}").status_code == 200
    for path in ("new/mail", "new/atom", "new/nothing", f"{mail}/edit"):
        assert client.get(f"/manage/channels/{path}").status_code == 404


def test_the_pages_speak_the_readers_language(client: FlaskClient, site: WordPress) -> None:
    target = make_target("wordpress", site.url, "wrong")
    make_article()
    work_at(PUBLISHED)
    sign_in(client, Role.ADMIN)
    shown = client.get(f"/manage/channels/{target.id}?lang=fr").text
    assert "Le site nous refuse l’accès (réponse 401)." in html.unescape(shown)
