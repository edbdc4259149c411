"""Use cases of photos: the only place that writes them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.edge import pictures, storage
from eventsapp.edge.pictures import WHOLE, Box
from eventsapp.photos import queries, rules
from eventsapp.photos.models import Photo, PhotoPerson, Pictured, PublishedPhoto
from eventsapp.photos.types import PhotoDraft, PhotoFiles, Recognisable
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service import lock_workshop


def add_photo(workshop_id: int, data: bytes, *, name: str, by: Actor, now: datetime) -> Photo:
    """Normalise a picture and keep it at the end; raises PictureRefused with what is wrong.

    The pixels are worked on before the transaction begins: nobody waits for them.
    """
    rules.check_may_keep(db.get(Workshop, workshop_id), by=by)
    return _keep(workshop_id, keep_files(data), name=name, by=by, now=now)


def keep_files(data: bytes) -> PhotoFiles:
    """Store a picture from outside, drawn anew, uncut; raises PictureRefused."""
    whole = pictures.normalise(data)
    return _cut_files(storage.put(whole.data, pictures.SUFFIX), whole.data, WHOLE)


def cut_files(master_key: str, box: Box) -> PhotoFiles:
    """Store what is left of a kept picture; raises NothingLeft."""
    rules.check_box(box)
    return _cut_files(master_key, storage.read(master_key), box)


def _cut_files(master_key: str, whole: bytes, box: Box) -> PhotoFiles:
    shown = pictures.crop(whole, box)
    file_key = storage.put(shown.data, pictures.SUFFIX)
    return PhotoFiles(master_key, file_key, shown.width, shown.height)


def describe(photo: Pictured, draft: PhotoDraft, files: PhotoFiles) -> None:
    """Put down what is said of a picture, and how it is cut."""
    photo.alternative, photo.caption, photo.credit = draft.alternative, draft.caption, draft.credit
    photo.recognisable = draft.recognisable
    photo.cut_left, photo.cut_top = draft.box.left, draft.box.top
    photo.cut_right, photo.cut_bottom = draft.box.right, draft.box.bottom
    photo.file_key, photo.width, photo.height = files.file_key, files.width, files.height


@transaction
def _keep(workshop_id: int, files: PhotoFiles, *, name: str, by: Actor, now: datetime) -> Photo:
    # The lock of the workshop's row puts uploads in order, so that positions do not collide.
    workshop = lock_workshop(workshop_id)
    rules.check_may_keep(workshop, by=by)
    there = queries.list_photos(workshop_id)
    if any(photo.master_key == files.master_key for photo in there):
        raise rules.PhotoThere
    if len(there) >= rules.MOST_PHOTOS:
        raise rules.TooManyPhotos
    photo = Photo(
        workshop_id=workshop_id,
        position=max((row.position for row in there), default=0) + 1,
        master_key=files.master_key,
        file_key=files.file_key,
        width=files.width,
        height=files.height,
        name=name[:200],
        uploaded_by=by.id,
        uploaded_at=now,
    )
    db.session().add(photo)
    db.session().flush()
    audit.record("photo.added", f"photo:{photo.id}", by=by, now=now)
    return photo


def describe_photo(
    workshop_id: int, photo_id: int, draft: PhotoDraft, *, by: Actor, now: datetime
) -> Photo:
    """Replace what is said of a photo and how it is cut; raises Stale when somebody was first."""
    photo = queries.get_photo(workshop_id, photo_id)
    rules.check_may_keep(photo.workshop, by=by)
    files = cut_files(photo.master_key, draft.box)
    return _describe(workshop_id, photo_id, draft, files, by=by, now=now)


@transaction
def _describe(
    workshop_id: int,
    photo_id: int,
    draft: PhotoDraft,
    files: PhotoFiles,
    *,
    by: Actor,
    now: datetime,
) -> Photo:
    photo = queries.get_photo(workshop_id, photo_id)
    if photo.version != draft.version:
        raise Stale
    if draft.recognisable == Recognisable.AGREED and not draft.person_ids:
        raise rules.NobodyNamed
    rules.check_persons(draft.person_ids, {one.person_id for one in queries.people_of(workshop_id)})
    describe(photo, draft, files)
    photo.is_shown = draft.is_shown
    _recognise(photo, draft)
    audit.record("photo.described", f"photo:{photo.id}", by=by, now=now)
    return photo


def _recognise(photo: Photo, draft: PhotoDraft) -> None:
    chosen = draft.person_ids if draft.recognisable == Recognisable.AGREED else frozenset()
    before = {row.person_id: row for row in photo.persons}
    photo.persons = [
        before.get(person_id) or PhotoPerson(person_id=person_id) for person_id in sorted(chosen)
    ]


@transaction
def order_photos(workshop_id: int, ids: Sequence[int], *, by: Actor, now: datetime) -> None:
    """Put the workshop's photos into this order; the first is the lead of its news.

    Raises OrderChanged unless exactly the photos there are were named.
    """
    workshop = db.get(Workshop, workshop_id)
    rules.check_may_keep(workshop, by=by)
    photos = {photo.id: photo for photo in queries.list_photos(workshop_id)}
    if sorted(ids) != sorted(photos):
        raise rules.OrderChanged
    for position, photo_id in enumerate(ids, 1):
        photos[photo_id].position = position
    audit.record("photos.ordered", f"workshop:{workshop_id}", by=by, now=now)


@transaction
def move_photo(workshop_id: int, photo_id: int, step: int, *, by: Actor, now: datetime) -> None:
    """Move a photo by ``step`` places towards the end, or the beginning where it is negative."""
    ids = [photo.id for photo in queries.list_photos(workshop_id)]
    at = ids.index(queries.get_photo(workshop_id, photo_id).id)
    ids.insert(max(at + step, 0), ids.pop(at))
    order_photos(workshop_id, ids, by=by, now=now)


@transaction
def remove_photo(workshop_id: int, photo_id: int, *, by: Actor, now: datetime) -> None:
    """Take a photo away that no news shows; what was issued with it keeps its file."""
    photo = queries.get_photo(workshop_id, photo_id)
    rules.check_may_keep(photo.workshop, by=by)
    if queries.is_published(photo_id):
        raise rules.PhotoPublished
    db.session().delete(photo)
    audit.record("photo.removed", f"photo:{photo_id}", by=by, now=now)


@transaction
def show_to_everybody(
    workshop_id: int, files: Iterable[tuple[int, str]], *, by: Actor, now: datetime
) -> None:
    """Let everybody see exactly these files, by photo, of the workshop's: what its news shows.

    A photo that was removed meanwhile stays unseen.
    """
    session = db.session()
    own = {photo.id for photo in queries.list_photos(workshop_id)}
    session.execute(sa.delete(PublishedPhoto).where(PublishedPhoto.photo_id.in_(own)))
    for photo_id, key in dict.fromkeys(files):
        if photo_id in own:
            session.add(PublishedPhoto(photo_id=photo_id, file_key=key, since=now))
    audit.record("photos.published", f"workshop:{workshop_id}", by=by, now=now)
