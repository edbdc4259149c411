"""How WordPress' REST interface is asked, and what stands beside a post there: photo and tags."""

import base64
import json
from html import unescape
from typing import Any
from urllib.parse import urlencode

from eventsapp.core.errors import N_
from eventsapp.edge import storage
from eventsapp.edge.http import Answer, Unreachable
from eventsapp.news.channel import Impossible, Picture, Sending, Target, TryLater
from eventsapp.news.channels._answers import ask, check_accepted

NO_WORDPRESS = N_("This is no WordPress site, or its REST interface is switched off.")
MOST = 100
# What WordPress answers where the account, or the site, does not take files.
_NO_FILES = frozenset({400, 403, 413, 415})


def call(target: Target, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
    data = json.dumps(body).encode() if body is not None else None
    return _call(target, method, path, data, {"Content-Type": "application/json; charset=utf-8"})


def _call(
    target: Target, method: str, path: str, data: bytes | None, about: dict[str, str]
) -> Answer:
    base = target.settings["url"].rstrip("/")
    key = f"{target.settings['user']}:{target.secret}".encode()
    headers = {
        "Authorization": f"Basic {base64.b64encode(key).decode()}",
        "Accept": "application/json",
    }
    if data is not None:
        headers |= about
    return ask(method, f"{base}/wp-json/wp/v2/{path}", headers=headers, body=data)


def read_object(answer: Answer) -> dict[str, Any]:
    found = _read(answer)
    if not isinstance(found, dict):
        raise Impossible(NO_WORDPRESS)
    return found


def list_of(target: Target, path: str, **query: str) -> list[dict[str, Any]]:
    answer = check_accepted(call(target, "GET", f"{path}?{urlencode(query)}"))
    found = _read(answer)
    if not isinstance(found, list):
        raise Impossible(NO_WORDPRESS)
    return [row for row in found if isinstance(row, dict) and "id" in row]


def _read(answer: Answer) -> Any:
    try:
        return answer.json()
    except Unreachable as error:
        raise TryLater(str(error)) from None


def put_picture(target: Target, sending: Sending, picture: Picture | None) -> int:
    """The number of the photo in the site's library; 0 where there is none, or none is taken.

    Its name says which article, language and file it is, so one whose reply was lost is found.
    """
    if picture is None or not storage.exists(picture.key):
        return 0
    name = f"{_prefix(sending)}{storage.digest_of(picture.key)[:12]}"
    for found in list_of(target, "media", slug=name):
        return int(found["id"])
    answer = _call(
        target,
        "POST",
        "media",
        storage.read(picture.key),
        {
            "Content-Type": "image/jpeg",
            "Content-Disposition": f'attachment; filename="{name}.jpg"',
        },
    )
    if answer.status in _NO_FILES:
        return 0
    return int(read_object(check_accepted(answer)).get("id", 0))


def keep_picture(
    target: Target, sending: Sending, post_id: str, media_id: int, picture: Picture | None
) -> None:
    """Say what the photo shows and whose it is, and take away those that the article had before."""
    if media_id and picture is not None:
        about = {"post": int(post_id), "alt_text": picture.alt, "caption": picture.credit}
        check_accepted(call(target, "POST", f"media/{media_id}", about))
    for row in list_of(target, "media", parent=post_id, per_page=str(MOST)):
        is_ours = str(row.get("slug", "")).startswith(_prefix(sending))
        if is_ours and row["id"] != media_id:
            # The library has no trash: a photo whose consent was taken back is gone for good.
            answer = call(target, "DELETE", f"media/{row['id']}?force=true")
            if answer.status not in {404, 410}:
                check_accepted(answer)


def _prefix(sending: Sending) -> str:
    return f"eventsapp-{sending.article_id}-{sending.lang}-"


def tags_of(target: Target, names: tuple[str, ...]) -> list[int]:
    """The numbers of the site's tags of these names, made where the account may make some."""
    found = (_tag_of(target, name) for name in names)
    return [number for number in found if number]


def _tag_of(target: Target, name: str) -> int:
    for row in list_of(target, "tags", search=name, per_page=str(MOST)):
        if unescape(str(row.get("name", ""))).casefold() == name.casefold():
            return int(row["id"])
    answer = call(target, "POST", "tags", {"name": name})
    if answer.status == 400:
        # Somebody was faster, or the site takes two spellings for one.
        data = read_object(answer).get("data")
        return int(data.get("term_id", 0)) if isinstance(data, dict) else 0
    if answer.status == 403:
        return 0
    return int(read_object(check_accepted(answer)).get("id", 0))
