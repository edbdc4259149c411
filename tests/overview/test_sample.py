"""The sample holds every published fact, on the page, in the PDF and in the feed."""

import io
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import feedparser
import page
import pypdf
import pytest
from flask import Flask

from eventsapp.accounts import service as accounts
from eventsapp.core import audit
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import db
from eventsapp.edge import storage
from eventsapp.overview.sample import load_sample
from eventsapp.reports import queries as reports
from eventsapp.workshops import queries as workshops
from tests.conftest import DATABASES, build_home
from tests.factories.workshops import NOW
from tests.pages import text_of

pytestmark = pytest.mark.xdist_group("sample")

FACTS = json.loads((Path(__file__).parent / "facts.json").read_text("utf-8"))
LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class Told:
    """The application with the sample, and the PDFs of its report by language."""

    app: Flask
    pdfs: dict[str, bytes]


@pytest.fixture(scope="module", params=DATABASES)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The sample, loaded once for all tests that only look at it."""
    home = build_home(request.param, tmp_path_factory.mktemp("sample"), "sample")
    with home.app.app_context():
        accounts.create_demo_users("a demonstration password", by=SYSTEM, now=NOW)
        assert load_sample() is True
        assert load_sample() is False
        pdfs = {lang: pdf_of(lang) for lang in LANGUAGES}
        db.session.remove()
    # Outside the context, so that each request has a language of its own.
    yield Told(home.app, pdfs)
    with home.app.app_context():
        db.engine.dispose()


def flat(text: str) -> str:
    """Text as one line; marks of hyphenation and direction are not part of what it says."""
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u200e\u200f\u2066-\u2069]", "", text)).strip()


def missing_from(text: str, lang: str) -> list[str]:
    folded = flat(text).casefold()
    return [name for name, fact in FACTS[lang].items() if fact.casefold() not in folded]


def pdf_of(lang: str) -> bytes:
    report = reports.find_report(workshops.get_by_ref("LY-2022-001").id)
    assert report is not None
    edition = reports.find_ready_of(report.snapshots[-1].id, lang)
    assert edition is not None
    return storage.read(edition.file_key or "")


def words_of(data: bytes) -> str:
    return flat(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(data)).pages))


def article_address(app: Flask) -> str:
    found = re.search(r'href="(/news/intro[^"?]+)', app.test_client().get("/news/").text)
    assert found
    return found[1]


def article_text(app: Flask, lang: str) -> str:
    return text_of(app.test_client().get(f"{article_address(app)}?lang={lang}").text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_article_states_every_fact(told: Told, lang: str) -> None:
    assert missing_from(article_text(told.app, lang), lang) == []


def test_the_article_names_its_day_country_and_project(told: Told) -> None:
    answer = told.app.test_client().get(
        article_address(told.app), headers={"Accept-Language": "en"}
    )
    kicker = ("Project news", "10 February 2022", "Libya")
    assert [words for words in kicker if words not in text_of(answer.text)] == []
    assert 'href="/projects/libmitaf"' in answer.text
    assert "Demonstration data" in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fact_left_out_is_noticed(told: Told, lang: str) -> None:
    text = article_text(told.app, lang)
    named = {"en": "Khartoum", "fr": "Khartoum", "ar": "الخرطوم"}[lang]
    assert missing_from(text.replace(named, ""), lang) != []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_pdf_states_every_fact(told: Told, lang: str) -> None:
    assert missing_from(words_of(told.pdfs[lang]), lang) == []


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}|\d+", unicodedata.normalize("NFC", flat(text))))


def test_the_arabic_pdf_holds_the_words_of_every_fact(told: Told, tmp_path: Path) -> None:
    """Programs read mixed directions each in an order of their own: words are compared."""
    path = tmp_path / "ar.pdf"
    path.write_bytes(told.pdfs["ar"])
    copied = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    found = words(copied.stdout) | words(words_of(told.pdfs["ar"]))
    lost = {name: words(fact) - found for name, fact in FACTS["ar"].items()}
    assert {name: some for name, some in lost.items() if some} == {}
    assert words(FACTS["ar"]["teams"]) - words(words_of(told.pdfs["fr"])) != set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_states_every_fact(told: Told, lang: str) -> None:
    feed = feedparser.parse(told.app.test_client().get(f"/news/feed.atom?lang={lang}").data)
    assert feed.bozo == 0
    (entry,) = feed.entries
    said = " ".join([entry.title, entry.summary, *(part.value for part in entry.content)])
    assert missing_from(text_of(said), lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_issued_pdf_conforms_to_accessibility_and_archive(told: Told, lang: str) -> None:
    for profile in ("ua1", "3a"):
        result = page.validate_pdf_bytes(told.pdfs[lang], profile=profile)
        assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_the_small_group_is_not_shown(told: Told) -> None:
    text = words_of(told.pdfs["en"])
    assert "are not published, because a group is too small" in text


def test_the_audit_chain_of_the_whole_story_holds(told: Told) -> None:
    with told.app.app_context():
        assert audit.find_break() is None


def test_no_answer_can_be_read_in_public(told: Told) -> None:
    text = told.app.test_client().get(article_address(told.app)).text + words_of(told.pdfs["en"])
    assert "The sound dropped twice" not in text
