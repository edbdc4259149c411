"""A workshop as its organiser described it."""

from typing import Any
from zoneinfo import ZoneInfo

from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import (
    Format,
    GroupDraft,
    MemberDraft,
    Mode,
    SessionDraft,
    TeamDraft,
    VenueDraft,
    WorkshopDraft,
)


def draft_of(workshop: Workshop) -> WorkshopDraft:
    """The workshop as its organiser described it, times in its own zone."""
    zone = ZoneInfo(workshop.timezone)

    def wall(moment: Any) -> Any:
        return moment.astimezone(zone).replace(tzinfo=None)

    return WorkshopDraft(
        project_id=workshop.project_id,
        title=workshop.title,
        starts_at=wall(workshop.starts_at),
        ends_at=wall(workshop.ends_at),
        timezone=workshop.timezone,
        format=Format(workshop.format),
        seats_in_person=workshop.seats_in_person,
        seats_online=workshop.seats_online,
        venue=workshop.venue,
        city=workshop.city,
        country_code=workshop.country_code,
        address=workshop.address,
        join_link=workshop.join_link,
        rationale=workshop.rationale,
        objectives=tuple(row.text for row in workshop.objectives),
        outlook=workshop.outlook,
        sessions=tuple(
            SessionDraft(
                title=row.title,
                starts_at=wall(row.starts_at),
                ends_at=wall(row.ends_at),
                room=row.room,
                venue=workshop.venues.index(row.venue) if row.venue in workshop.venues else None,
                join_link=row.join_link or "",
                id=row.id,
            )
            for row in workshop.sessions
        ),
        teams=tuple(
            TeamDraft(
                team.name,
                tuple(
                    MemberDraft(
                        row.name, Mode(row.mode), row.function, row.email, row.language, row.id
                    )
                    for row in team.members
                ),
                team.id,
            )
            for team in workshop.teams
        ),
        groups=tuple(GroupDraft(row.name, row.id) for row in workshop.groups),
        languages=tuple(workshop.languages),
        topics=tuple(topic.id for topic in workshop.topics),
        venues=tuple(VenueDraft(row.name, row.address, row.id) for row in workshop.venues),
        is_demonstration=workshop.is_demonstration,
        version=workshop.version,
    )
