"""What a participant's mail says: the one place that both sends and previews come from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from eventsapp.attendance.links import private_link
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import delegation_of, wording_of
from eventsapp.attendance.rules.registering import (
    calls_of,
    may_join,
    sample_status,
    spaced_code,
)
from eventsapp.attendance.types import DelegationNote, Message
from eventsapp.core.texts import Texts
from eventsapp.edge.mail import Letter, absolute_url, render_mail
from eventsapp.people.models import Person
from eventsapp.web.registry import FeedbackWay, feedback_way
from eventsapp.workshops.forms import ASPECT_LABELS
from eventsapp.workshops.models import Workshop, WorkshopSession
from eventsapp.workshops.types import Aspect, Mode

INVITES = frozenset(
    {
        Message.CONFIRMED,
        Message.PROMOTED,
        Message.MODE_CHANGED,
        Message.JOINING,
        Message.CHANGED,
        Message.WORKSHOP_RESTORED,
    }
)
TAKES_BACK = frozenset({Message.CANCELLED, Message.DECLINED, Message.WORKSHOP_CANCELLED})
SAMPLE_CODE = "K7Q4MX"


@dataclass(frozen=True, slots=True)
class Addressee:
    """What a letter says of its reader beyond the registration itself."""

    link: str
    delegation: DelegationNote | None = None
    feedback: FeedbackWay | None = None
    about: tuple[Aspect, ...] = ()


def letter_to(
    registration: Registration, message: Message, *, about: Sequence[Aspect] = ()
) -> Letter:
    """The letter that goes out now; reads wording, delegation and feedback.

    ``about`` names what has changed in the workshop, where the letter is about that.
    """
    feedback = None
    if message == Message.THANKS:
        feedback = feedback_way(registration.workshop, registration.person.language)
    reader = Addressee(
        link=private_link(registration),
        delegation=delegation_of(registration.id),
        feedback=feedback,
        about=tuple(about),
    )
    return compose(registration, message, reader)


def sends_calendar(message: Message) -> bool:
    """Whether somebody with a place gets a calendar entry with this mail."""
    return message in INVITES or message in TAKES_BACK


def sample_letter(
    workshop: Workshop,
    message: Message,
    *,
    lang: str,
    name: str,
    mode: Mode,
    about: Sequence[Aspect] = (),
) -> Letter:
    """What this mail will say to somebody; the person, the code and the link are made up."""
    person = Person(name=name, language=lang, email="name@example.org")
    registration = Registration(
        workshop=workshop,
        person=person,
        mode=mode,
        status=sample_status(message),
        code=SAMPLE_CODE,
        reason="",
        is_turned_down=False,
    )
    feedback = feedback_way(workshop, lang) if message == Message.THANKS else None
    page = absolute_url("attendance.mine", lang=lang)
    reader = Addressee(link=f"{page}#…", feedback=feedback, about=tuple(about))
    return compose(registration, message, reader)


def compose(registration: Registration, message: Message, reader: Addressee) -> Letter:
    """A letter from the workshop's own words, where it has some, and ours.

    The organiser's words go in as values, after the templates were read: nothing in them is ever
    executed.
    """
    person, workshop = registration.person, registration.workshop
    own = wording_of(workshop.id, message, person.language)
    given: dict[str, Any] = {
        "workshop": workshop,
        "registration": registration,
        "name": person.name,
        "code_text": spaced_code(registration.code),
        "link": reader.link,
        "join_link": workshop.join_link if may_join(registration) else "",
        "own_opening": own.opening if own else "",
        "delegation": reader.delegation,
        "feedback": reader.feedback,
        "about": [ASPECT_LABELS[aspect] for aspect in reader.about],
        "sessions": _sessions_told(registration, reader.about),
    }
    letter = render_mail(f"attendance/{message}", person.language, **given)
    return replace(letter, subject=own.subject) if own and own.subject else letter


def _sessions_told(
    registration: Registration, about: Sequence[Aspect]
) -> Sequence[WorkshopSession]:
    """The agenda, where something of it changed; else the calls, where those did."""
    if {Aspect.AGENDA, Aspect.ROOM} & set(about):
        return registration.workshop.sessions
    return calls_of(registration) if Aspect.LINK in about else ()


def circular_letter(
    workshop: Workshop, *, subject: Texts, body: Texts, lang: str, name: str
) -> Letter:
    """The organiser's words to one person, all of it in one language: theirs where it is written,
    else the first that is. Nothing in the words is executed; they go in as values."""
    _text, written_in = body.choose(lang)
    return render_mail(
        "attendance/circular",
        written_in,
        workshop=workshop,
        name=name,
        own_subject=subject.text(written_in),
        own_body=body.text(written_in),
        page=absolute_url("workshops.show", ref=workshop.ref),
    )
