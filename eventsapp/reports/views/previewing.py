"""The preview: the very page that becomes the PDF, in a frame with a policy of its own."""

from functools import cache

from flask import Response, request, url_for

from eventsapp.config import ROOT
from eventsapp.documents.render import PAPER_STYLE, pdf_html
from eventsapp.photos.links import media_url
from eventsapp.reports import papers, queries
from eventsapp.reports.forms import LONGEST
from eventsapp.reports.views.blueprint import (
    BASE,
    pages,
    readers,
    shown,
    text_language,
    workshop_seen,
)

# The paper sets the sizes of emblems by inline style, which pages of the application never have.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)


@pages.route(f"{BASE}/preview", methods=["GET", "POST"])
@readers
def preview(workshop_id: int) -> Response:
    """The report as its PDF is drawn; of a text sent along, before it is saved."""
    workshop = workshop_seen(workshop_id)
    lang = text_language(workshop)
    sheet, prose = shown(workshop, queries.find_report(workshop_id), lang)
    if request.method == "POST":
        prose = {key: request.form.get(key, text)[:LONGEST] for key, text in prose.items()}
    page = pdf_html(
        papers.draft_document(workshop, sheet, prose),
        media_url=_address_of,
        evidence_url=url_for("reports.evidence", workshop_id=workshop_id),
    )
    # Links lead out of the frame.
    page = page.replace("<head>", '<head>\n  <base target="_top">', 1)
    return Response(page, headers={"Content-Security-Policy": POLICY})


@pages.get("/manage/paper.css")
@readers
def paper_style() -> Response:
    """The PDF's style sheet, with addresses that a browser knows and a sheet of paper to lie on."""
    return Response(_paper_style(), mimetype="text/css")


@cache
def _paper_style() -> str:
    sheet = (ROOT / "eventsapp" / PAPER_STYLE).read_text("utf-8")
    screen = (ROOT / "eventsapp" / "static/documents/screen.css").read_text("utf-8")
    vendor = url_for("static", filename="vendor/")
    return f"{sheet.replace('media:static/vendor/', vendor)}\n{screen}"


def _address_of(key: str) -> str:
    if key == PAPER_STYLE:
        return url_for("reports.paper_style")
    return media_url(key)
