"""Reads of photos."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from eventsapp.attendance.models import Registration
from eventsapp.core import db
from eventsapp.core.errors import NotFound
from eventsapp.edge import storage
from eventsapp.people.models import Consent, Person
from eventsapp.people.types import Purpose
from eventsapp.photos import rules
from eventsapp.photos.models import Photo, PhotoPerson, PublishedPhoto
from eventsapp.photos.types import Obstacle, Recognisable
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo with what keeps it from being published; nothing does when the list is empty."""

    photo: Photo
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Somebody of the workshop, and whether they agreed to be recognised in its photos."""

    person_id: int
    name: str
    agreed: bool


def get_photo(workshop_id: int, photo_id: int) -> Photo:
    """Raises NotFound, also for a photo of another workshop."""
    photo = db.get(Photo, photo_id)
    if photo.workshop_id != workshop_id:
        raise NotFound
    return photo


def list_photos(workshop_id: int) -> Sequence[Photo]:
    return (
        db.session()
        .scalars(
            sa.select(Photo)
            .where(Photo.workshop_id == workshop_id)
            .options(selectinload(Photo.persons))
            .order_by(Photo.position, Photo.id)
        )
        .all()
    )


def count_photos(workshop_id: int) -> int:
    counted = sa.select(sa.func.count()).where(Photo.workshop_id == workshop_id)
    return db.session().scalar(counted) or 0


def shown_photos(workshop: Workshop) -> list[Shown]:
    """Every photo of the workshop in its order, with what keeps it from being published."""
    photos = list_photos(workshop.id)
    agreed = agreed_to_photos(row.person_id for photo in photos for row in photo.persons)
    return [
        Shown(
            photo,
            tuple(rules.obstacles(photo, languages=workshop.languages, agreed=agreed)),
        )
        for photo in photos
    ]


def publishable_photos(workshop: Workshop) -> list[Photo]:
    return [shown.photo for shown in shown_photos(workshop) if not shown.obstacles]


def agreed_to_photos(person_ids: Iterable[int]) -> frozenset[int]:
    """Those of the persons whose latest choice is to be recognised in photos."""
    asked = set(person_ids)
    if not asked:
        return frozenset()
    rows = db.session().execute(
        sa.select(Consent.person_id, Consent.granted)
        .where(Consent.purpose == Purpose.PHOTO, Consent.person_id.in_(asked))
        .order_by(Consent.at, Consent.id)
    )
    latest: dict[int, bool] = {row.person_id: row.granted for row in rows}
    return frozenset(person_id for person_id, granted in latest.items() if granted)


def people_of(workshop_id: int) -> list[Recognised]:
    """Everybody registered, by name."""
    rows = db.session().execute(
        sa.select(Person.id, Person.name)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.workshop_id == workshop_id)
        .order_by(Person.name, Person.id)
    )
    people = [(person_id, name) for person_id, name in rows]
    agreed = agreed_to_photos(person_id for person_id, _ in people)
    return [Recognised(person_id, name, person_id in agreed) for person_id, name in people]


def photos_of_file(key: str) -> Sequence[Photo]:
    """The photos this file belongs to; the same picture may be kept by two workshops."""
    own = sa.select(Photo.id).where(sa.or_(Photo.file_key == key, Photo.master_key == key))
    published = sa.select(PublishedPhoto.photo_id).where(PublishedPhoto.file_key == key)
    return db.session().scalars(sa.select(Photo).where(Photo.id.in_(own.union(published)))).all()


def is_public(key: str) -> bool:
    """Whether everybody may see this file: news shows it, and nobody in it has withdrawn since."""
    photos = (
        db.session()
        .scalars(
            sa.select(Photo)
            .join(PublishedPhoto, PublishedPhoto.photo_id == Photo.id)
            .where(PublishedPhoto.file_key == key, Photo.recognisable != Recognisable.UNKNOWN)
            .options(selectinload(Photo.persons))
        )
        .all()
    )
    recognised = [{row.person_id for row in photo.persons} for photo in photos]
    agreed = agreed_to_photos(person_id for persons in recognised for person_id in persons)
    return any(persons <= agreed for persons in recognised)


def shown_without_consent() -> list[tuple[int, str]]:
    """Workshops and files of photos that news shows, although somebody who can be recognised in
    them has taken their consent back."""
    rows = (
        db.session()
        .execute(
            sa.select(Photo.workshop_id, PublishedPhoto.file_key, PhotoPerson.person_id)
            .join(PublishedPhoto, PublishedPhoto.photo_id == Photo.id)
            .join(PhotoPerson, PhotoPerson.photo_id == Photo.id)
            .order_by(Photo.workshop_id, PublishedPhoto.file_key)
        )
        .all()
    )
    agreed = agreed_to_photos(row.person_id for row in rows)
    found = [(row.workshop_id, row.file_key) for row in rows if row.person_id not in agreed]
    return list(dict.fromkeys(found))


def is_published(photo_id: int) -> bool:
    found = sa.select(PublishedPhoto.photo_id).where(PublishedPhoto.photo_id == photo_id).limit(1)
    return db.session().scalar(found) is not None


def read_media(key: str) -> bytes | None:
    """A stored file for the renderer, or None: the renderer then refuses the page."""
    try:
        return storage.read(key)
    except (storage.BadKey, storage.FileMissing):
        return None
