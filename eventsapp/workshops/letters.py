"""What those who present are told: their own sessions, and the link only where they join online."""

from collections.abc import Iterable

from eventsapp.edge.mail import Letter, absolute_url, render_mail
from eventsapp.workshops.calendar import Invited, Method, workshop_calendar
from eventsapp.workshops.forms import ASPECT_LABELS
from eventsapp.workshops.models import TeamMember, Workshop
from eventsapp.workshops.rules.presenters import link_of, modes_of_presenter, parts_of
from eventsapp.workshops.types import CONCERNS, Aspect, Mode, Status


def presenter_letter(
    workshop: Workshop, member: TeamMember, about: Iterable[Aspect] = ()
) -> Letter:
    """``about`` is what changed since the last one, as far as it concerns them."""
    modes = modes_of_presenter(workshop, member)
    concerns = frozenset[Aspect]().union(*(CONCERNS[mode] for mode in modes))
    told = set(about) & concerns
    return render_mail(
        "workshops/presenter",
        member.language,
        name=member.name,
        workshop=workshop,
        parts=parts_of(workshop, member),
        goes_there=Mode.IN_PERSON in modes,
        join_link=link_of(workshop, member),
        about=[ASPECT_LABELS[aspect] for aspect in Aspect if aspect in told],
        is_cancelled=workshop.status == Status.CANCELLED,
        link=absolute_url("workshops.show", ref=workshop.ref),
    )


def presenter_calendar(workshop: Workshop, member: TeamMember) -> tuple[Method, bytes]:
    """The entry that goes with it, or that takes it back."""
    is_cancelled = workshop.status == Status.CANCELLED
    method: Method = "CANCEL" if is_cancelled else "REQUEST"
    modes = modes_of_presenter(workshop, member)
    invited = Invited(
        name=member.name,
        email=member.email,
        join_link="" if is_cancelled else link_of(workshop, member),
        online=Mode.IN_PERSON not in modes,
    )
    entry = workshop_calendar(workshop, lang=member.language, method=method, invited=invited)
    return method, entry
