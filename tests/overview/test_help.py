"""The help pages: one for each kind of people, in every language, with the picture they name."""

import pytest
from flask import Flask

from eventsapp.config import ROOT
from eventsapp.core.texts import LANGUAGES
from eventsapp.overview.help import TOPICS
from tests.pages import text_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_is_found_from_the_foot_of_a_page(sqlite_app: Flask, lang: str) -> None:
    client = sqlite_app.test_client()
    assert f'href="/help/?lang={lang}"' in client.get(f"/news/?lang={lang}").text
    index = client.get(f"/help/?lang={lang}").text
    for key, topic in TOPICS.items():
        assert f'href="/help/{key}?lang={lang}"' in index
        page = client.get(f"/help/{key}?lang={lang}").text
        assert (topic.steps[0].text in text_of(page)) is (lang == "en")
        if topic.picture:
            assert topic.picture_of(lang) in page
            assert (ROOT / "eventsapp" / "static" / topic.picture_of(lang)).exists()


def test_there_is_no_other_topic(sqlite_app: Flask) -> None:
    assert sqlite_app.test_client().get("/help/nothing").status_code == 404
