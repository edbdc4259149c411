"""The sample holds every published fact, on the page, in the PDF and in the feed."""

import io
import re
from collections.abc import Iterator

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

FACTS = {
    "organiser": "International Centre for Migration Policy Development (ICMPD)",
    "what": "Introductory workshop for the new focal points of the State of Libya for the Rabat "
    "Process and the Khartoum Process",
    "where": "Tripoli, Libya",
    "format": "hybrid",
    "project": "Libya’s Migration Technical Assistance Facility",
    "acronym": "LIBMITAF",
    "donors": "co-funded by the European Union and the Swiss Confederation, the latter represented "
    "by the State Secretariat for Migration (SEM) and by the Federal Department of Foreign Affairs "
    "acting through its Peace and Human Rights Division (PHRD)",
    "why": "Two focal points were newly appointed by the State of Libya, one for the Rabat Process "
    "and one for the Khartoum Process",
    "background": "ICMPD has supported the participation of Libyan delegations in regional and "
    "international migration dialogues since 2017. Such dialogues let countries engage, network "
    "and coordinate with their partners",
    "briefing": "how the two dialogues work in general, the follow-up to the Joint Valletta Action "
    "Plan (JVAP) included",
    "depth": "go deeper into the objectives and procedures of the dialogues and to exchange with "
    "their secretariats",
    "teams": "the Rabat Process Secretariat, the Khartoum Process Secretariat, the JVAP Follow-up "
    "team and the LIBMITAF team, with some colleagues joining virtually and others in person in "
    "Tripoli",
    "participants": "newly appointed focal points and Libyan officials",
    "feedback": "articipants welcomed the workshop and found it very useful for strengthening "
    "their knowledge of the dialogue platforms",
    "outlook": "continue to support Libya’s participation in the meetings of both dialogues",
}


@pytest.fixture(scope="module", params=DATABASES)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application with the sample loaded, once for all tests that only look."""
    home = build_home(request.param, tmp_path_factory.mktemp("sample"), "sample")
    with home.app.app_context():
        accounts.create_demo_users("a demonstration password", by=SYSTEM, now=NOW)
        assert load_sample() is True
        assert load_sample() is False
        yield home.app
        db.session.remove()
        db.engine.dispose()


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def missing_from(text: str) -> list[str]:
    folded = flat(text).casefold()
    return [name for name, fact in FACTS.items() if fact.casefold() not in folded]


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


def test_the_article_states_every_fact(told: Flask) -> None:
    answer = told.test_client().get(article_address(told), headers={"Accept-Language": "en"})
    assert missing_from(text_of(answer.text)) == []
    kicker = ("Project news", "10 February 2022", "Libya")
    assert [words for words in kicker if words not in text_of(answer.text)] == []
    assert 'href="/projects/libmitaf"' in answer.text
    assert "Demonstration data" in answer.text


def test_a_fact_left_out_is_noticed(told: Flask) -> None:
    text = text_of(told.test_client().get(article_address(told)).text)
    assert missing_from(text.replace("Khartoum", "")) != []


def test_the_pdf_states_every_fact(told: Flask) -> None:
    assert missing_from(words_of(pdf_of("en"))) == []


def test_the_feed_states_what_and_where(told: Flask) -> None:
    feed = feedparser.parse(told.test_client().get("/news/feed.atom?lang=en").data)
    assert feed.bozo == 0
    (entry,) = feed.entries
    assert entry.title == FACTS["what"]
    assert "Tripoli" in text_of(str(entry))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_every_issued_pdf_conforms_to_accessibility_and_archive(told: Flask, lang: str) -> None:
    for profile in ("ua1", "3a"):
        result = page.validate_pdf_bytes(pdf_of(lang), profile=profile)
        assert [(failure.rule_id, failure.message) for failure in result.failures] == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Union européenne", "Confédération suisse", "PHRD", "Tripoli")),
        ("ar", ("الاتحاد الأوروبي", "طرابلس", "LIBMITAF")),
    ],
)
def test_the_pdf_in_other_languages_can_be_searched(
    told: Flask, lang: str, words: tuple[str, ...]
) -> None:
    text = words_of(pdf_of(lang))
    assert [word for word in words if word not in text] == []


def test_the_small_group_is_not_shown(told: Flask) -> None:
    text = words_of(pdf_of("en"))
    assert "are not published, because a group is too small" in text


def test_the_audit_chain_of_the_whole_story_holds(told: Flask) -> None:
    assert audit.find_break() is None


def test_no_answer_can_be_read_in_public(told: Flask) -> None:
    text = told.test_client().get(article_address(told)).text + words_of(pdf_of("en"))
    assert "The sound dropped twice" not in text
