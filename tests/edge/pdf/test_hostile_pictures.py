"""Pictures that are more than pictures: the renderer refuses them, dies alone, or draws nothing."""

import time
from contextlib import suppress

import pytest

from eventsapp.edge.pdf import Limits, PdfError, RenderedPdf, render
from tests.documents.sample import CREATED
from tests.factories.pictures import jpeg, png_header

PAGE = '<html lang="en"><title>T</title><h1>T</h1><p>words<img alt="A" src="media:{name}">'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {more}</svg>'
DOUBLED = "".join(
    f'<g id="g{at}"><use x:href="#g{at - 1}"/><use x:href="#g{at - 1}"/></g>' for at in range(1, 40)
)
HOSTILE = {
    "bomb.png": png_header(50_000, 50_000),
    "wide.png": png_header(2_000_000_000, 1),
    "broken.jpg": jpeg()[:2000],
    "empty.png": b"",
    "doubled.svg": SVG.format(
        more=f'viewBox="0 0 9 9"><rect id="g0" width="9" height="9"/>{DOUBLED}<use x:href="#g39"/>'
    ).encode(),
    "itself.svg": SVG.format(more='viewBox="0 0 9 9"><g id="a"><use x:href="#a"/></g>').encode(),
    "entities.svg": (
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
        + SVG.format(more='viewBox="0 0 9 9"><text>&d;&d;&d;&d;&d;</text>')
    ).encode(),
}
OUTWARD = {
    "file.svg": SVG.format(more='viewBox="0 0 9 9"><image x:href="file:///etc/passwd"/>').encode(),
    "server.svg": SVG.format(
        more='viewBox="0 0 9 9"><image x:href="http://127.0.0.1:1/"/>'
    ).encode(),
    "secret.svg": (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + SVG.format(more='viewBox="0 0 99 9"><text>&x;</text>')
    ).encode(),
}


def draw(name: str, data: bytes) -> RenderedPdf:
    return render(
        PAGE.format(name=name),
        media={name: data},
        created=CREATED,
        identifier="x",
        limits=Limits(seconds=5),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_ends_with_a_file_or_a_reason_in_time(name: str) -> None:
    started = time.monotonic()
    with suppress(PdfError):
        assert draw(name, HOSTILE[name]).pages == 1
    assert time.monotonic() - started < 8
    assert draw("good.jpg", jpeg()).pages == 1


@pytest.mark.parametrize("name", OUTWARD)
def test_a_picture_reaches_neither_files_nor_servers(name: str) -> None:
    with suppress(PdfError):
        assert b"root:" not in draw(name, OUTWARD[name]).data
