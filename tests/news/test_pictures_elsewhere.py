"""Pictures of an article on somebody else's page: whole addresses, which others may show."""

import re

from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.photos import service as photos
from eventsapp.photos.links import whole_media_url
from eventsapp.photos.types import PhotoDraft, Recognisable
from tests.factories.channels import make_target, work_at
from tests.factories.news import DATED, PUBLISHED, approve
from tests.factories.pictures import jpeg
from tests.factories.receivers import WordPress, serving
from tests.factories.workshops import NOW, make_workshop

SEEN = Texts.of(en="Two officials talk.", fr="Deux responsables discutent.", ar="مسؤولان.")


def test_a_post_shows_the_photo_from_here(app: Flask) -> None:
    """A job draws the article: there is no request that an address could be taken from."""
    workshop = make_workshop()
    photo = photos.add_photo(workshop.id, jpeg(), name="a.jpg", by=SYSTEM, now=NOW)
    draft = PhotoDraft(alternative=SEEN, recognisable=Recognisable.NOBODY, version=1)
    photos.describe_photo(workshop.id, photo.id, draft, by=SYSTEM, now=NOW)
    approve(workshop)
    with serving(WordPress("editor", "password")) as site:
        assert isinstance(site, WordPress)
        # Its account may not add photos to the library there.
        site.may_upload = False
        make_target("wordpress", site.url, "password")
        service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
        work_at(PUBLISHED)
        (post,) = site.published()
    sources = re.findall(r'<img[^>]*\ssrc="([^"]+)"', post["content"])
    assert sources
    client = app.test_client()
    for source in sources:
        assert source.startswith("http://localhost:8000/"), source
        shown = client.get(source.removeprefix("http://localhost:8000"), buffered=True)
        policy = shown.headers["Cross-Origin-Resource-Policy"]
        assert (shown.status_code, policy) == (200, "cross-origin"), source


def test_an_emblem_of_ours_may_be_shown_elsewhere_and_a_style_sheet_may_not(
    sqlite_app: Flask,
) -> None:
    client = sqlite_app.test_client()
    emblem = whole_media_url("static/emblems/european-union.svg")
    assert emblem == "http://localhost:8000/static/emblems/european-union.svg"
    policies = [
        client.get(path, buffered=True).headers["Cross-Origin-Resource-Policy"]
        for path in ("/static/emblems/european-union.svg", "/static/css/base.css")
    ]
    assert policies == ["cross-origin", "same-origin"]
