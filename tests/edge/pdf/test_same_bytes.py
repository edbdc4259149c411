"""The same input gives the same bytes: in any process, with any hash seed, after any page."""

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from eventsapp.documents.frozen import canonical, from_json, to_json
from eventsapp.documents.render import pdf_html
from eventsapp.edge.pdf import Attachment, RenderedPdf, render, stop_workers
from tests.documents.sample import ATTACHMENTS, CREATED, IDENTIFIER, MEDIA, sample
from tests.edge.pdf import golden
from tests.edge.pdf.tree import opened

ROOT = Path(__file__).parents[3]
ALONE = """
import sys
from eventsapp.documents.render import pdf_html
from eventsapp.edge.pdf import render_here
from tests.documents.sample import *
pdf = render_here(pdf_html(sample(sys.argv[1])), media=MEDIA, attachments=ATTACHMENTS,
                  created=CREATED, identifier=IDENTIFIER)
print(pdf.sha256)
"""


def again(lang: str) -> RenderedPdf:
    return render(pdf_html(sample(lang)), media=MEDIA, attachments=ATTACHMENTS,
                  created=CREATED, identifier=IDENTIFIER)  # fmt: skip


def test_the_noted_hash_of_these_library_versions_is_met(lang: str, report: RenderedPdf) -> None:
    hashes = golden.noted()
    expected = hashes[lang] if hashes else again(lang).sha256
    assert report.sha256 == expected
    assert sha256(report.data).hexdigest() == expected


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_another_process_with_another_hash_seed_writes_the_same(
    lang: str, report: RenderedPdf, seed: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE, lang],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8"},
    )  # fmt: skip
    assert done.stdout.strip() == report.sha256


def test_other_pages_before_leave_no_trace(lang: str, report: RenderedPdf) -> None:
    """Not even a page that gives the report's font names to other fonts."""
    stop_workers()
    serif = "media:static/vendor/ibm-plex-serif-ttf-2.0.0/IBMPlexSerif-Italic.ttf"
    thief = (
        '<html lang="en"><title>T</title>'
        f'<style>@font-face {{ font-family: "Report Sans"; src: url("{serif}") }}'
        f'@font-face {{ font-family: "Report Arabic"; src: url("{serif}") }}'
        '@counter-style decimal { system: fixed; symbols: "x" }'
        'p { font-family: "Report Sans" }</style><p>x'
    )
    assert render(thief, media={}, created=CREATED, identifier="thief").pages == 1
    assert again(lang).data == report.data


def test_a_thawed_document_gives_the_same_bytes(lang: str, report: RenderedPdf) -> None:
    document = from_json(to_json(sample(lang)))
    assert canonical(document) == canonical(sample(lang))
    pdf = render(pdf_html(document), media=MEDIA, attachments=ATTACHMENTS,
                 created=CREATED, identifier=IDENTIFIER)  # fmt: skip
    assert pdf == report


def test_every_input_counts() -> None:
    """The control: whatever is changed changes the file."""
    html = '<html lang="en"><title>T</title><h1>T</h1><img alt="a" src="media:a">'
    media, file = {"a": MEDIA["photos/panel.jpg"]}, ATTACHMENTS[0]
    given = {"media": media, "attachments": (file,), "created": CREATED, "identifier": "x"}

    def hash_with(html: str = html, **changed: object) -> str:
        return render(html, **{**given, **changed}).sha256  # type: ignore[arg-type]

    hashes = [
        hash_with(),
        hash_with(html.replace("<h1>T", "<h1>U")),
        hash_with(media={"a": MEDIA["photos/opening.jpg"]}),
        hash_with(attachments=()),
        hash_with(attachments=(replace(file, data=b"other"),)),
        hash_with(attachments=(replace(file, modified=CREATED.replace(hour=1)),)),
        hash_with(created=CREATED.replace(year=2023)),
        hash_with(identifier="y"),
    ]
    assert len(set(hashes)) == len(hashes)
    assert hash_with() == hashes[0]


def test_every_date_in_the_file_is_the_one_that_was_given(report: RenderedPdf) -> None:
    pdf = opened(report.data)
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20220210090000Z"
    text = pdf.Root.Metadata.read_bytes()
    assert text.count(b"2022-02-10T09:00:00Z") == 2
    assert bytes(pdf.trailer.ID[0]) == IDENTIFIER.encode()
    for file in pdf.Root.AF:
        assert str(file.EF.F.Params.ModDate) == "D:20220210090000Z"


def test_an_attachment_needs_a_zone_and_a_kind() -> None:
    with pytest.raises(ValueError, match="date with its zone"):
        Attachment("a.csv", "text/csv", b"", "a", CREATED.replace(tzinfo=None))
    with pytest.raises(ValueError, match="not a kind of file"):
        Attachment("a.csv", "text/csv /AF", b"", "a", CREATED)
