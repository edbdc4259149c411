"""Other people's servers, small and real: what they got, and whatever they are told to answer."""

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, dict[str, str], Any]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """``before`` may answer a request instead of the server; ``after`` may lose its reply."""

    answer: Callable[[Request], Reply] = lambda _: (200, {}, {})
    before: Callable[[Request], Reply | None] = lambda _: None
    after: Callable[[Request], bool] = lambda _: True
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    def of(self, method: str) -> list[Request]:
        return [request for request in self.requests if request.method == method]


@contextmanager
def serving(receiver: Receiver) -> Iterator[Receiver]:
    """The receiver on a port of its own of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, receiver))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, receiver: Receiver, *args: Any) -> None:
        self.receiver = receiver
        super().__init__(*args)

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_DELETE = do_GET  # noqa: N815 - as above

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        size = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path, query, headers, self.rfile.read(size))
        self.receiver.requests.append(request)
        reply = self.receiver.before(request) or self.receiver.answer(request)
        if self.receiver.after(request):
            self._reply(*reply)
        else:
            self.close_connection = True

    def _reply(self, status: int, more: dict[str, str], body: Any) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


class WordPress(Receiver):
    """Posts as WordPress keeps them: slugs made unique, a trash, revisions left out; a library of
    photos, and tags whose names are unique."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__(answer=self.reply)
        self.key = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.posts: dict[int, dict[str, Any]] = {}
        self.media: dict[int, dict[str, Any]] = {}
        self.tags: dict[int, str] = {}
        self.may_publish = self.may_upload = self.may_tag = True

    def published(self) -> list[dict[str, Any]]:
        return [post for post in self.posts.values() if post["status"] == "publish"]

    def reply(self, request: Request) -> Reply:
        if request.headers.get("authorization") != f"Basic {self.key}":
            return 401, {}, {"code": "incorrect_password", "data": {"status": 401}}
        found = re.fullmatch(r"/wp-json/wp/v2/(users/me|posts|media|tags)(?:/(\d+))?", request.path)
        if found is None:
            return 404, {}, {"code": "rest_no_route"}
        if found[1] == "users/me":
            can = {"publish_posts": self.may_publish, "upload_files": self.may_upload}
            return 200, {}, {"id": 3, "capabilities": can}
        answers = {"posts": self._posts, "media": self._media, "tags": self._tags}
        return answers[found[1]](request, int(found[2] or 0))

    def _posts(self, request: Request, number: int) -> Reply:
        if not number:
            return self._list(request) if request.method == "GET" else self._write(None, request)
        post = self.posts.get(number)
        if post is None:
            return 404, {}, {"code": "rest_post_invalid_id", "data": {"status": 404}}
        return self._trash(post) if request.method == "DELETE" else self._write(post, request)

    def _media(self, request: Request, number: int) -> Reply:
        if request.method == "GET":
            return self._library(request)
        if not self.may_upload:
            return 403, {}, {"code": "rest_cannot_create", "data": {"status": 403}}
        if not number:
            return self._upload(request)
        if number not in self.media:
            return 404, {}, {"code": "rest_post_invalid_id", "data": {"status": 404}}
        return (
            self._delete(request, number)
            if request.method == "DELETE"
            else self._describe(request, number)
        )

    def _library(self, request: Request) -> Reply:
        asked = {"slug": request.query.get("slug"), "post": request.query.get("parent")}
        wanted = {name: value for name, value in asked.items() if value is not None}
        rows = [
            {name: value for name, value in row.items() if name != "file"}
            for row in self.media.values()
            if all(str(row[name]) == value for name, value in wanted.items())
        ]
        return 200, {"X-WP-Total": str(len(rows))}, rows

    def _delete(self, request: Request, number: int) -> Reply:
        if request.query.get("force") != "true":
            return 501, {}, {"code": "rest_trash_not_supported", "data": {"status": 501}}
        return 200, {}, {"deleted": True, "previous": {"id": self.media.pop(number)["id"]}}

    def _describe(self, request: Request, number: int) -> Reply:
        self.media[number].update(request.json())
        return 200, {}, {"id": number}

    def _upload(self, request: Request) -> Reply:
        name = re.search(r'filename="([^"]+)\.jpg"', request.headers["content-disposition"])
        if name is None or request.headers["content-type"] != "image/jpeg":
            return 400, {}, {"code": "rest_upload_no_content_disposition"}
        number = 100 + len(self.media)
        self.media[number] = {"id": number, "slug": name[1], "post": 0, "file": request.body}
        return 201, {}, {"id": number, "source_url": f"{self.url}/wp-content/uploads/{name[1]}.jpg"}

    def _tags(self, request: Request, _number: int) -> Reply:
        if request.method == "GET":
            words = request.query["search"].casefold()
            rows = [
                {"id": number, "name": escape(name)}
                for number, name in self.tags.items()
                if words in name.casefold()
            ]
            return 200, {}, rows
        if not self.may_tag:
            return 403, {}, {"code": "rest_cannot_create", "data": {"status": 403}}
        name = request.json()["name"]
        for number, known in self.tags.items():
            if known == name:
                return 400, {}, {"code": "term_exists", "data": {"status": 400, "term_id": number}}
        self.tags[len(self.tags) + 1] = name
        return 201, {}, {"id": len(self.tags), "name": name}

    def _list(self, request: Request) -> Reply:
        statuses = request.query.get("status", "publish").split(",")
        slugs = request.query.get("slug", "").split(",")
        found = [
            self._shown(post)
            for post in self.posts.values()
            if post["status"] in statuses and post["slug"] in slugs
        ]
        return 200, {"X-WP-Total": str(len(found))}, found

    def _write(self, post: dict[str, Any] | None, request: Request) -> Reply:
        status = 200
        if post is None:
            status, number = 201, len(self.posts) + 1
            post = self.posts[number] = {"id": number, "slug": "", "status": "draft"}
        sent = request.json()
        post.update(sent, slug=self._free(sent["slug"], post["id"]))
        return status, {}, self._shown(post)

    def _free(self, slug: str, own: int) -> str:
        taken = {post["slug"] for post in self.posts.values() if post["id"] != own}
        return slug if slug not in taken else f"{slug}-2"

    def _trash(self, post: dict[str, Any]) -> Reply:
        if post["status"] == "trash":
            return 410, {}, {"code": "rest_already_trashed", "data": {"status": 410}}
        post["status"] = "trash"
        return 200, {}, self._shown(post)

    def _shown(self, post: dict[str, Any]) -> dict[str, Any]:
        link = f"{self.url}/{post['slug']}/"
        return {**post, "link": link, "content": {"raw": post["content"], "rendered": ""}}
