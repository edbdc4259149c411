"""The pages of attendance files: columns, who somebody is, walk-ins, long files, crossings."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from eventsapp.accounts.models import User
from eventsapp.attendance import service
from eventsapp.attendance.models import ImportBatch, ImportLine, Registration
from eventsapp.attendance.queries import count_attended
from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.attendance import exports
from tests.attendance.test_views_manage import base, text_of, upload
from tests.attendance.test_views_public import errors_of, fields, post
from tests.factories.attendance import register
from tests.factories.calls import call_file, fill_roster
from tests.factories.workshops import NOW, actor_of, make_user, make_workshop, sign_in


@pytest.fixture
def organiser(client: FlaskClient) -> User:
    return sign_in(client, user=make_user(Role.ORGANISER))


@pytest.fixture
def workshop(organiser: User) -> Workshop:
    """On the day of the exports."""
    times: dict[str, Any] = {
        "starts_at": datetime(2022, 2, 8, 9, 0, tzinfo=UTC).replace(tzinfo=None),
        "ends_at": datetime(2022, 2, 8, 16, 0, tzinfo=UTC).replace(tzinfo=None),
    }
    return make_workshop(by=actor_of(organiser), **times, sessions=())


def columns_sent(client: FlaskClient, page: str, **changes: str) -> dict[str, str]:
    """What a browser sends of the guessed columns, with some changed."""
    batch = db.session().scalars(sa.select(ImportBatch)).one()
    guessed = {str(place): role for role, place in batch.columns.items() if role != "head"}
    sent = {f"columns-{n}": guessed.get(str(n), "") for n in range(4)}
    sent |= {"head": "0", "order": "", "day": "", "timezone": "Africa/Tripoli", "keep_as": ""}
    return {**fields(client.get(page)), **sent, **changes}


def test_an_unknown_layout_is_shown_with_a_guess_and_read_as_it_is_corrected(
    client: FlaskClient, workshop: Workshop
) -> None:
    salma = register(workshop, Mode.ONLINE, now=NOW, name="Salma Haddad")
    page = upload(client, workshop, exports.GERMAN_SHEET.encode(), "liste.csv").location

    shown = text_of(client, page)
    answer = client.post(page, data=columns_sent(client, page, keep_as="Our own list"))
    read = text_of(client, answer.location)
    again = upload(client, workshop, exports.GERMAN_SHEET.encode() + b"\r\n", "next.csv").location

    assert page.endswith("/columns")
    assert ("Teilnehmer" in shown, "Salma Haddad" in shown) == (True, True)
    assert "Our own list" in read
    assert not again.endswith("/columns")
    taken = sa.select(ImportLine.registration_id).where(ImportLine.name == "Salma Haddad")
    assert set(db.session().scalars(taken)) == {salma.id}


def test_columns_that_cannot_be_are_refused_and_what_was_chosen_stays(
    client: FlaskClient, workshop: Workshop
) -> None:
    page = upload(client, workshop, exports.GERMAN_SHEET.encode(), "liste.csv").location

    twice = client.post(page, data=columns_sent(client, page, **{"columns-1": "name"}))
    nobody = client.post(page, data=columns_sent(client, page, **{"columns-0": ""}))
    wild = client.post(page, data=columns_sent(client, page, head="9999", **{"columns-1": "x"}))

    assert list(errors_of(twice)) == ["columns-0"]
    assert list(errors_of(nobody)) == ["columns-0"]
    assert (wild.status_code, bool(errors_of(wild))) == (200, True)
    assert 'value="Africa/Tripoli"' in twice.get_data(as_text=True)


def test_somebody_unknown_is_looked_for_taken_left_out_or_put_on_the_list(
    client: FlaskClient, workshop: Workshop
) -> None:
    salma = register(workshop, Mode.ONLINE, now=NOW, name="Salma Haddad")
    data = exports.ONLY_MINUTES.replace("Salma Haddad", "iPhone").encode()
    page = upload(client, workshop, data, "liste.csv").location
    sent = columns_sent(client, page) | {"columns-0": "name", "columns-1": "minutes"}
    sent = {name: value for name, value in sent.items() if name not in {"columns-2", "columns-3"}}
    page = client.post(page, data=sent).location

    found = text_of(client, f"{page}/rows/2?q=hadd")
    post(client, f"{page}/decide", opened=page, **{"row-2": str(salma.id)})
    post(client, f"{page}/decide", opened=page, **{"row-3": "new", "row-4": "0"})
    post(client, f"{page}/confirm", opened=page)

    assert f'value="{salma.id}"' in found
    lines = db.session().scalars(sa.select(ImportLine).order_by(ImportLine.number)).all()
    assert [line.kind for line in lines] == ["decided", "decided", "ignored"]
    walk_in = db.get(Registration, lines[1].registration_id)
    assert (walk_in.person.name, walk_in.mode, walk_in.status) == (
        "Omar Ali",
        "online",
        "confirmed",
    )
    assert count_attended(workshop.id) == 2


def test_a_long_file_is_read_behind_a_page_that_shows_how_far_it_is(
    client: FlaskClient, workshop: Workshop, organiser: User
) -> None:
    fill_roster(workshop.id, 50)
    data = call_file(workshop, 16_000, 50)

    batch = service.keep_file(
        workshop.id,
        data,
        name="long.csv",
        timezone=workshop.timezone,
        by=actor_of(organiser),
        now=NOW,
    )
    page = f"{base(workshop)}/attendance-files/{batch.id}"
    waiting = text_of(client, page)
    post(client, f"{page}/confirm", opened=base(workshop) + "/people")
    run_due_jobs()

    assert ("<progress" in waiting, count_attended(workshop.id)) == (True, 0)
    assert "Import 50 people" in text_of(client, page)


def test_counts_are_crossed_as_chosen_and_taken_away_as_they_are_shown(
    client: FlaskClient, workshop: Workshop
) -> None:
    register(workshop, Mode.ONLINE, now=NOW, institution="=1+1", country_code="TN")
    page = f"{base(workshop)}/people"
    chosen = "rows=institution&columns=country&count=registered"

    shown = text_of(client, f"{page}/statistics?{chosen}")
    table = client.get(f"{page}/crossed.csv?{chosen}").get_data().decode("utf-8-sig")
    whole = client.get(f"{page}/statistics.xlsx")
    odd = client.get(f"{page}/statistics?rows=x&columns=y&count=z")
    unknown = client.get(f"{page}/crossed.pdf")

    assert "Tunisia" in shown
    assert list(csv.reader(io.StringIO(table, newline=""))) == [
        ["Institution", "Tunisia", "Total"],
        ["'=1+1", "1", "1"],
        ["Total", "1", "1"],
    ]
    assert (whole.status_code, odd.status_code, unknown.status_code) == (200, 200, 404)
