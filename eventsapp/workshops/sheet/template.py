"""A sheet to fill in: the columns, and an example that shows what belongs where.

The example's project does not exist, so that nobody registers it by mistake.
"""

from eventsapp.edge.tables import Cell
from eventsapp.workshops.sheet import columns

_WORKSHOP: dict[str, Cell] = {
    "project": "EXAMPLE",
    "title_en": "Delete this example: data protection for public services",
    "format": "hybrid",
    "starts_at": "2027-03-01 09:00",
    "ends_at": "2027-03-02 16:00",
    "timezone": "Africa/Tripoli",
    "city_en": "Tripoli",
    "country": "LY",
    "venue": "Training centre",
    "seats_in_person": 20,
    "seats_online": 30,
    "languages": "en; ar",
    "objectives_en": "First objective\nSecond objective",
    "groups_en": "Officials\nTrainers",
}
_PARTS: tuple[dict[str, Cell], ...] = (
    {
        "session_title_en": "Opening",
        "session_starts_at": "2027-03-01 09:00",
        "session_ends_at": "2027-03-01 10:30",
        "session_room": "Hall 1",
        "session_presenters": "Salma Haddad; Karim Toumi (online)",
        "team_en": "Trainers of the academy",
        "member": "Salma Haddad",
        "member_function": "Trainer",
        "member_mode": "in_person",
    },
    {
        "session_title_en": "Visit",
        "session_starts_at": "2027-03-02 09:00",
        "session_ends_at": "2027-03-02 12:00",
        "session_venue": "Data centre",
        "session_venue_address": "Harbour road 3",
        "member": "Karim Toumi",
        "member_mode": "in_person",
    },
)


def template_rows() -> list[list[Cell]]:
    """The head, a workshop, and a second row with the rest of its agenda and team."""
    heads = [name for name in columns(private=True) if name not in {"ref", "status"}]
    rows = [_WORKSHOP | _PARTS[0], *_PARTS[1:]]
    return [list(heads), *([row.get(head, "") for head in heads] for row in rows)]
