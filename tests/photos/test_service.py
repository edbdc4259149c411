"""Photos of a workshop: who keeps them, their order, and what keeps them from being published."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.attendance import service as attendance
from eventsapp.attendance.types import RegistrationDraft
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, VISITOR, Role
from eventsapp.core.audit import AuditEvent
from eventsapp.core.errors import Forbidden, NotFound, Stale
from eventsapp.core.texts import Texts
from eventsapp.edge import storage
from eventsapp.edge.pictures import Box, PictureEmpty
from eventsapp.people import service as people
from eventsapp.people.types import ConsentChoice, PersonDraft, Purpose
from eventsapp.photos import queries, rules, service
from eventsapp.photos.models import Photo
from eventsapp.photos.types import Obstacle, PhotoDraft, Recognisable
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from tests.factories.pictures import jpeg
from tests.factories.queries import statements
from tests.factories.workshops import NOW, make_actor, make_workshop

EVERYWHERE = Texts.of(en="Two officials talk.", fr="Deux responsables discutent.", ar="مسؤولان.")
READY = PhotoDraft(alternative=EVERYWHERE, recognisable=Recognisable.NOBODY, version=1)


def add(workshop: Workshop, number: int = 0) -> Photo:
    return service.add_photo(
        workshop.id, jpeg(number), name=f"photo{number}.jpg", by=SYSTEM, now=NOW
    )


def describe(photo: Photo, draft: PhotoDraft) -> Photo:
    return service.describe_photo(photo.workshop_id, photo.id, draft, by=SYSTEM, now=NOW)


def register(workshop: Workshop) -> int:
    draft = RegistrationDraft(
        person=PersonDraft("Salma Ghariani", "salma@ministry.example"),
        mode=Mode.IN_PERSON,
        group_id=workshop.groups[0].id,
    )
    return attendance.register_participant(workshop.id, draft, by=VISITOR, now=NOW).person_id


def order_of(workshop: Workshop) -> list[str]:
    return [photo.name for photo in queries.list_photos(workshop.id)]


def obstacles_of(workshop: Workshop) -> list[tuple[Obstacle, ...]]:
    return [shown.obstacles for shown in queries.shown_photos(workshop)]


def test_a_photo_is_kept_at_the_end_with_both_its_files_and_an_event(app: Flask) -> None:
    workshop = make_workshop()
    photos = [add(workshop, number) for number in range(3)]
    assert order_of(workshop) == ["photo0.jpg", "photo1.jpg", "photo2.jpg"]
    assert all(storage.exists(key) for row in photos for key in (row.master_key, row.file_key))
    assert (photos[0].width, photos[0].height) == (900, 600)
    events = db.session().scalars(
        sa.select(AuditEvent.subject)
        .where(AuditEvent.action == "photo.added")
        .order_by(AuditEvent.seq)
    )
    assert list(events) == [f"photo:{row.id}" for row in photos]


def test_a_refused_file_leaves_nothing(app: Flask) -> None:
    workshop = make_workshop()
    with pytest.raises(PictureEmpty):
        service.add_photo(workshop.id, b"", name="photo.jpg", by=SYSTEM, now=NOW)
    assert queries.count_photos(workshop.id) == 0


def test_the_same_photo_is_kept_once_a_workshop(app: Flask) -> None:
    first, second = make_workshop(), make_workshop()
    add(first)
    with pytest.raises(rules.PhotoThere):
        add(first)
    assert add(second).workshop_id == second.id


def test_somebody_elses_organiser_may_not_add_a_photo(app: Flask) -> None:
    workshop = make_workshop()
    with pytest.raises(Forbidden):
        service.add_photo(workshop.id, jpeg(), name="a.jpg", by=make_actor(Role.ORGANISER), now=NOW)
    service.add_photo(workshop.id, jpeg(), name="a.jpg", by=make_actor(Role.STAFF), now=NOW)


def test_a_photo_is_published_once_it_is_described_everywhere_and_its_people_are_known(
    app: Flask,
) -> None:
    workshop = make_workshop()
    photo = add(workshop)
    assert obstacles_of(workshop) == [(Obstacle.ALTERNATIVE, Obstacle.CONSENT)]
    describe(photo, replace(READY, alternative=Texts.of(en="Two officials talk.")))
    assert obstacles_of(workshop) == [(Obstacle.ALTERNATIVE,)]
    describe(photo, replace(READY, version=2))
    assert obstacles_of(workshop) == [()]
    describe(photo, replace(READY, is_shown=False, version=3))
    assert obstacles_of(workshop) == [(Obstacle.LEFT_OUT,)]


def test_somebody_who_withdraws_takes_the_photo_with_them(app: Flask) -> None:
    workshop = make_workshop()
    photo, person_id = add(workshop), register(workshop)
    agreed = replace(READY, recognisable=Recognisable.AGREED, person_ids=frozenset({person_id}))
    describe(photo, agreed)
    assert obstacles_of(workshop) == [(Obstacle.WITHDRAWN,)]
    for granted, expected in ((True, ()), (False, (Obstacle.WITHDRAWN,))):
        people.record_consents(
            person_id, [ConsentChoice(Purpose.PHOTO, granted)], by=SYSTEM, now=NOW
        )
        assert obstacles_of(workshop) == [expected]


def test_who_agreed_must_be_named_and_be_of_the_workshop(app: Flask) -> None:
    photo, stranger = add(make_workshop()), register(make_workshop())
    agreed = replace(READY, recognisable=Recognisable.AGREED)
    with pytest.raises(rules.NobodyNamed):
        describe(photo, agreed)
    with pytest.raises(rules.NotOfWorkshop):
        describe(photo, replace(agreed, person_ids=frozenset({stranger})))


def test_the_second_of_two_who_describe_a_photo_is_told(app: Flask) -> None:
    photo = add(make_workshop())
    describe(photo, READY)
    with pytest.raises(Stale):
        describe(photo, READY)


def test_a_crop_makes_another_file_and_keeps_the_whole(app: Flask) -> None:
    photo = add(make_workshop())
    whole, shown = photo.master_key, photo.file_key
    cut = describe(photo, replace(READY, box=Box(left=50)))
    assert (cut.width, cut.height, cut.master_key) == (450, 600, whole)
    assert cut.file_key != shown
    with pytest.raises(rules.NothingLeft):
        describe(photo, replace(READY, box=Box(left=50, right=45), version=2))


def test_photos_are_moved_by_one_place_and_ordered_as_a_whole(app: Flask) -> None:
    workshop = make_workshop()
    first, second, third = (add(workshop, number) for number in range(3))
    service.move_photo(workshop.id, third.id, -1, by=SYSTEM, now=NOW)
    assert order_of(workshop) == ["photo0.jpg", "photo2.jpg", "photo1.jpg"]
    service.move_photo(workshop.id, first.id, -1, by=SYSTEM, now=NOW)
    assert order_of(workshop) == ["photo0.jpg", "photo2.jpg", "photo1.jpg"]
    service.order_photos(workshop.id, [second.id, third.id, first.id], by=SYSTEM, now=NOW)
    assert order_of(workshop) == ["photo1.jpg", "photo2.jpg", "photo0.jpg"]
    with pytest.raises(rules.OrderChanged):
        service.order_photos(workshop.id, [second.id, third.id], by=SYSTEM, now=NOW)


def test_a_photo_of_another_workshop_is_not_there(app: Flask) -> None:
    photo, other = add(make_workshop()), make_workshop()
    with pytest.raises(NotFound):
        service.remove_photo(other.id, photo.id, by=SYSTEM, now=NOW)


def test_a_photo_that_news_shows_is_public_until_somebody_in_it_withdraws(app: Flask) -> None:
    workshop = make_workshop()
    photo, person_id = add(workshop), register(workshop)
    grant = ConsentChoice(Purpose.PHOTO, granted=True)
    people.record_consents(person_id, [grant], by=SYSTEM, now=NOW)
    describe(
        photo,
        replace(READY, recognisable=Recognisable.AGREED, person_ids=frozenset({person_id})),
    )
    assert not queries.is_public(photo.file_key)
    published = [(photo.id, photo.file_key)]
    service.show_to_everybody(workshop.id, published, by=SYSTEM, now=NOW)
    assert queries.is_public(photo.file_key)
    with pytest.raises(rules.PhotoPublished):
        service.remove_photo(workshop.id, photo.id, by=SYSTEM, now=NOW)
    withdrawn = ConsentChoice(Purpose.PHOTO, granted=False)
    people.record_consents(person_id, [withdrawn], by=SYSTEM, now=NOW)
    assert not queries.is_public(photo.file_key)


def test_a_list_of_photos_costs_the_same_queries_however_long(app: Flask) -> None:
    workshop = make_workshop()

    def queries_now() -> int:
        with statements() as sent:
            db.session().expire_all()
            queries.shown_photos(workshop)
        return len(sent)

    add(workshop)
    few = queries_now()
    for number in range(1, 4):
        add(workshop, number)
    assert queries_now() == few
