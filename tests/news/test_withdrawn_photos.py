"""Whoever is recognised in a photo takes their consent back: news that showed it is corrected."""

import json
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM, VISITOR
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.news import queries, service
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article
from eventsapp.people import service as people
from eventsapp.people.types import ConsentChoice, Purpose
from eventsapp.photos import queries as photos
from eventsapp.photos.models import Photo
from eventsapp.photos.types import Recognisable
from eventsapp.reports import queries as reports
from tests.factories.news import DATED, PUBLISHED, approve
from tests.factories.workshops import make_workshop
from tests.photos.test_service import READY, add, describe, register


@dataclass(frozen=True)
class Shown:
    """News that shows one photo of somebody and one of nobody."""

    article: Article
    photo: Photo
    person_id: int


def choose(person_id: int, *, granted: bool) -> None:
    choice = ConsentChoice(Purpose.PHOTO, granted=granted)
    people.record_consents(person_id, [choice], by=VISITOR, now=PUBLISHED)


@pytest.fixture
def shown(app: Flask) -> Shown:
    workshop = make_workshop()
    photo, other, person_id = add(workshop), add(workshop, 1), register(workshop)
    choose(person_id, granted=True)
    agreed = replace(READY, recognisable=Recognisable.AGREED, person_ids=frozenset({person_id}))
    describe(photo, agreed)
    describe(other, READY)
    approve(workshop)
    article = service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    run_due_jobs()
    return Shown(article, photo, person_id)


def lead(article: Article) -> str:
    photo, _rest = lead_of(queries.document_of(article.versions[-1], "en"))
    return photo.key if photo else ""


def test_while_everybody_agrees_nothing_is_corrected(shown: Shown) -> None:
    assert service.withdraw_photos(by=SYSTEM, now=PUBLISHED) == 0
    assert (shown.article.status, lead(shown.article)) == ("published", shown.photo.file_key)


def test_a_photo_whose_consent_was_taken_back_is_gone_and_the_news_corrected(shown: Shown) -> None:
    article, key = shown.article, shown.photo.file_key
    assert article.workshop_id is not None
    old = reports.list_editions(reports.get_report(article.workshop_id))[0].file_key
    choose(shown.person_id, granted=False)
    assert not photos.is_public(key)
    assert service.withdraw_photos(by=SYSTEM, now=PUBLISHED) == 1
    assert (article.status, len(article.versions)) == ("corrected", 2)
    assert article.correction.text("en").startswith("A photo was taken out")
    kept = json.dumps([version.content for version in article.versions])
    snapshot = reports.get_report(article.workshop_id).snapshots[-1]
    assert key not in kept + json.dumps(snapshot.content)
    assert lead(article) not in {"", key}
    run_due_jobs()
    assert reports.list_editions(reports.get_report(article.workshop_id))[0].file_key != old
    assert service.withdraw_photos(by=SYSTEM, now=PUBLISHED) == 0
    assert len(article.versions) == 2
