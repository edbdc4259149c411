"""The pages of those who run a workshop: who may open them, what they do, how they hold up."""

import csv
import io
import re
import threading
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from eventsapp.accounts.models import User
from eventsapp.attendance import service
from eventsapp.attendance.models import AttendanceRecord, ImportBatch, Registration
from eventsapp.attendance.queries import count_attended
from eventsapp.attendance.rules.roster import roster_keys
from eventsapp.attendance.types import RegistrationStatus
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.people.models import Person
from eventsapp.people.rules import name_key
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.attendance.test_views_public import errors_of, fields, post, send, upcoming
from tests.factories.attendance import register
from tests.factories.queries import statements
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in


@pytest.fixture
def organiser(client: FlaskClient) -> User:
    return sign_in(client, user=make_user(Role.ORGANISER))


def running(organiser: User, **changes: Any) -> Workshop:
    """A workshop that takes place now: check-in is open."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=7)}
    draft: dict[str, Any] = {**times, "timezone": "UTC", "sessions": (), **changes}
    return make_workshop(by=actor_of(organiser), **draft)


def base(workshop: Workshop) -> str:
    return f"/manage/workshops/{workshop.id}"


def text_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def names_in(text: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><bdi><a[^>]*>([^<]*)</a>', text)


def test_the_list_shows_everybody_with_status_mode_and_attendance(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser, seats_in_person=1)
    first = register(workshop, now=clock.now(), name="Salma Haddad")
    register(workshop, now=clock.now(), name="Omar Ali")
    service.check_in_registration(first.id, by=actor_of(organiser), now=clock.now())
    service.record_attendance(
        first.id,
        mode=Mode.ONLINE,
        source="video",  # type: ignore[arg-type]
        started_at=workshop.starts_at,
        ended_at=workshop.starts_at + timedelta(minutes=45),
        by=actor_of(organiser),
        now=clock.now(),
    )

    text = text_of(client, f"{base(workshop)}/people")

    assert names_in(text) == ["Omar Ali", "Salma Haddad"]
    assert re.findall(r'class="status status--\w+">(confirmed|waiting)<', text) == [
        "waiting",
        "confirmed",
    ]
    assert "in person and online, 45 minutes" in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=hadad&q=", []),
        ("q=HADDAD", ["Salma Haddad"]),
        ("q=éloise", ["Éloïse N'Diaye"]),
        ("q=planning", ["Salma Haddad"]),
        ("q=omar@ministry.example", ["Omar Ali"]),
        ("q=%25", []),
        ("status=waitlisted", ["Éloïse N'Diaye"]),
        ("mode=online", ["Omar Ali"]),
        ("took_part=yes", ["Salma Haddad"]),
        ("took_part=no", ["Omar Ali", "Éloïse N'Diaye"]),
        ("took_part=in_person", ["Salma Haddad"]),
        ("took_part=both", []),
        ("status=nonsense", []),
        ("page=999999999999999999999", ["Omar Ali", "Salma Haddad", "Éloïse N'Diaye"]),
    ],
)
def test_the_list_can_be_searched_and_filtered(
    client: FlaskClient, organiser: User, query: str, names: list[str]
) -> None:
    workshop = running(organiser, seats_in_person=1)
    salma = register(
        workshop, now=clock.now(), name="Salma Haddad", institution="Ministry of Planning"
    )
    register(
        workshop,
        Mode.ONLINE,
        now=clock.now(),
        name="Omar Ali",
        email="omar@ministry.example",
        institution="Coast Guard",
    )
    register(workshop, now=clock.now(), name="Éloïse N'Diaye", institution="Customs")
    service.check_in_registration(salma.id, by=actor_of(organiser), now=clock.now())

    text = text_of(client, f"{base(workshop)}/people?{query}")

    assert sorted(name.replace("&#39;", "'") for name in names_in(text)) == sorted(names)


@db.transaction
def add_many(workshop_id: int, count: int) -> None:
    """Rows straight into the tables: the list is measured, not the use case."""
    session, now = db.session(), clock.now()
    people = [
        Person(name=f"Person {n}", name_key=name_key(f"Person {n}"), created_at=now)
        for n in range(count)
    ]
    session.add_all(people)
    session.flush()
    registrations = [
        Registration(
            workshop_id=workshop_id,
            person_id=person.id,
            mode=Mode.ONLINE,
            status=RegistrationStatus.WAITLISTED,
            code=f"N{person.id}",
            queued_at=now,
            created_at=now,
            changed_at=now,
            **asdict(roster_keys(person)),
        )
        for person in people
    ]
    session.add_all(registrations)
    session.flush()
    session.add_all(
        AttendanceRecord(
            workshop_id=workshop_id,
            registration_id=registration.id,
            mode=Mode.ONLINE,
            source="video",
            started_at=now,
            ended_at=now,
            recorded_at=now,
        )
        for registration in registrations
    )


def test_the_list_and_statistics_need_as_many_queries_for_three_as_for_three_thousand(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)
    paths = [f"{base(workshop)}/people", f"{base(workshop)}/people/statistics"]
    counts = []

    for more in (3, 2_997):
        add_many(workshop.id, more)
        for path in paths:
            client.get(path)
            db.session().expire_all()
            with statements() as sent:
                assert client.get(path).status_code == 200
            counts.append(len(sent))

    assert counts[:2] == counts[2:]


def test_the_list_comes_in_pages(client: FlaskClient, organiser: User) -> None:
    workshop = running(organiser)
    add_many(workshop.id, 120)

    pages = [len(names_in(text_of(client, f"{base(workshop)}/people?page={n}"))) for n in (1, 3)]

    assert pages == [50, 20]


def test_exports_hold_the_filtered_list_and_no_formula(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)
    register(workshop, now=clock.now(), name="=cmd|' /C calc'!A0", institution="@SUM(1)")
    register(workshop, Mode.ONLINE, now=clock.now(), name="Omar Ali")

    as_csv = client.get(f"{base(workshop)}/people.csv?mode=in_person")
    as_xlsx = client.get(f"{base(workshop)}/people.xlsx")

    rows = list(csv.reader(io.StringIO(as_csv.data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["Name", "'=cmd|' /C calc'!A0"]
    assert rows[1][2] == "'@SUM(1)"
    assert as_csv.headers["Content-Disposition"] == (
        f'attachment; filename="{workshop.ref}-people.csv"'
    )
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx.data)).worksheets[0]
    cells = [page.cell(row, 1) for row in (2, 3)]
    assert {(cell.value, cell.data_type) for cell in cells} == {
        ("=cmd|' /C calc'!A0", "s"),
        ("Omar Ali", "s"),
    }


def test_an_export_of_an_unknown_kind_is_not_found(client: FlaskClient, organiser: User) -> None:
    assert client.get(f"{base(running(organiser))}/people.exe").status_code == 404


def test_add_somebody_by_hand(client: FlaskClient, organiser: User) -> None:
    workshop = running(organiser)
    path = f"{base(workshop)}/people/add"
    filled = {"mode": "in_person", "language": "ar", "sex": "undisclosed", "country_code": ""}

    send(client, path, **filled, name="Walk In", email="", invite="no")
    send(client, path, **filled, name="Invited", email="invited@ministry.example", invite="yes")
    twice = send(client, path, **filled, name="I", email="invited@ministry.example", invite="no")
    alone = send(client, path, **filled, name="No Address", email="", invite="yes")

    rows = db.session().scalars(sa.select(Registration).order_by(Registration.id)).all()
    assert [(row.person.name, row.status) for row in rows] == [
        ("Walk In", "confirmed"),
        ("Invited", "invited"),
    ]
    assert list(errors_of(twice)) == ["email"]
    assert list(errors_of(alone)) == ["email"]
    assert "No Address" in alone.get_data(as_text=True)


def test_check_in_by_code_answers_on_the_page_and_can_be_undone(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)
    registration = register(workshop, now=clock.now(), name="Salma Haddad")
    path = f"{base(workshop)}/check-in"

    done = send(client, path, code=registration.code.lower()).get_data(as_text=True)
    again = send(client, path, code=registration.code).get_data(as_text=True)
    record = db.session().scalars(sa.select(AttendanceRecord.id)).one()
    post(
        client,
        f"{base(workshop)}/people/{registration.id}/take-back",
        opened=path,
        record=str(record),
    )

    assert "Salma Haddad" in done
    assert "Checked in." in done
    assert "Was checked in already" in again
    assert count_attended(workshop.id) == 0


@pytest.mark.parametrize("code", ["", "ZZZZZZ", "<script>", "K7Q" * 100])
def test_check_in_says_beside_the_field_what_is_wrong(
    client: FlaskClient, organiser: User, code: str
) -> None:
    workshop = running(organiser)
    register(workshop, now=clock.now())

    answer = send(client, f"{base(workshop)}/check-in", code=code)

    assert (answer.status_code, list(errors_of(answer))) == (200, ["code"])
    assert "<script>" not in answer.get_data(as_text=True)
    assert count_attended(workshop.id) == 0


def test_check_in_from_the_list(client: FlaskClient, organiser: User) -> None:
    workshop = running(organiser)
    registration = register(workshop, now=clock.now(), name="Salma Haddad")
    path = f"{base(workshop)}/people"

    answer = post(client, f"{path}/{registration.id}/check-in", opened=path, q="salma", page="1")

    assert answer.location == f"{path}?page=1&q=salma"
    assert "Salma Haddad is checked in." in text_of(client, path)
    assert db.session().scalars(sa.select(AttendanceRecord.source)).all() == ["kiosk"]


def test_before_the_day_the_door_is_closed_and_says_when_it_opens(
    client: FlaskClient, organiser: User
) -> None:
    workshop = upcoming(by=actor_of(organiser))
    registration = register(workshop, now=clock.now())

    people = text_of(client, f"{base(workshop)}/people")
    door = text_of(client, f"{base(workshop)}/check-in")
    refused = send(client, f"{base(workshop)}/check-in", code=registration.code)

    assert f"/people/{registration.id}/check-in" not in people
    assert "Check-in is possible only on the days of the workshop:" in door
    assert list(errors_of(refused)) == ["code"]


def test_one_person_page_confirms_moves_cancels_and_notes_by_hand(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser, seats_in_person=1, seats_online=1)
    register(workshop, now=clock.now())
    waiting = register(workshop, now=clock.now(), name="Salma Haddad")
    path = f"{base(workshop)}/people/{waiting.id}"

    post(client, f"{path}/place", opened=path, action="confirm")
    full = text_of(client, path)
    post(client, f"{path}/place", opened=path, action="online")
    without_reason = send(client, path, mode="online", reason="")
    send(client, path, mode="online", reason="Her phone was empty")
    noted = text_of(client, path)
    post(client, f"{path}/place", opened=path, action="cancel")
    unknown = post(client, f"{path}/place", opened=path, action="explode")

    db.session().expire_all()
    assert "There is no free seat left." in full
    assert list(errors_of(without_reason)) == ["reason"]
    assert "Her phone was empty" in noted
    assert (waiting.mode, waiting.status) == ("online", "cancelled")
    assert unknown.status_code == 404


def test_call_off_asks_first_then_cancels_and_can_be_undone(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)
    register(workshop, now=clock.now())
    path = f"{base(workshop)}/call-off"

    asked = text_of(client, path)
    post(client, path, opened=path)
    db.session().expire_all()
    cancelled = workshop.status
    post(client, f"{base(workshop)}/call-on", opened=f"{base(workshop)}/people")
    db.session().expire_all()

    assert "1 person is told by mail" in asked
    assert (cancelled, workshop.status) == ("cancelled", "closed")


def test_the_free_seats_button_gives_them_to_those_who_wait(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser, seats_in_person=1)
    register(workshop, now=clock.now())
    waiting = register(workshop, now=clock.now())

    @db.transaction
    def add_seats() -> None:
        db.get(Workshop, workshop.id).seats_in_person = 3

    add_seats()
    path = f"{base(workshop)}/people"

    offered = text_of(client, path)
    post(client, f"{path}/fill", opened=path)

    db.session().expire_all()
    assert "1 person who waits could have a seat now." in offered
    assert waiting.status == "confirmed"


def upload(
    client: FlaskClient, workshop: Workshop, data: bytes, name: str, **more: str
) -> TestResponse:
    path = f"{base(workshop)}/attendance-files"
    values: dict[str, Any] = {
        **fields(client.get(path)),
        "timezone": "UTC",
        **more,
        "file": (io.BytesIO(data), name),
    }
    return client.post(path, data=values, content_type="multipart/form-data")


def zoom_file(workshop: Workshop, *names: str) -> bytes:
    start, end = (
        f"{workshop.starts_at + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"
        for minutes in (0, 30)
    )
    rows = [f'"{name}",,{start},{end},30,No' for name in names]
    head = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest"
    return "\r\n".join([head, *rows, ""]).encode()


def test_a_file_is_looked_at_decided_imported_and_undone(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)
    register(workshop, Mode.ONLINE, now=clock.now(), name="Salma Haddad")
    omar = register(workshop, Mode.ONLINE, now=clock.now(), name="Omar Ali")

    answer = upload(client, workshop, zoom_file(workshop, "HADDAD Salma", "iPhone"), "report.csv")
    page = answer.location
    seen = text_of(client, page)
    post(client, f"{page}/decide", opened=page, **{"row-3": str(omar.id), "row-x": "1"})
    before = count_attended(workshop.id)
    post(client, f"{page}/confirm", opened=page)
    after = count_attended(workshop.id)
    confirmed = text_of(client, page)
    post(client, f"{page}/undo", opened=page)

    assert "Import 1 person" in seen
    assert "Nothing is written yet." in seen
    assert (before, after, count_attended(workshop.id)) == (0, 2, 0)
    assert "Imported on" in confirmed


def test_the_same_file_again_says_that_it_was_imported(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)
    register(workshop, Mode.ONLINE, now=clock.now(), name="Salma Haddad")
    data = zoom_file(workshop, "Salma Haddad")
    first = upload(client, workshop, data, "report.csv").location
    post(client, f"{first}/confirm", opened=first)

    second = upload(client, workshop, data, "other name.csv").location
    seen = text_of(client, second)
    post(client, f"{second}/confirm", opened=second)

    assert "This very file was imported already" in seen
    assert db.session().scalar(sa.select(sa.func.count()).select_from(AttendanceRecord)) == 1


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.csv"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "photo.png"),
        (b"PK\x03\x04 broken", "broken.xlsx"),
        (b"", ""),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field_and_not_kept(
    client: FlaskClient, organiser: User, data: bytes, name: str
) -> None:
    workshop = running(organiser)

    answer = upload(client, workshop, data, name, timezone="Africa/Tripoli")

    assert (answer.status_code, list(errors_of(answer))) == (200, ["file"])
    assert 'value="Africa/Tripoli"' in answer.get_data(as_text=True)
    assert db.session().scalar(sa.select(sa.func.count()).select_from(ImportBatch)) == 0


def test_an_unknown_zone_is_refused_beside_its_field(client: FlaskClient, organiser: User) -> None:
    workshop = running(organiser)

    answer = upload(client, workshop, zoom_file(workshop, "A"), "r.csv", timezone="Mars/Crater")

    assert list(errors_of(answer)) == ["timezone"]


def test_an_upload_of_60_mb_is_refused_beside_its_field(
    client: FlaskClient, organiser: User
) -> None:
    workshop = running(organiser)

    # Written by hand: the test client would leave a temporary file open.
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="large.csv"\r\n\r\n'
    answer = client.post(
        f"{base(workshop)}/attendance-files",
        data=head + b"a,b\r\n" * (12 * 1024 * 1024) + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )

    assert (answer.status_code, list(errors_of(answer))) == (413, ["file"])
    assert "larger than 48 MB" in answer.get_data(as_text=True)


def test_a_browser_that_sends_20_mb_gets_its_answer(client: FlaskClient, organiser: User) -> None:
    """Over a real connection: an answer before the body is read would reset it."""
    workshop = running(organiser)
    cookie = client.get_cookie("session")
    assert cookie is not None
    body = b"--x\r\n\r\n" + b"a,b\r\n" * (12 * 1024 * 1024) + b"\r\n--x--\r\n"
    server = make_server("127.0.0.1", 0, client.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        connection.request(
            "POST",
            f"{base(workshop)}/attendance-files",
            body,
            {
                "Content-Type": "multipart/form-data; boundary=x",
                "Cookie": f"session={cookie.value}",
            },
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

    assert (answer.status, "larger than 48 MB" in text) == (413, True)


def test_hostile_markup_in_a_file_stays_text(client: FlaskClient, organiser: User) -> None:
    workshop = running(organiser)
    register(workshop, Mode.ONLINE, now=clock.now())
    hostile = "<script>alert(1)</script>{{ 7*7 }}"

    answer = upload(client, workshop, zoom_file(workshop, hostile), f"{hostile}../../etc/x.csv")
    text = text_of(client, answer.location)

    assert "<script>alert" not in text
    assert "{{ 7*7 }}" in text
    batch = db.session().scalars(sa.select(ImportBatch)).one()
    assert "/" not in batch.file_name


MANAGED = (
    ("GET", "/people"),
    ("GET", "/people.csv"),
    ("GET", "/people/add"),
    ("POST", "/people/add"),
    ("GET", "/people/{registration}"),
    ("POST", "/people/{registration}"),
    ("POST", "/people/{registration}/place"),
    ("POST", "/people/{registration}/check-in"),
    ("POST", "/people/{registration}/take-back"),
    ("POST", "/people/fill"),
    ("GET", "/check-in"),
    ("POST", "/check-in"),
    ("GET", "/call-off"),
    ("POST", "/call-off"),
    ("POST", "/call-on"),
    ("GET", "/attendance-files"),
    ("POST", "/attendance-files"),
    ("GET", "/attendance-files/{batch}"),
    ("POST", "/attendance-files/{batch}/decide"),
    ("POST", "/attendance-files/{batch}/confirm"),
    ("POST", "/attendance-files/{batch}/undo"),
    ("POST", "/attendance-files/{batch}/look-again"),
    ("GET", "/attendance-files/{batch}/columns"),
    ("POST", "/attendance-files/{batch}/columns"),
    ("GET", "/attendance-files/{batch}/rows/2"),
)


@pytest.mark.parametrize(("method", "path"), MANAGED)
def test_another_organiser_may_neither_look_nor_act(
    client: FlaskClient, method: str, path: str
) -> None:
    owner = make_user(Role.ORGANISER)
    workshop = running(owner)
    registration = register(workshop, Mode.ONLINE, now=clock.now(), name="Salma Haddad")
    batch = service.keep_file(
        workshop.id,
        zoom_file(workshop, "Salma Haddad"),
        name="r.csv",
        timezone="UTC",
        by=actor_of(owner),
        now=clock.now(),
    )
    sign_in(client, user=make_user(Role.ORGANISER))
    token = fields(client.get("/r/"))["csrf_token"]
    url = base(workshop) + path.format(registration=registration.id, batch=batch.id)
    data = {"csrf_token": token, "action": "cancel", "code": registration.code, "record": "1"}

    answer = client.open(url, method=method, data=data if method == "POST" else None)

    assert answer.status_code == 403
    assert "Salma" not in answer.get_data(as_text=True)
    db.session().expire_all()
    assert (registration.status, workshop.status, batch.status) == (
        "confirmed",
        "open",
        "preview",
    )
    assert count_attended(workshop.id) == 0


@pytest.mark.parametrize(("method", "path"), MANAGED)
def test_a_visitor_is_sent_to_sign_in(client: FlaskClient, method: str, path: str) -> None:
    workshop = running(make_user(Role.ORGANISER))
    url = base(workshop) + path.format(registration=1, batch=1)
    token = fields(client.get("/r/"))["csrf_token"]

    answer = client.open(url, method=method, data={"csrf_token": token})

    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login")


def test_staff_see_figures_and_no_names(client: FlaskClient) -> None:
    workshop = running(make_user(Role.ORGANISER))
    register(workshop, now=clock.now(), name="Salma Haddad")
    sign_in(client, user=make_user(Role.STAFF))

    answer = client.get(f"{base(workshop)}/people")
    text = text_of(client, answer.location)

    assert answer.location == f"{base(workshop)}/people/statistics"
    assert "Salma" not in text


def test_somebody_of_another_workshop_is_not_found_through_ones_own(
    client: FlaskClient, organiser: User
) -> None:
    mine = running(organiser)
    stranger = register(running(make_user(Role.ORGANISER)), now=clock.now(), name="Salma Haddad")
    token = fields(client.get(f"{base(mine)}/people"))["csrf_token"]
    page = f"{base(mine)}/people/{stranger.id}"

    answers = [
        client.get(page),
        client.post(f"{page}/place", data={"csrf_token": token, "action": "cancel"}),
        client.post(f"{page}/check-in", data={"csrf_token": token}),
        client.post(f"{page}/take-back", data={"csrf_token": token, "record": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    db.session().expire_all()
    assert stranger.status == "confirmed"


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_every_page_opens_in_every_language_empty_and_full(
    client: FlaskClient, organiser: User, lang: str
) -> None:
    empty, full = running(organiser), running(organiser)
    registration = register(full, now=clock.now())
    service.check_in_registration(registration.id, by=actor_of(organiser), now=clock.now())
    paths = ["/people", "/people/add", "/people/statistics", "/check-in", "/attendance-files"]

    answers = [
        client.get(f"{base(workshop)}{path}?lang={lang}")
        for workshop in (empty, full)
        for path in paths
    ]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
