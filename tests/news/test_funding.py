"""Whose money is named: the workshop's contracts and derogations reach every publication."""

import io
import json
import re
from collections.abc import Callable
from datetime import date

import docx
import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Document
from eventsapp.documents.render import pdf_html
from eventsapp.documents.word import word_file
from eventsapp.news import service as news
from eventsapp.overview.sample import load
from eventsapp.photos.queries import read_media
from eventsapp.progress.compose import compose as compose_roll_up
from eventsapp.progress.queries import roll_up
from eventsapp.projects import service as projects
from eventsapp.projects.types import ContractDraft, DerogationDraft
from eventsapp.reports import papers, queries, service
from eventsapp.reports.types import EditionKind
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import assign_contracts
from tests.factories.reports import NOW, approve, editor, hold_sample, staff, submit
from tests.pages import text_of

EUROPEAN, SWISS = "European Union", "Swiss Confederation"
NUMBER = "CH/2"
WORDS = Texts.of(en="Words of the contract.", fr="Mots du contrat.", ar="نص العقد.")


def under_contract(workshop: Workshop) -> None:
    """Only the second donor grants the workshop's contract."""
    donor = workshop.project.donors[1]
    draft = ContractDraft(NUMBER, donor.id, date(2022, 1, 1), date(2022, 12, 31), WORDS)
    row = projects.add_contract(workshop.project_id, draft, by=SYSTEM, now=NOW)
    assign_contracts(workshop.id, [row.id], by=SYSTEM, now=NOW)


def under_derogation(workshop: Workshop) -> None:
    """The first donor is not to be shown."""
    draft = DerogationDraft(
        workshop.project.donors[0].id, "Safety of staff", "The embassy", date(2022, 12, 31)
    )
    projects.grant_derogation(workshop.project_id, draft, by=SYSTEM, now=NOW)
    # Its disclaimer names the donor that is not to be shown.
    under_contract(workshop)


def publish(workshop: Workshop) -> str:
    """The address of the news."""
    submit(workshop, by=staff())
    approve(workshop, by=editor())
    article = news.publish_report(workshop.id, dated=load.DATED, by=editor(), now=NOW)
    return f"/news/{article.slug}"


def funders(page: str) -> list[str]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return [one["name"] for one in json.loads(found[1])["funder"]]


def printed(workshop: Workshop) -> dict[str, str]:
    """The words of each paper: both editions, their Word files, the roll-up."""
    report = queries.get_report(workshop.id)
    editions = service.issue_report(
        report.id, kinds=list(EditionKind), languages=["en"], by=SYSTEM, now=NOW
    )
    found = {str(row.kind): pdf_html(papers.document_of(row)) for row in editions}
    document = compose_roll_up(roll_up(workshop.project), "en", now=NOW)
    found["roll-up"] = pdf_html(document)
    shown = {name: text_of(html) for name, html in found.items()}
    return shown | {"Word": words_in_word(papers.document_of(editions[0]))}


def words_in_word(document: Document) -> str:
    data = word_file(document, read_media=read_media)
    return "\n".join(
        part.text or "" for part in docx.Document(io.BytesIO(data)).element.body.iter()
    )


@pytest.mark.parametrize("restrict", [under_contract, under_derogation])
def test_no_publication_names_a_donor_that_does_not_pay_or_is_not_to_be_shown(
    sqlite_app: Flask, restrict: Callable[[Workshop], None]
) -> None:
    client = sqlite_app.test_client()
    workshop = hold_sample()
    restrict(workshop)
    page = client.get(f"{publish(workshop)}?lang=en").text
    assert funders(page) == [SWISS]
    texts = {
        "article": text_of(page),
        "ninjs": client.get("/news/feed.ninjs.json?lang=en").text,
        "Atom": client.get("/news/feed.atom?lang=en").text,
        **printed(workshop),
    }
    for name, text in texts.items():
        assert (name, SWISS in text, EUROPEAN in text) == (name, True, False)
    assert [name for name in texts if "Words of the contract." not in texts[name]] == []
    assert NUMBER in texts["donor"]
    assert NUMBER in texts["roll-up"]
    assert NUMBER not in texts["public"]


def test_without_a_contract_of_its_own_all_donors_are_named_everywhere(
    sqlite_app: Flask,
) -> None:
    client = sqlite_app.test_client()
    workshop = hold_sample()
    page = client.get(f"{publish(workshop)}?lang=en").text
    assert funders(page) == [EUROPEAN, SWISS]
    assert [name for name, text in printed(workshop).items() if EUROPEAN not in text] == []


def test_the_projects_page_says_which_donors_fund_a_workshop_where_not_all_do(
    sqlite_app: Flask,
) -> None:
    client = sqlite_app.test_client()
    workshop = hold_sample()
    path = f"/projects/{workshop.project.slug}?lang=en"
    before = text_of(client.get(path).text)
    under_contract(workshop)
    after = text_of(client.get(path).text)
    assert (f"Funded by {SWISS}" in before, f"Funded by {SWISS}" in after) == (False, True)
    assert EUROPEAN in after
