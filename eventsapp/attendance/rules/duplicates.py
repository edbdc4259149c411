"""Registrations that may be one person's: the same name in any order, or almost one address."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from eventsapp.attendance.models import Registration
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core.errors import N_, Refused

# Of so many who bear one name pairs are made: the others come up once these are decided.
MOST_ALIKE = 20
# Who holds what, from most to least: the one that is kept takes over the better place.
_RANK = (Status.CONFIRMED, Status.WAITLISTED, Status.REQUESTED, Status.INVITED)


class NotTwoOfOne(Refused):
    message = N_("These two cannot be merged: the list has changed meanwhile.")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What registrations are compared by; keys as people's rules make them."""

    registration_id: int
    name_key: str
    email_key: str


def plain_address(email_key: str) -> str:
    """An address without what comes after a plus: ``salma+work@…`` reaches ``salma@…``."""
    local, at, domain = email_key.partition("@")
    return f"{local.split('+', maxsplit=1)[0]}{at}{domain}"


def find_pairs(
    likenesses: Iterable[Likeness], *, kept_apart: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs that look like one person, the older first; those kept apart are left out."""
    groups: dict[tuple[str, str], list[int]] = {}
    for one in likenesses:
        groups.setdefault(("name", one.name_key), []).append(one.registration_id)
        if one.email_key:
            address = plain_address(one.email_key)
            groups.setdefault(("email", address), []).append(one.registration_id)
    pairs = {pair for ids in groups.values() for pair in combinations(sorted(ids)[:MOST_ALIKE], 2)}
    return sorted(pairs - set(kept_apart))


def check_may_merge(keep: Registration, other: Registration, merged: Mapping[int, int]) -> None:
    same_list = keep.workshop_id == other.workshop_id
    if not same_list or keep.id == other.id or {keep.id, other.id} & set(merged):
        raise NotTwoOfOne


def holds_more(other: Registration, keep: Registration) -> bool:
    """Whether the other one's place is better than the one that is kept."""
    return _rank(other) < _rank(keep)


def _rank(registration: Registration) -> int:
    status = Status(registration.status)
    return _RANK.index(status) if status in _RANK else len(_RANK)
