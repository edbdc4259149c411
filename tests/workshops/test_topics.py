"""Topics are renamed and merged, and whoever was filed under them follows."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Stale
from eventsapp.core.texts import Texts
from eventsapp.news.models import Article
from eventsapp.news.types import TagKind
from eventsapp.workshops import queries, rules, service
from eventsapp.workshops.models import Topic, TopicAlias, Workshop
from eventsapp.workshops.types import Status
from tests.factories.news import make_article
from tests.factories.races import at_once
from tests.factories.workshops import NOW, make_actor, make_workshop, sign_in
from tests.pages import hidden_fields, text_of


@pytest.fixture
def organiser(app: Flask) -> Actor:
    return make_actor(Role.ORGANISER)


def add(name: str, by: Actor) -> Topic:
    return service.add_topic(Texts.of(en=name), by=by, now=NOW)


def rename(topic: Topic, name: str, by: Actor) -> Topic:
    return service.rename_topic(topic.id, Texts.of(en=name), version=topic.version, by=by, now=NOW)


def about(workshop: Workshop) -> list[str]:
    db.session().expire_all()
    return [topic.slug for topic in workshop.topics]


def aliases() -> dict[str, str]:
    rows = db.session().execute(
        sa.select(TopicAlias.slug, Topic.slug).join(Topic, TopicAlias.topic_id == Topic.id)
    )
    return {old: new for old, new in rows}  # noqa: C416 - a row is no typed pair


def test_a_renamed_topic_has_a_new_address_and_keeps_the_old_ones(organiser: Actor) -> None:
    topic = add("Migraton", organiser)
    workshop = make_workshop(by=organiser, topics=(topic.id,))
    drawn = workshop.revision

    rename(topic, "Migration", organiser)
    rename(topic, "Mobility", organiser)

    assert about(workshop) == ["mobility"]
    assert aliases() == {"migraton": "mobility", "migration": "mobility"}
    assert workshop.revision != drawn


def test_a_topic_that_gets_its_old_name_back_is_no_alias_of_itself(organiser: Actor) -> None:
    topic = add("Borders", organiser)
    rename(topic, "Frontiers", organiser)
    rename(topic, "Borders", organiser)
    assert (topic.slug, aliases()) == ("borders", {"frontiers": "borders"})


def test_another_translation_leaves_the_address_alone(organiser: Actor) -> None:
    topic = add("Borders", organiser)
    service.rename_topic(
        topic.id,
        Texts.of(en="Borders", fr="Frontières"),
        version=topic.version,
        by=organiser,
        now=NOW,
    )
    assert (str(topic.name.find("fr")), aliases()) == ("Frontières", {})


def test_two_topics_have_no_one_name_and_nobody_overwrites_unseen(organiser: Actor) -> None:
    one, other = add("Borders", organiser), add("Ports", organiser)
    with pytest.raises(rules.TopicThere):
        rename(other, "borders", organiser)
    rename(one, "Frontiers", organiser)
    with pytest.raises(Stale):
        service.rename_topic(one.id, Texts.of(en="X"), version=1, by=organiser, now=NOW)


def test_a_new_topic_takes_an_old_address_over(organiser: Actor) -> None:
    rename(add("Borders", organiser), "Frontiers", organiser)
    add("Borders", organiser)
    assert aliases() == {}


def test_what_was_about_a_merged_topic_is_about_the_other_once(organiser: Actor) -> None:
    one, other = add("Borders", organiser), add("Frontiers", organiser)
    rename(one, "Border control", organiser)
    only_one = make_workshop(by=organiser, topics=(one.id,))
    both = make_workshop(by=organiser, topics=(one.id, other.id))

    service.merge_topics(one.id, other.id, by=organiser, now=NOW)

    assert (about(only_one), about(both)) == (["frontiers"], ["frontiers"])
    assert aliases() == {"borders": "frontiers", "border-control": "frontiers"}
    assert [topic.slug for topic in queries.list_topics()] == ["frontiers"]
    with pytest.raises(rules.SameTopic):
        service.merge_topics(other.id, other.id, by=organiser, now=NOW)


def test_two_merges_in_opposite_directions_leave_one_topic(app: Flask, organiser: Actor) -> None:
    one, other = add("Borders", organiser), add("Frontiers", organiser)

    def merging(first: int, second: int) -> Callable[[], object]:
        return lambda: service.merge_topics(first, second, by=organiser, now=NOW).id

    results = at_once(app, [merging(one.id, other.id), merging(other.id, one.id)])

    db.session().expire_all()
    assert sorted(type(result).__name__ for result in results) == ["NotFound", "int"]
    assert len(queries.list_topics()) == 1


def file(article: Article, topics: list[str]) -> None:
    article.tag(TagKind.TOPIC, topics)
    db.session().commit()


def filed(article: Article) -> list[str]:
    db.session().expire_all()
    return article.topic_slugs


def test_articles_follow_and_are_filed_once(organiser: Actor) -> None:
    one, other = add("Borders", organiser), add("Ports", organiser)
    first, second = make_article("First"), make_article("Second")
    file(first, ["borders", "unlisted"])
    file(second, ["borders", "ports"])

    rename(one, "Frontiers", organiser)
    renamed = (filed(first), filed(second))
    service.merge_topics(one.id, other.id, by=organiser, now=NOW)

    assert renamed == (["frontiers", "unlisted"], ["frontiers", "ports"])
    assert (filed(first), filed(second)) == (["ports", "unlisted"], ["ports"])


PUBLIC = ("/workshops/", "/workshops/feed.ics", "/workshops/list.csv", "/news/", "/news/feed.rss")


@pytest.mark.parametrize("path", PUBLIC)
def test_an_old_address_of_a_filter_leads_to_the_new_one(client: FlaskClient, path: str) -> None:
    by = make_actor(Role.ORGANISER)
    topic = service.add_topic(Texts.of(ar="حدود"), by=by, now=NOW)
    service.rename_topic(topic.id, Texts.of(en="Borders"), version=1, by=by, now=NOW)

    moved = client.get(path, query_string={"country": "LY", "topic": "حدود", "lang": "en"})
    present = client.get(path, query_string={"topic": "borders"})
    unknown = client.get(path, query_string={"topic": "nothing"})

    assert (moved.status_code, moved.location) == (301, f"{path}?country=LY&lang=en&topic=borders")
    assert (present.status_code, unknown.status_code) == (200, 200)


def test_rename_and_merge_by_the_pages(client: FlaskClient) -> None:
    by = make_actor(Role.ORGANISER)
    one, other = add("Borders", by), add("Ports", by)
    workshop = make_workshop(by=by, topics=(one.id,), status=Status.OPEN)
    sign_in(client, Role.ORGANISER)

    page = client.get(f"/manage/topics/{one.id}").text
    sent = {**hidden_fields(page), "name-en": "Sea <b>borders</b>", "name-fr": "", "name-ar": ""}
    done = client.post(f"/manage/topics/{one.id}", data=sent, follow_redirects=True)
    assert "Renamed." in text_of(done.text)
    assert "Sea <b>borders" not in done.text
    stale = client.post(f"/manage/topics/{one.id}", data={**sent, "name-en": "Again"})
    assert "Please correct this" in text_of(stale.text)
    assert "Sea <b>borders</b>" in text_of(client.get(f"/workshops/{workshop.ref}").text)

    page = client.get(f"/manage/topics/{one.id}/merge").text
    assert "1 workshop is about it" in text_of(page)
    sent = {**hidden_fields(page), "into": str(other.id)}
    itself = client.post(f"/manage/topics/{one.id}/merge", data={**sent, "into": str(one.id)})
    assert 'id="into-error"' in itself.text
    done = client.post(f"/manage/topics/{one.id}/merge", data=sent, follow_redirects=True)
    assert "Merged." in text_of(done.text)
    assert "Ports" in text_of(client.get(f"/workshops/{workshop.ref}").text)
    assert client.get(f"/manage/topics/{one.id}").status_code == 404


def test_only_organisers_rename_topics(client: FlaskClient) -> None:
    topic = add("Borders", make_actor(Role.ORGANISER))
    sign_in(client, Role.STAFF)
    for path in ("", "/merge"):
        assert client.get(f"/manage/topics/{topic.id}{path}").status_code == 403
