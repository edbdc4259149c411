"""Codes in mails to subscribers: what they open, and nothing else.

A code names its row and is made with a key of the data folder, so that a link in an old mail works
for as long as there is somebody to unsubscribe.
"""

import base64
import hashlib
import hmac
import re
from enum import StrEnum

from eventsapp.core import db
from eventsapp.edge.keys import kept_key
from eventsapp.edge.mail import absolute_url
from eventsapp.news.models import Subscriber

_CODE = re.compile(r"([1-9]\d{0,8})-([A-Z2-7]{20})")


class Purpose(StrEnum):
    CONFIRM = "confirm"
    LEAVE = "leave"


def code_of(subscriber: Subscriber, purpose: Purpose) -> str:
    """The row's number and 100 bits that only we can make."""
    facts = f"{purpose}|{subscriber.id}|{subscriber.nonce}".encode()
    digest = hmac.new(kept_key("subscriptions"), facts, hashlib.sha256).digest()
    return f"{subscriber.id}-{base64.b32encode(digest).decode()[:20]}"


def find_by_code(code: str, purpose: Purpose) -> Subscriber | None:
    found = _CODE.fullmatch(code.strip().upper())
    subscriber = db.session().get(Subscriber, int(found[1])) if found else None
    if subscriber is None or found is None:
        return None
    is_genuine = hmac.compare_digest(code_of(subscriber, purpose), found[0])
    return subscriber if is_genuine else None


def confirm_link(subscriber: Subscriber) -> str:
    """The code stands behind the "#": browsers send that to nobody."""
    page = absolute_url("news.confirm_subscription", lang=subscriber.lang)
    return f"{page}#{code_of(subscriber, Purpose.CONFIRM)}"


def leave_link(subscriber: Subscriber) -> str:
    page = absolute_url("news.leave", lang=subscriber.lang)
    return f"{page}#{code_of(subscriber, Purpose.LEAVE)}"


def one_click_headers(subscriber: Subscriber) -> dict[str, str]:
    """What lets a mail program unsubscribe by itself (RFC 8058): an address that is posted to."""
    url = absolute_url("news.leave_at_once", code=code_of(subscriber, Purpose.LEAVE))
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
