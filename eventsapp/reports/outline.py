"""Which sections a report has, in which order and under which titles.

A project has an outline for all its reports, and a report may have one of its own. Both are kept
as JSON; a section that was added to the program later takes its usual place in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventsapp.reports.section import Section
from eventsapp.reports.types import Outline, Place


def arranged(stored: Sequence[Mapping[str, Any]] | None, sections: Iterable[Section]) -> Outline:
    """The stored places of the sections there are, and the usual ones of all others."""
    usual = sorted(sections, key=lambda section: section.order)
    order = {section.key: section.order for section in usual}
    places = [Place.from_json(row) for row in stored or () if row["key"] in order]
    kept = {place.key for place in places}
    for section in usual:
        if section.key not in kept:
            after = (at for at, place in enumerate(places) if order[place.key] > section.order)
            places.insert(next(after, len(places)), Place(section.key))
    return tuple(places)


def moved(keys: Sequence[str], key: str, by: int) -> list[str]:
    """The keys with one of them some places further down, or up where ``by`` is negative."""
    rest = [one for one in keys if one != key]
    if len(rest) == len(keys):
        return rest
    at = min(max(keys.index(key) + by, 0), len(rest))
    return [*rest[:at], key, *rest[at:]]
