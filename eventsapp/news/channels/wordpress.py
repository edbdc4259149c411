"""WordPress, by its REST interface and an application password: a post an article and language.

A reply may be lost after the post was made, so before making one we look for it by the name that
only this article in this language has, and by the mark that its text ends with.
"""

import base64
import json
from html import escape
from typing import Any
from urllib.parse import urlencode

from eventsapp.core.errors import N_
from eventsapp.edge.http import Answer, Unreachable
from eventsapp.news.channel import (
    Impossible,
    Item,
    NotAllowed,
    PushChannel,
    Receipt,
    Sending,
    Setting,
    Target,
    TryLater,
)
from eventsapp.news.channels._answers import ask, check_accepted, date_of

POSTS = "posts"
EVERY_STATUS = "publish,future,draft,pending,private,trash"


def send(target: Target, sending: Sending) -> Receipt:
    if sending.item is None:
        return _take_away(target, sending)
    post_id = sending.remote_id or _find(target, sending)
    answer = _write(target, sending, post_id)
    if post_id and answer.status == 404:
        # Somebody emptied the trash there, or removed the post: it is made anew.
        answer = _write(target, sending, "")
    post = _object(check_accepted(answer))
    return Receipt(remote_id=str(post.get("id", "")), url=str(post.get("link", "")))


def _write(target: Target, sending: Sending, post_id: str) -> Answer:
    if sending.item is None:
        raise ValueError("nothing to write")
    path = f"{POSTS}/{post_id}" if post_id else POSTS
    return _call(target, "POST", path, body=_post_of(sending.item, sending.handle))


def _take_away(target: Target, sending: Sending) -> Receipt:
    """Into the site's trash, from where its own editors decide."""
    post_id = sending.remote_id or _find(target, sending)
    if post_id:
        answer = _call(target, "DELETE", f"{POSTS}/{post_id}")
        # Not there, or in the trash already: a reply was lost, or somebody was faster.
        if answer.status not in {404, 410}:
            check_accepted(answer)
    return Receipt(remote_id=post_id)


def _find(target: Target, sending: Sending) -> str:
    """The post that a lost reply was about; empty where there is none of ours."""
    query = {"slug": sending.handle, "status": EVERY_STATUS, "context": "edit"}
    answer = check_accepted(_call(target, "GET", f"{POSTS}?{urlencode(query)}"))
    mark = _mark(sending.handle)
    for post in _list(answer):
        if mark in post.get("content", {}).get("raw", ""):
            return str(post["id"])
    return ""


def _post_of(item: Item, handle: str) -> dict[str, Any]:
    return {
        "title": item.headline,
        "excerpt": item.standfirst,
        "content": f"{_standfirst(item)}{item.html}{_source(item)}{_mark(handle)}",
        "slug": handle,
        "status": "publish",
        "date_gmt": date_of(item.published),
    }


def _standfirst(item: Item) -> str:
    notes = f"<p><em>{escape(item.correction)}</em></p>\n" if item.correction else ""
    return f"{notes}<p><strong>{escape(item.standfirst)}</strong></p>\n"


def _source(item: Item) -> str:
    return f'\n<p><a href="{escape(item.url)}" rel="canonical">{escape(item.url)}</a></p>\n'


def _mark(handle: str) -> str:
    """A comment in the text: WordPress keeps it, and no reader sees it."""
    return f"<!-- eventsapp:{handle} -->"


def check(target: Target, _sending: Sending) -> str:
    """Whether the account may publish."""
    person = _object(check_accepted(_call(target, "GET", "users/me?context=edit")))
    if not person.get("capabilities", {}).get("publish_posts"):
        raise NotAllowed(N_("The account may not publish posts there."))
    return N_("The site lets us in, and the account may publish.")


def _call(target: Target, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
    base = target.settings["url"].rstrip("/")
    key = f"{target.settings['user']}:{target.secret}".encode()
    headers = {
        "Authorization": f"Basic {base64.b64encode(key).decode()}",
        "Accept": "application/json",
    }
    if body is not None:
        headers["Content-Type"] = "application/json; charset=utf-8"
    data = json.dumps(body).encode() if body is not None else None
    return ask(method, f"{base}/wp-json/wp/v2/{path}", headers=headers, body=data)


def _object(answer: Answer) -> dict[str, Any]:
    found = _read(answer)
    if not isinstance(found, dict):
        raise Impossible(NO_WORDPRESS)
    return found


def _list(answer: Answer) -> list[dict[str, Any]]:
    found = _read(answer)
    if not isinstance(found, list):
        raise Impossible(NO_WORDPRESS)
    return [post for post in found if isinstance(post, dict) and "id" in post]


def _read(answer: Answer) -> Any:
    try:
        return answer.json()
    except Unreachable as error:
        raise TryLater(str(error)) from None


NO_WORDPRESS = N_("This is no WordPress site, or its REST interface is switched off.")

WORDPRESS = PushChannel(
    key="wordpress",
    label="WordPress",
    about=N_("Posts on another site, one for each language, kept as the article is here."),
    settings=(
        Setting(
            name="url",
            label=N_("Address of the site"),
            hint=N_("As its readers type it: https://www.organisation.example"),
            is_address=True,
        ),
        Setting(name="user", label=N_("Name of the account there")),
        Setting(
            name="password",
            label=N_("Application password"),
            hint=N_(
                "Made in WordPress, in the account’s profile; not what somebody signs in with."
            ),
            is_secret=True,
        ),
    ),
    send=send,
    check=check,
)
