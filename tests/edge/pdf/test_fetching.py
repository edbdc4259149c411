"""The renderer fetches nothing but its own media; a page that asks for more is refused whole."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from eventsapp.edge.pdf import Limits, PdfFailed, RenderedPdf, render
from eventsapp.edge.pdf.workers import Task, Worker
from tests.documents.pictures import logo, photo
from tests.documents.sample import CREATED
from tests.edge.pdf.tree import opened

HEAD = '<html lang="en"><title>T</title><h1>T</h1>'
SECRET = "the secret of the house"


def rendered(html: str, **media: bytes) -> RenderedPdf:
    return render(HEAD + html, media=media, created=CREATED, identifier="x")


class Visits(BaseHTTPRequestHandler):
    seen: list[str] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A file and a server that are there to be fetched; nobody must have been there."""
    secret = tmp_path_factory.mktemp("house") / "secret.css"
    secret.write_text(f"body::before {{ content: '{SECRET}' }}")
    server = HTTPServer(("127.0.0.1", 0), Visits)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield secret.as_uri(), f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    assert Visits.seen == []


WAYS = {
    "picture": '<img alt="a" src="{url}">',
    "picture behind a relative address": '<base href="{url}/"><img alt="a" src="x.png">',
    "object": '<object data="{url}" type="image/png">x</object>',
    "embed": '<embed src="{url}" type="image/svg+xml">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "imported style": '<style>@import url("{url}")</style>',
    "background": '<p style="background: url({url})">x</p>',
    "list marker": '<ul><li style="list-style-image: url({url})">x</ul>',
    "border": '<p style="border: 5px solid; border-image: url({url}) 5">x</p>',
    "generated content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "font": "<style>@font-face {{ font-family: F; src: url({url}) }}</style>"
    '<p style="font-family: F">x</p>',
    "colour profile": "<style>@color-profile device-cmyk {{ src: url({url}) }}</style>",
    "attachment": '<link rel="attachment" href="{url}">',
    "attachment link": '<a rel="attachment" href="{url}">x</a>',
    "picture in a picture": '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    '<title>t</title><image href="{url}" xlink:href="{url}" width="9" height="9"/></svg>',
    "page background": "<style>@page {{ background: url({url}) }}</style>",
}


# The engine does not know these; should it learn them, they must be refused like the others.
UNKNOWN_WAYS = {
    "imported style in a picture": '<svg width="9" height="9"><title>t</title>'
    '<style>@import url("{url}");</style></svg>',
    "use in a picture": '<svg width="9" height="9"><title>t</title><use href="{url}#a"/></svg>',
}


@pytest.mark.parametrize("way", WAYS)
def test_files_and_servers_are_out_of_reach(way: str, house: tuple[str, str]) -> None:
    for url in house:
        with pytest.raises(PdfFailed, match="may not"):
            rendered(WAYS[way].format(url=url))


@pytest.mark.parametrize("way", UNKNOWN_WAYS)
def test_ways_that_the_engine_ignores_lead_nowhere(way: str, house: tuple[str, str]) -> None:
    without = rendered(UNKNOWN_WAYS[way].format(url=""))
    for url in house:
        assert rendered(UNKNOWN_WAYS[way].format(url=url)) == without


@pytest.mark.parametrize(
    "url",
    [
        "data:image/png;base64,iVBORw0KGgo=",
        "FILE:///etc/passwd",
        "ftp://127.0.0.1/x",
        "media:unknown",
        "media:static/../../config.py",
        "media:static/%2e%2e/%2e%2e/config.py",
        "media:static//etc/passwd",
        "media:static/css",
        "MEDIA:known.png",
        "media://known.png",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(PdfFailed, match="may not have"):
        rendered(f'<img alt="a" src="{url}">', **{"known.png": logo()})


def test_a_page_cannot_attach_even_its_own_media() -> None:
    for html in (
        '<link rel="attachment" href="media:a.png">',
        '<a rel="attachment" href="media:a.png">x</a>',
    ):
        with pytest.raises(PdfFailed, match="may not attach files"):
            rendered(html, **{"a.png": logo()})


def test_an_iframe_a_script_and_a_form_do_nothing(house: tuple[str, str]) -> None:
    _, url = house
    pdf = rendered(
        f'<iframe src="{url}">x</iframe><script src="{url}"></script><video src="{url}"></video>'
        f'<form action="{url}"><input name="a" value="b"><button>x</button></form>'
    )
    assert "/AcroForm" not in opened(pdf.data).Root


def test_what_a_page_may_have_is_given() -> None:
    pdf = rendered(
        '<link rel="stylesheet" href="media:static/documents/report.css">'
        '<img alt="a photo" src="media:photos/a b.jpg"><a href="https://example.org">out</a>',
        **{"photos/a b.jpg": photo(1)},
    )
    assert pdf.data.count(b"/DCTDecode") == 1


def test_media_can_be_looked_up_when_asked_for() -> None:
    asked: list[str] = []

    def find(key: str) -> bytes | None:
        asked.append(key)
        return logo() if key == "a.png" else None

    html = HEAD + '<img alt="a" src="media:a.png"><img alt="b" src="media:a.png">'
    assert render(html, media=find, created=CREATED, identifier="x").pages == 1
    assert asked == ["a.png"]


def test_a_postscript_file_called_a_picture_is_not_run() -> None:
    postscript = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n"
    pdf = rendered('<img alt="only words" src="media:a.png">', **{"a.png": postscript})
    assert pdf.pages == 1
    assert b"/Subtype /Image" not in pdf.data


def test_the_renderer_knows_none_of_the_applications_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EVENTSAPP_SECRET_KEY", SECRET)
    worker = Worker()
    try:
        worker.render(Task(HEAD, lambda _key: None, (), CREATED, "x", Limits()))
        environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    finally:
        worker.stop()
    assert b"XDG_CACHE_HOME" in environment
    assert SECRET.encode() not in environment


def test_starting_the_application_does_not_load_the_layout_engine() -> None:
    code = (
        "import sys, eventsapp.edge.pdf, eventsapp.documents.render;"
        "names = ('weasyprint', 'pydyf', 'fontTools', 'PIL');"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
