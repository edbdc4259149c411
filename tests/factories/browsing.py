"""A person in front of a browser without scripts: opens pages, fills forms, keeps cookies."""

import base64
import hashlib
import hmac
import re
import struct
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.accounts import PASSWORD

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.app = app
        self.client = app.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address

    def open(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def submit(self, path: str, *, to: str = "", **fields: Any) -> TestResponse:
        """Open the page, fill the fields and send them (``to`` another address, if given)."""
        page = self.open(path)
        assert page.status_code == 200, (path, page.status_code, page.location)
        return self.client.post(to or path, data={"csrf_token": csrf_of(page), **fields})

    def sign_in(self, email: str, password: str = PASSWORD, path: str = "/login") -> TestResponse:
        return self.submit(path, email=email, password=password)

    def is_signed_in(self) -> bool:
        return self.open("/manage/account").status_code == 200

    def cookie(self) -> str:
        """The session as the browser keeps it."""
        found = self.client.get_cookie("session")
        return found.value if found else ""

    def use_cookie(self, value: str) -> None:
        self.client.set_cookie("session", value)


def csrf_of(page: TestResponse) -> str:
    found = CSRF.search(page.text)
    assert found, "the page has no form"
    return found.group(1)


def words_of(page: TestResponse) -> str:
    """What the page's main part says, without its tags."""
    text = page.text
    main = text[text.index("<main") : text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def totp(key: str, at: float) -> str:
    """The six digits that an app with this key shows (RFC 6238)."""
    plain = key.replace("-", "").replace(" ", "").upper()
    secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
