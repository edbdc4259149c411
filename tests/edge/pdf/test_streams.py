"""No stream ends in what a reader takes for its line end, whatever its content is."""

import zlib
from dataclasses import replace
from itertools import count

import page
import pikepdf
import pydyf
import pytest

from eventsapp.edge.pdf import render
from eventsapp.edge.pdf.streams import settle
from tests.documents.pictures import logo, photo
from tests.documents.sample import ATTACHMENTS, CREATED
from tests.edge.pdf.tree import opened, unmended

BAD_END = b"\r\nendstream"
# Compressed data ends with its checksum; this is content whose checksum ends in a carriage return.
UNLUCKY = next(
    text for number in count() if zlib.adler32(text := b"unlucky %d" % number) & 0xFF == 13
)
HTML = '<html lang="en"><title>T</title><h1>T</h1>'


def test_an_attached_file_comes_back_byte_for_byte() -> None:
    file = replace(ATTACHMENTS[0], data=UNLUCKY)
    pdf = render(HTML, media={}, attachments=(file,), created=CREATED, identifier="x")
    assert BAD_END not in pdf.data
    read = opened(pdf.data)
    stream = read.Root.AF[0].EF.F
    assert stream.read_bytes() == UNLUCKY
    assert list(stream.Filter) == ["/ASCII85Decode", "/FlateDecode"]
    assert page.is_pdf_compliant_bytes(pdf.data, profile="3a")


@pytest.mark.parametrize(("name", "data"), [("a.jpg", photo(1) + b"\r"), ("a.png", logo())])
def test_a_picture_keeps_its_pixels(name: str, data: bytes) -> None:
    html = f'{HTML}<img alt="a" src="media:{name}">'
    pdf = render(html, media={name: data}, created=CREATED, identifier="x")
    assert BAD_END not in pdf.data
    assert _pixels(pdf.data) == _pixels(unmended(html, {name: data}))


def test_the_pages_own_drawing_is_read_the_same() -> None:
    html = next(
        text
        for number in count()
        if BAD_END in unmended(text := f"{HTML}<p>{number} {'word ' * (number % 7)}", {})
    )
    pdf = render(html, media={}, created=CREATED, identifier="x")
    assert BAD_END not in pdf.data
    assert page.is_pdf_compliant_bytes(pdf.data, profile="3a")
    read = opened(pdf.data)
    assert read.check_pdf_syntax() == []


def test_no_file_of_many_ends_a_stream_badly() -> None:
    for number in range(60):
        html = f"{HTML}<p>{number * number}"
        assert BAD_END not in render(html, media={}, created=CREATED, identifier="x").data


@pytest.mark.parametrize("compress", [True, False])
def test_a_settled_stream_holds_what_it_held(compress: bool) -> None:
    content = UNLUCKY if compress else b"plain\r"
    stream = pydyf.Stream([content], {}, compress)
    assert stream.data.endswith(BAD_END)  # the control
    settle(stream)
    settle(stream)
    assert not stream.data.endswith(BAD_END)
    assert _read(stream) == content


def test_the_table_of_objects_is_never_wrapped() -> None:
    table = pydyf.Stream([UNLUCKY], {"Type": "/XRef"}, compress=True)
    settle(table)
    assert "Filter" not in table.extra
    assert not table.data.endswith(BAD_END)


def _read(stream: pydyf.Stream) -> bytes:
    pdf = pikepdf.new()
    raw = stream.data
    start = raw.index(b"stream\n") + len(b"stream\n")
    copy = pikepdf.Stream(pdf, raw[start : -len(b"\nendstream")])
    if "Filter" in stream.extra:
        names = stream.extra["Filter"]
        names = names if isinstance(names, list) else [names]
        copy.Filter = pikepdf.Array([pikepdf.Name(name) for name in names])
    return copy.read_bytes()


def _pixels(data: bytes) -> list[bytes]:
    pdf = opened(data)
    return [
        pikepdf.PdfImage(thing).as_pil_image().tobytes()
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
    ]
