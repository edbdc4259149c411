"""Requests to other sites: where they may go, and how long and large an answer may be."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from eventsapp.edge import http
from eventsapp.edge.http import AddressNotAllowed, Unreachable, check_address, request
from eventsapp.edge.sealing import SealBroken, seal, unseal
from tests.factories.receivers import Receiver, serving


@pytest.fixture
def receiver(sqlite_app: Flask) -> Iterator[Receiver]:
    with serving(Receiver()) as receiver:
        yield receiver


@pytest.fixture
def production(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(sqlite_app.extensions["settings"], mode="production")
    monkeypatch.setitem(sqlite_app.extensions, "settings", settings)


@pytest.mark.parametrize(
    "url",
    [
        "http://organisation.example/", "ftp://organisation.example/", "file:///etc/passwd",
        "https://", "https://user:secret@organisation.example/", "https://a.example/#part",
        "https://a.example:0/", "https://a.example:99999/", "https://a example/", "//a.example/",
        "https://a.example/\r\nX: y", "gopher://127.0.0.1/", "https://ä.example/", "",
        "http://127.0.0.1.example/", "http://localhost.example/",
    ],
)  # fmt: skip
def test_only_whole_https_addresses_are_taken(sqlite_app: Flask, url: str) -> None:
    with pytest.raises(AddressNotAllowed):
        check_address(url)


def test_loopback_is_for_demos_and_tests(receiver: Receiver, production: None) -> None:
    with pytest.raises(AddressNotAllowed):
        request("GET", receiver.url)
    assert receiver.requests == []


def test_the_control_loopback_answers_where_it_may(receiver: Receiver) -> None:
    assert request("GET", f"{receiver.url}/a?b=c").json() == {}
    assert (receiver.requests[0].path, receiver.requests[0].query) == ("/a", {"b": "c"})


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1",  # noqa: S104
     "fd00::1",
     "::ffff:10.0.0.8", "224.0.0.1", "fe80::1%eth0", "100.64.0.1"],
)  # fmt: skip
def test_a_name_that_leads_into_a_network_of_ours_is_not_asked(
    sqlite_app: Flask, production: None, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Whatever the name promised, the connection goes to the address that was looked at."""

    def resolve(*_args: Any, **_options: Any) -> list[Any]:
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))
        return [public, (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(AddressNotAllowed):
        request("GET", "https://organisation.example/")


def test_redirects_are_answers(receiver: Receiver) -> None:
    receiver.answer = lambda _: (302, {"Location": "http://169.254.169.254/"}, b"")
    assert request("GET", receiver.url).status == 302
    assert len(receiver.requests) == 1


def test_too_much_is_not_read(receiver: Receiver) -> None:
    receiver.answer = lambda _: (200, {}, b"x" * (http.MOST_BYTES + 1))
    with pytest.raises(Unreachable, match="more than we take"):
        request("GET", receiver.url)


def test_a_site_that_does_not_answer_is_left(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        with pytest.raises(Unreachable, match="did not answer in time"):
            request("GET", f"http://127.0.0.1:{port}/")


def test_nobody_there_is_said_in_plain_words(sqlite_app: Flask) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unreachable, match="cannot be reached"):
        request("GET", f"http://127.0.0.1:{port}/")


def test_a_seal_hides_and_tells_when_it_was_broken(sqlite_app: Flask) -> None:
    sealed = seal("tests", "a password")
    assert "password" not in sealed
    assert sealed != seal("tests", "a password")
    assert unseal("tests", sealed) == "a password"
    with pytest.raises(SealBroken):
        unseal("others", sealed)
