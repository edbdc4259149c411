"""Pages of photos: upload, order, describe, and who may see a file."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.edge.pictures import PictureTooLarge
from eventsapp.photos import queries, service
from eventsapp.photos.models import Photo
from eventsapp.photos.types import PhotoDraft, Recognisable
from eventsapp.workshops.models import Workshop
from tests.factories.pictures import REFUSED, jpeg
from tests.factories.workshops import NOW, make_workshop, sign_in
from tests.pages import hidden_fields, text_of

READY_FOR_ALL = PhotoDraft(recognisable=Recognisable.NOBODY, version=1)


@pytest.fixture
def workshop(app: Flask, client: FlaskClient) -> Workshop:
    sign_in(client, Role.STAFF)
    return make_workshop()


def address(workshop: Workshop, more: str = "") -> str:
    return f"/manage/workshops/{workshop.id}/photos{more}"


def post(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    page = client.get(path).get_data(as_text=True)
    return client.post(path, data={**hidden_fields(page), **fields})


def send(client: FlaskClient, workshop: Workshop, *files: tuple[bytes, str]) -> TestResponse:
    uploads = [(io.BytesIO(data), name) for data, name in files]
    return post(client, address(workshop), files=uploads)


def add(workshop: Workshop, number: int = 0) -> Photo:
    return service.add_photo(
        workshop.id, jpeg(number), name=f"photo{number}.jpg", by=SYSTEM, now=NOW
    )


def test_many_photos_are_added_at_once_and_shown(client: FlaskClient, workshop: Workshop) -> None:
    assert "none yet" in text_of(client.get(f"/manage/workshops/{workshop.id}").text)
    answer = send(client, workshop, (jpeg(1), "one.jpg"), (jpeg(2), "two.jpg"))
    assert answer.status_code == 302
    page = text_of(client.get(address(workshop)).text)
    assert "2 photos added." in page
    assert "one.jpg" in page
    assert "say what it shows, in each language" in page
    assert "0 of 2 ready" in text_of(client.get(f"/manage/workshops/{workshop.id}").text)


def test_a_refused_file_is_named_with_its_reason_and_the_others_are_kept(
    client: FlaskClient, workshop: Workshop
) -> None:
    broken = REFUSED["truncated JPEG"][0]
    answer = send(client, workshop, (jpeg(1), "one.jpg"), (broken, "half.jpg"))
    assert answer.status_code == 422
    page = text_of(answer.text)
    assert "half.jpg: The picture is damaged or incomplete." in page
    assert [photo.name for photo in queries.list_photos(workshop.id)] == ["one.jpg"]


def test_a_script_is_told_of_each_file(client: FlaskClient, workshop: Workshop) -> None:
    page = client.get(address(workshop)).get_data(as_text=True)
    answer = client.post(
        address(workshop),
        data={**hidden_fields(page), "files": [(io.BytesIO(b""), "none.jpg")]},
        headers={"Accept": "application/json"},
    )
    assert answer.get_json() == {"added": 0, "refused": [["none.jpg", "The file is empty."]]}


def test_an_upload_above_the_limit_is_refused_beside_its_field(
    client: FlaskClient, workshop: Workshop
) -> None:
    answer = client.post(
        address(workshop),
        data=b"--x\r\n\r\n" + b"x" * 17_000_000 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert PictureTooLarge.message in text_of(answer.text)


def test_buttons_move_a_photo(client: FlaskClient, workshop: Workshop) -> None:
    first, second = add(workshop, 1), add(workshop, 2)
    token = hidden_fields(client.get(address(workshop)).text)["csrf_token"]
    answer = client.post(
        address(workshop, "/order"), data={"csrf_token": token, "later": str(first.id)}
    )
    assert answer.location.endswith(f"moved={first.id}#photo-{first.id}")
    assert [photo.id for photo in queries.list_photos(workshop.id)] == [second.id, first.id]
    client.post(
        address(workshop, "/order"),
        data={"csrf_token": token, "order": f"{first.id},{second.id}"},
    )
    assert [photo.id for photo in queries.list_photos(workshop.id)] == [first.id, second.id]


def test_a_photo_is_described_and_what_was_typed_stays_when_it_is_refused(
    client: FlaskClient, workshop: Workshop
) -> None:
    photo = add(workshop)
    path = address(workshop, f"/{photo.id}")
    fields = {
        "alternative-en": "Two officials talk.",
        "caption-en": "During the break",
        "credit": "Ines Marchetti",
        "recognisable": "nobody",
        "left": "50",
        "right": "45",
        "top": "0",
        "bottom": "0",
        "is_shown": "y",
    }
    refused = post(client, path, **fields)
    assert "Leave at least a tenth of the width and of the height." in text_of(refused.text)
    assert 'value="During the break"' in refused.text
    assert post(client, path, **{**fields, "right": "0"}).status_code == 302
    kept = queries.get_photo(workshop.id, photo.id)
    assert kept.alternative == Texts.of(en="Two officials talk.")
    assert (kept.credit, kept.cut_left, kept.recognisable) == ("Ines Marchetti", 50, "nobody")


def test_a_photo_is_removed_after_asking(client: FlaskClient, workshop: Workshop) -> None:
    photo = add(workshop)
    path = address(workshop, f"/{photo.id}/remove")
    assert "will be gone" in text_of(client.get(path).text)
    assert queries.count_photos(workshop.id) == 1
    post(client, path)
    assert queries.count_photos(workshop.id) == 0


def status_for(app: Flask, path: str, *roles: Role) -> int:
    """What somebody else gets, in a context of their own."""
    with app.app_context():
        client = app.test_client()
        if roles:
            sign_in(client, *roles)
        return client.get(path, buffered=True).status_code


def test_a_photo_is_seen_by_those_who_keep_it_and_by_all_once_news_shows_it(app: Flask) -> None:
    workshop = make_workshop()
    photo = add(workshop)
    service.describe_photo(workshop.id, photo.id, READY_FOR_ALL, by=SYSTEM, now=NOW)
    path, files = f"/photos/{photo.file_key}", [(photo.id, photo.file_key)]
    keepers = (Role.STAFF, Role.EDITOR, Role.ADMIN)
    assert [status_for(app, path, role) for role in keepers] == [200, 200, 200]
    assert [status_for(app, path), status_for(app, path, Role.ORGANISER)] == [404, 404]
    service.show_to_everybody(workshop.id, files, by=SYSTEM, now=NOW)
    assert status_for(app, path) == 200
    service.show_to_everybody(workshop.id, (), by=SYSTEM, now=NOW)
    assert status_for(app, path) == 404


def test_a_photo_is_sent_as_a_picture_and_nothing_else(
    client: FlaskClient, workshop: Workshop
) -> None:
    seen = client.get(f"/photos/{add(workshop).file_key}", buffered=True)
    assert (seen.status_code, seen.content_type) == (200, "image/jpeg")
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert seen.headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("key", ["a" * 64 + ".jpg", "a" * 64 + ".pdf", "..%2F..%2Fetc", "x.jpg"])
def test_what_is_no_photo_is_not_there(client: FlaskClient, workshop: Workshop, key: str) -> None:
    assert client.get(f"/photos/{key}").status_code == 404
