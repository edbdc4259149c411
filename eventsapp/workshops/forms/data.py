"""Between a description and what the forms show and send of it."""

from dataclasses import replace
from typing import Any

from eventsapp.web.forms import texts_to_form
from eventsapp.workshops.types import WorkshopDraft

_PLAIN = (
    "project_id",
    "starts_at",
    "ends_at",
    "timezone",
    "format",
    "seats_in_person",
    "seats_online",
    "venue",
    "country_code",
    "address",
    "join_link",
    "version",
)


def form_data(draft: WorkshopDraft) -> dict[str, Any]:
    """What each step's form shows of a description."""
    plain = {name: getattr(draft, name) for name in _PLAIN}
    texts = {
        name: texts_to_form(getattr(draft, name))
        for name in ("title", "city", "rationale", "outlook")
    }
    return {
        **plain,
        **texts,
        "languages": list(draft.languages),
        "topics": list(draft.topics),
        "venues": [
            {"id": row.id, "name": row.name, "address": row.address} for row in draft.venues
        ],
        "objectives": [texts_to_form(text) for text in draft.objectives],
        "groups": [{"id": group.id, "name": texts_to_form(group.name)} for group in draft.groups],
        "sessions": [
            {
                "id": item.id,
                "title": texts_to_form(item.title),
                "starts_at": item.starts_at,
                "ends_at": item.ends_at,
                "room": item.room,
                "venue": "" if item.venue is None else str(item.venue),
                "join_link": item.join_link,
            }
            for item in draft.sessions
        ],
        "teams": [
            {
                "id": team.id,
                "name": texts_to_form(team.name),
                "members": [
                    {
                        name: getattr(row, name)
                        for name in ("id", "name", "function", "mode", "email", "language")
                    }
                    for row in team.members
                ],
            }
            for team in draft.teams
        ],
    }


def wants_to_tell(form: Any) -> bool:
    """Whether the people concerned are written to; steps that do not ask concern nobody."""
    return "tell" not in form or bool(form.tell.data)


def with_version(draft: WorkshopDraft, seen: str | None) -> WorkshopDraft:
    """The draft as based on the version that the form showed; an absent one matches none."""
    number = seen or ""
    return replace(draft, version=int(number) if number.isdigit() else -1)
