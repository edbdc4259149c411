"""WordPress, by its REST interface and an application password: a post an article and language,
with its photo in the site's library and what it is filed under as tags.

A reply may be lost after the post was made, so before making one we look for it by the name that
only this article in this language has, and by the mark that its text ends with.
"""

from html import escape
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.core.texts import direction
from eventsapp.edge.http import Answer
from eventsapp.news.channel import Item, NotAllowed, PushChannel, Receipt, Sending, Setting, Target
from eventsapp.news.channels import _wordpress as site
from eventsapp.news.channels._answers import check_accepted, date_of
from eventsapp.web.locale import OWN_NAMES

POSTS = "posts"
EVERY_STATUS = "publish,future,draft,pending,private,trash"


def send(target: Target, sending: Sending) -> Receipt:
    item = sending.item
    if item is None:
        return _take_away(target, sending)
    post_id = sending.remote_id or _find(target, sending)
    media_id = site.put_picture(target, sending, item.picture)
    tags = site.tags_of(target, item.tags)
    draft = _post_of(item, sending.handle, media_id) | {"featured_media": media_id, "tags": tags}
    answer = _write(target, draft, post_id)
    if post_id and answer.status == 404:
        # Somebody emptied the trash there, or removed the post: it is made anew.
        answer = _write(target, draft, "")
    post = site.read_object(check_accepted(answer))
    if post_id or media_id:
        site.keep_picture(target, sending, str(post.get("id", 0)), media_id, item.picture)
    return Receipt(remote_id=str(post.get("id", "")), url=str(post.get("link", "")))


def _write(target: Target, draft: dict[str, Any], post_id: str) -> Answer:
    return site.call(target, "POST", f"{POSTS}/{post_id}" if post_id else POSTS, draft)


def _take_away(target: Target, sending: Sending) -> Receipt:
    """Into the site's trash, from where its own editors decide; the photo leaves its library."""
    post_id = sending.remote_id or _find(target, sending)
    if post_id:
        site.keep_picture(target, sending, post_id, 0, None)
        answer = site.call(target, "DELETE", f"{POSTS}/{post_id}")
        # Not there, or in the trash already: a reply was lost, or somebody was faster.
        if answer.status not in {404, 410}:
            check_accepted(answer)
    return Receipt(remote_id=post_id)


def _find(target: Target, sending: Sending) -> str:
    """The post that a lost reply was about; empty where there is none of ours."""
    mark = _mark(sending.handle)
    named = {"slug": sending.handle, "status": EVERY_STATUS, "context": "edit"}
    for post in site.list_of(target, POSTS, **named):
        if mark in post.get("content", {}).get("raw", ""):
            return str(post["id"])
    return ""


def _post_of(item: Item, handle: str, media_id: int) -> dict[str, Any]:
    # A theme shows the library's photo above the text: it is not shown twice.
    text = item.html_below_picture if media_id else item.html
    words = f"{_standfirst(item)}{text}{_source(item)}"
    content = f'<div lang="{item.lang}" dir="{direction(item.lang)}">\n{words}</div>\n'
    return {
        "title": item.headline,
        "excerpt": item.standfirst,
        "content": f"{content}{_mark(handle)}",
        "slug": handle,
        "status": "publish",
        "date_gmt": date_of(item.published),
    }


def _standfirst(item: Item) -> str:
    notes = f"<p><em>{escape(item.correction)}</em></p>\n" if item.correction else ""
    return f"{notes}<p><strong>{escape(item.standfirst)}</strong></p>\n"


def _source(item: Item) -> str:
    """The way to the article here, and to its other languages: WordPress itself knows of none."""
    own = f'\n<p><a href="{escape(item.url)}" rel="canonical">{escape(item.url)}</a></p>\n'
    others = [
        f'<a href="{escape(url)}" hreflang="{lang}" lang="{lang}">{OWN_NAMES[lang]}</a>'
        for lang, url in item.urls.items()
        if lang != item.lang
    ]
    return f"{own}<p>{' · '.join(others)}</p>\n" if others else own


def _mark(handle: str) -> str:
    """A comment in the text: WordPress keeps it, and no reader sees it."""
    return f"<!-- eventsapp:{handle} -->"


def check(target: Target, _sending: Sending) -> str:
    """Whether the account may publish."""
    answer = check_accepted(site.call(target, "GET", "users/me?context=edit"))
    can = site.read_object(answer).get("capabilities", {})
    if not can.get("publish_posts"):
        raise NotAllowed(N_("The account may not publish posts there."))
    if not can.get("upload_files"):
        return N_("The account may publish, but not add photos: they are shown from here.")
    return N_("The site lets us in, and the account may publish.")


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
