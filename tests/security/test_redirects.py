"""Nobody is sent to another site after signing in, however its address is spelt."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from eventsapp.accounts.sessions import is_local
from tests.factories.accounts import PASSWORD
from tests.factories.browsing import Browser, csrf_of

MAIL = "nadia@office.example"
EVIL = "evil.example"
SPELLINGS = [
    f"https://{EVIL}",
    f"http://{EVIL}/manage/",
    f"HTTPS://{EVIL}",
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}",
    f"//{EVIL}/%2f..",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\\\{EVIL}",
    f"/\\/{EVIL}",
    f"\\\\\\{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"/\r/{EVIL}",
    f"\t//{EVIL}",
    f" //{EVIL}",
    f"\x00//{EVIL}",
    f"\x19//{EVIL}",
    f"/\x0b/{EVIL}",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"http:\\\\{EVIL}",
    f"//localhost@{EVIL}",
    f"https://localhost@{EVIL}",
    f"https://localhost:x@{EVIL}",
    f"https://localhost.{EVIL}",
    f"https://{EVIL}#localhost",
    f"https://{EVIL}?localhost",
    f"https://{EVIL}\\.localhost",
    f"//{EVIL}:80",
    f"//{EVIL}\\@localhost",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    f"ftp://{EVIL}",
    f"//[{EVIL}]",
    "http://[::1",
    f"/%09/{EVIL}//x",
    f"/.//{EVIL}",
    f"/manage//{EVIL}",
    f"/..//{EVIL}",
    f"{EVIL}",
    f"@{EVIL}",
    f"\u2028//{EVIL}",
    f"/\u2028/{EVIL}",
    f"／／{EVIL}",
    f"http://localhost/\r\nLocation: https://{EVIL}",
    "http://localhost:99999/",
    "security.logout",
    "?next=//evil.example",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_is_local_refuses(spelling: str) -> None:
    assert not is_local(spelling)


@pytest.mark.parametrize(
    "path", ["/", "/manage/", "/manage/users?q=a%20b&page=2", "/workshops/ليبيا", "/a?q=x y#z"]
)
def test_is_local_takes_our_own_paths(path: str) -> None:
    """The control: it does not simply refuse everything."""
    assert is_local(path)


def outcome(answer: TestResponse) -> str:
    return answer.location or str(answer.status_code)


def test_nobody_is_sent_elsewhere_after_signing_in(sqlite_office: Flask) -> None:
    token_browser = Browser(sqlite_office)
    token = csrf_of(token_browser.open("/login"))
    fields = {"csrf_token": token, "email": MAIL, "password": PASSWORD}

    def by_form(target: str) -> TestResponse:
        token_browser.use_cookie(anonymous)
        return token_browser.client.post("/login", data=fields | {"next": target})

    def by_address(target: str) -> TestResponse:
        return Browser(sqlite_office).open("/login", query_string={"next": target})

    def by_both(target: str) -> TestResponse:
        token_browser.use_cookie(anonymous)
        return token_browser.client.post("/login", query_string={"next": target}, data=fields)

    anonymous = token_browser.cookie()
    ways: list[Callable[[str], TestResponse]] = [by_form, by_address, by_both]
    found = {way.__name__: {outcome(way(spelling)) for spelling in SPELLINGS} for way in ways}
    # An address with a character that no address has is refused before any page is asked.
    assert found == {"by_form": {"400"}, "by_address": {"/login", "400"}, "by_both": {"400"}}
    assert {outcome(by_address(target)) for target in SPELLINGS if "\0" not in target} == {"/login"}
    # The control: a path of ours is followed.
    assert outcome(by_form("/manage/account?lang=fr")) == "/manage/account?lang=fr"
