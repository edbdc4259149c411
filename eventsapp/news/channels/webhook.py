"""Webhooks: each change of an article as one signed ninjs item (the Standard Webhooks headers).

The signature covers the message's name, its moment and its body, so that neither can be changed
and whoever keeps the names of the last five minutes notices a replay.
"""

import base64
import hashlib
import hmac
import json
import secrets

from eventsapp.core import clock
from eventsapp.core.errors import N_
from eventsapp.news.channel import (
    NotAllowed,
    PushChannel,
    Receipt,
    Sending,
    Setting,
    Target,
)
from eventsapp.news.channels._answers import ask, check_accepted
from eventsapp.news.channels.ninjs import item_to_json, withdrawal_to_json

PREFIX = "whsec_"


def make_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, name: str, moment: int, body: bytes) -> str:
    """HMAC-SHA256 over ``name.moment.body``; ``moment`` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{name}.{moment}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def send(target: Target, sending: Sending) -> Receipt:
    item = sending.item
    told = item_to_json(item) if item else withdrawal_to_json(sending.withdrawal)
    body = json.dumps(told, ensure_ascii=False).encode()
    moment = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": sending.key,
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(target.secret, sending.key, moment, body),
    }
    answer = ask("POST", target.settings["url"], headers=headers, body=body)
    if answer.status == 410:
        raise NotAllowed(N_("The receiver says that it wants no more messages."))
    check_accepted(answer)
    return Receipt(remote_id=sending.key)


def check(target: Target, sending: Sending) -> str:
    """Send a message that says it is a test: a cancelled item that never was."""
    send(target, sending)
    return N_("The receiver accepted the test message.")


WEBHOOK = PushChannel(
    key="webhook",
    label="Webhook",
    about=N_("Each change of an article as a signed ninjs item, sent to a program of yours."),
    settings=(
        Setting(
            name="url",
            label=N_("Address that takes the messages"),
            hint=N_("Messages are sent to it by POST, as JSON."),
            is_address=True,
        ),
    ),
    send=send,
    check=check,
    makes_secret=make_secret,
)
