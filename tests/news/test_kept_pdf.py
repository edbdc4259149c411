"""An issued PDF goes out again without the application, and is never one that should be gone."""

from collections.abc import Iterator
from contextvars import Context
from functools import partial

import pytest
from flask import Flask, request, request_started
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from werkzeug.test import TestResponse

from eventsapp.edge import storage
from eventsapp.news import queries
from eventsapp.news.models import Article
from tests.factories.news import give_file, make_article, withdraw

PDF = b"%PDF-1.7 " + bytes(range(256)) * 400
ROUTE = {"method": "GET", "route": "/news/<slug>.pdf", "status": "200"}


@pytest.fixture
def article(app: Flask) -> Article:
    made = make_article()
    assert made.snapshot_id is not None
    for lang in ("en", "fr"):
        give_file(made.snapshot_id, lang, PDF + lang.encode())
    return made


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """The addresses that the application itself was asked for."""
    paths: list[str] = []

    def note(_app: Flask, **_more: object) -> None:
        paths.append(request.path)

    with request_started.connected_to(note, app):
        yield paths


def address(article: Article, lang: str = "en") -> str:
    return f"/news/{article.slug}.pdf?lang={lang}"


def test_the_second_reader_gets_the_same_without_the_application(
    client: FlaskClient, article: Article, asked: list[str]
) -> None:
    counted = REGISTRY.get_sample_value("eventsapp_requests_total", ROUTE) or 0
    first, second = (client.get(address(article), buffered=True) for _ in range(2))
    assert (second.status_code, second.data) == (200, PDF + b"en") == (200, first.data)
    assert {k: v for k, v in second.headers if k != "Date"} == {
        k: v for k, v in first.headers if k != "Date"
    }
    assert second.headers["X-Content-Type-Options"] == "nosniff"
    assert len(asked) == 1
    assert REGISTRY.get_sample_value("eventsapp_requests_total", ROUTE) == counted + 2


def test_languages_are_told_apart(client: FlaskClient, article: Article) -> None:
    def read(query: str, wished: str) -> bytes:
        """As in life, where no request knows the language of the one before."""
        ask = partial(client.get, f"/news/{article.slug}.pdf{query}", buffered=True)
        answer: TestResponse = Context().run(ask, headers={"Accept-Language": wished})
        return bytes(answer.data)

    for _ in range(2):
        for lang, other in (("en", "fr"), ("fr", "en")):
            assert read("", lang) == read(f"?lang={lang}", other) == PDF + lang.encode()


def test_a_withdrawn_article_takes_its_file_along_at_once(
    client: FlaskClient, article: Article
) -> None:
    for _ in range(2):
        assert client.get(address(article), buffered=True).status_code == 200
    withdraw(article)
    assert client.get(address(article)).status_code == 410


def test_without_the_question_a_withdrawn_file_would_go_out(
    client: FlaskClient, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the question that takes the file away."""
    with monkeypatch.context() as patch:
        patch.setattr(queries, "public_state", lambda **_: "always the same")
        client.get(address(article), buffered=True)
        withdraw(article)
        assert client.get(address(article), buffered=True).status_code == 200
    assert client.get(address(article)).status_code == 410


def test_a_file_that_is_gone_is_not_there(client: FlaskClient, article: Article) -> None:
    client.get(address(article), buffered=True)
    key = queries.files_of(article.slug)["en"]
    storage.delete(key or "")
    assert client.get(address(article)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status", "body"),
    [
        ({"Range": "bytes=0-7"}, 206, PDF[:8]),
        ({"Range": "bytes=-2"}, 206, b"en"),
        ({"Range": "bytes=0-0"}, 206, PDF[:1]),
        ({"Range": "bytes=999999999-"}, 416, None),
        ({"Range": "bytes=0-7", "If-Range": '"another"'}, 200, PDF + b"en"),
    ],
)
def test_who_asks_for_more_than_the_file_asks_the_application(
    client: FlaskClient,
    article: Article,
    asked: list[str],
    headers: dict[str, str],
    status: int,
    body: bytes | None,
) -> None:
    client.get(address(article), buffered=True)
    answer = client.get(address(article), headers=headers, buffered=True)
    assert (answer.status_code, len(asked)) == (status, 2)
    assert body is None or answer.data == body


def test_a_reader_with_a_cookie_asks_the_application(
    client: FlaskClient, article: Article, asked: list[str]
) -> None:
    client.get(address(article), buffered=True)
    client.set_cookie("lang", "fr")
    assert client.get(address(article), buffered=True).data == PDF + b"en"
    assert len(asked) == 2


def test_a_copy_is_told_to_be_fresh_and_a_head_has_no_body(
    client: FlaskClient, article: Article
) -> None:
    etag = client.get(address(article), buffered=True).headers["ETag"]
    fresh = client.get(address(article), headers={"If-None-Match": etag}, buffered=True)
    head = client.head(address(article), buffered=True)
    assert (fresh.status_code, fresh.data) == (304, b"")
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(PDF) + 2)
