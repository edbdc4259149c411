"""Public pages that were drawn once are kept, compressed, until something readers see changes.

The address, the language and the state of the data name a page. That name is its ETag, so a
reader's copy is told to be fresh before anything is drawn, by any worker, also after a restart.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from flask import Response, current_app, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response as Answer

from eventsapp.config import ROOT
from eventsapp.web.access import current_actor
from eventsapp.web.locale import choose_language

REVALIDATE = "public, max-age=0, must-revalidate"
MOST_BYTES = 48 * 1024 * 1024
LEVEL, FAST = 5, 1
WORTH_BYTES = 1_000
_DRAWN_FROM = ("eventsapp/**/*.py", "eventsapp/**/*.mo", "eventsapp/static/**/*.[cj]s*")
_TEMPLATES = "templates/**/*.html"


@dataclass(frozen=True, slots=True)
class Kept:
    body: bytes
    content_type: str
    last_modified: str


class Pages:
    """The pages of one state of the data, those read last; a new state empties it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._held, self._state = most_bytes, 0, ""
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, name: str) -> Kept | None:
        with self._lock:
            found = self._pages.get(name)
            if found is not None:
                self._pages.move_to_end(name)
            return found

    def put(self, state: str, name: str, page: Kept) -> None:
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._held, self._state = 0, state
            former = self._pages.pop(name, None)
            self._held += len(page.body) - (len(former.body) if former else 0)
            self._pages[name] = page
            while self._held > self._most:
                _, oldest = self._pages.popitem(last=False)
                self._held -= len(oldest.body)


def keep(state: str, build: Callable[[], Answer], *, known: frozenset[str] = frozenset()) -> Answer:
    """The page of this address as of ``state``, drawn by ``build`` if nobody has it yet.

    An address that asks for anything beside ``known`` (words to look for, a campaign's marks) is
    drawn each time: few would ask for it again. Only for readers who are not signed in. What is
    not a page (a redirect, a refusal) goes out as ``build`` made it.
    """
    name = _name_of(state)
    if name in request.headers.get("If-None-Match", ""):
        return _with_head(Response(status=304), name)
    pages: Pages = current_app.extensions.setdefault("kept_pages", Pages())
    page = pages.find(name)
    if page is None:
        answer = build()
        if answer.status_code != 200:
            return answer
        page = Kept(
            gzip.compress(answer.get_data(), LEVEL, mtime=0),
            answer.headers["Content-Type"],
            answer.headers.get("Last-Modified", ""),
        )
        if known.issuperset(request.args.keys() - {"lang"}):
            pages.put(state, name, page)
    return _answer(page, name)


def cacheable(answer: Response) -> Response:
    """A visitor's copy may be kept, if it is compared each time; a signed-in person's may not.

    For what depends on more than what was written: its ETag is that of what it says, so it saves
    the way, not the drawing.
    """
    if current_actor().is_signed_in or answer.status_code != 200:
        return answer
    name = hashlib.sha256(answer.get_data()).hexdigest()[:32]
    if _wants_gzip() and len(answer.get_data()) > WORTH_BYTES:
        answer.set_data(gzip.compress(answer.get_data(), FAST, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    _with_head(answer, name).make_conditional(request)
    return answer


def _answer(page: Kept, name: str) -> Answer:
    """Compression cannot be turned against anybody here: no page has a reader's secret in it."""
    is_packed = _wants_gzip()
    # All at once: each header that is set later is compared with all there are.
    head = [
        ("Content-Type", page.content_type),
        ("ETag", f'W/"{name}"'),
        ("Cache-Control", REVALIDATE),
        *([("Content-Encoding", "gzip")] if is_packed else []),
        *([("Last-Modified", page.last_modified)] if page.last_modified else []),
    ]
    answer = Response(page.body if is_packed else gzip.decompress(page.body), headers=head)
    if page.last_modified and "If-Modified-Since" in request.headers:
        answer.make_conditional(request)
    return answer


def _wants_gzip() -> bool:
    return _allows_gzip(request.headers.get("Accept-Encoding", ""))


@lru_cache(1_000)
def _allows_gzip(header: str) -> bool:
    """There are few such headers, and every request has one."""
    return parse_accept_header(header, Accept).quality("gzip") > 0


def _with_head(answer: Response, name: str) -> Response:
    answer.headers["ETag"] = f'W/"{name}"'
    answer.headers["Cache-Control"] = REVALIDATE
    return answer


def _name_of(state: str) -> str:
    asked = repr(sorted(request.args.items(multi=True))) if request.query_string else ""
    parts = [state, release(), _settings(), choose_language(), request.path, asked]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _settings() -> str:
    settings = current_app.extensions["settings"]
    return f"{settings.base_url} {settings.organisation}"


@cache
def release() -> str:
    """A name for everything that pages are drawn from, except the data."""
    digest = hashlib.sha256()
    for pattern in (*_DRAWN_FROM, _TEMPLATES):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
