"""The sample in each language, rendered once, with and without the mends."""

from collections.abc import Iterator
from functools import cache

import pikepdf
import pytest

from eventsapp.documents.render import pdf_html
from eventsapp.edge.pdf import RenderedPdf, render, stop_workers
from tests.documents.sample import ATTACHMENTS, CREATED, IDENTIFIER, LANGUAGES, MEDIA, sample
from tests.edge.pdf.tree import opened, unmended


@cache
def rendered(lang: str) -> RenderedPdf:
    return render(
        pdf_html(sample(lang)),
        media=MEDIA,
        attachments=ATTACHMENTS,
        created=CREATED,
        identifier=IDENTIFIER,
    )


@cache
def _unmended(lang: str) -> bytes:
    return unmended(pdf_html(sample(lang)), MEDIA)


@pytest.fixture(scope="session", autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    stop_workers()


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    value: str = request.param
    return value


@pytest.fixture
def report(lang: str) -> RenderedPdf:
    return rendered(lang)


@pytest.fixture
def pdf(report: RenderedPdf) -> pikepdf.Pdf:
    return opened(report.data)


@pytest.fixture
def plain(lang: str) -> pikepdf.Pdf:
    """The same report without the mends: the control of every test about one."""
    return opened(_unmended(lang))
