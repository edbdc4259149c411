"""Who may keep photos, and what keeps a photo from being published."""

from collections.abc import Iterable, Sequence

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.edge.pictures import Box
from eventsapp.photos.models import Photo, Pictured
from eventsapp.photos.types import Obstacle, Recognisable
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import may_manage

MOST_PHOTOS = 200
MOST_CUT = 90


class TooManyPhotos(Invalid):
    message = N_("A workshop keeps at most 200 photos. Remove some first.")
    field = "files"


class PhotoThere(Invalid):
    message = N_("This photo is here already.")
    field = "files"


class NothingLeft(Invalid):
    message = N_("Leave at least a tenth of the width and of the height.")
    field = "left"


class NobodyNamed(Invalid):
    message = N_("Choose who can be recognised, or say that nobody can be.")
    field = "person_ids"


class NotOfWorkshop(Invalid):
    message = N_("Only people of this workshop can be chosen.")
    field = "person_ids"


class PhotoPublished(Refused):
    message = N_(
        "News shows this photo. Say that it is not to be shown, or correct the article first."
    )


class OrderChanged(Invalid):
    message = N_("The photos have changed meanwhile. Look at them again, then order them.")


def may_keep(workshop: Workshop, *, by: Actor) -> bool:
    """Who runs the workshop, and those who write about it."""
    return by.has(Role.STAFF, Role.EDITOR) or may_manage(workshop, by=by)


def check_may_keep(workshop: Workshop, *, by: Actor) -> None:
    if not may_keep(workshop, by=by):
        raise Forbidden


def check_box(box: Box) -> None:
    sides = (box.left, box.right, box.top, box.bottom)
    if min(sides) < 0 or box.left + box.right > MOST_CUT or box.top + box.bottom > MOST_CUT:
        raise NothingLeft


def check_persons(chosen: Iterable[int], known: Iterable[int]) -> None:
    if not set(chosen) <= set(known):
        raise NotOfWorkshop


def lacks(photo: Pictured, languages: Sequence[str]) -> list[Obstacle]:
    """What nobody has said yet of a picture that is to be published in these languages."""
    found = []
    if photo.alternative.missing(tuple(languages)):
        found.append(Obstacle.ALTERNATIVE)
    if photo.recognisable == Recognisable.UNKNOWN:
        found.append(Obstacle.CONSENT)
    return found


def obstacles(photo: Photo, *, languages: Sequence[str], agreed: frozenset[int]) -> list[Obstacle]:
    """What keeps the photo from being published in these languages, in the order to mend it.

    ``agreed`` are the persons whose latest choice is to be recognised in photos.
    """
    found = [] if photo.is_shown else [Obstacle.LEFT_OUT]
    found += lacks(photo, languages)
    is_known = photo.recognisable != Recognisable.UNKNOWN
    if is_known and not {row.person_id for row in photo.persons} <= agreed:
        found.append(Obstacle.WITHDRAWN)
    return found
