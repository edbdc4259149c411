"""Whether something can be written to people, and in which language each of them reads it."""

from eventsapp.attendance.types import CircularDraft
from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.core.texts import LANGUAGES


class HalfWritten(Invalid):
    message = N_("Write both the subject and the text in this language, or neither of them.")


class NothingWritten(Invalid):
    message = N_("Write the subject and the text in at least one language.")
    field = "subject-en"


class NobodyThere(Refused):
    message = N_("Nobody who can be written to matches this choice.")
    field = "status"


class AudienceChanged(Refused):
    message = N_(
        "Meanwhile %(now)d people match this choice, not %(seen)d. Look at it again before you "
        "send it."
    )


def check_circular(draft: CircularDraft) -> None:
    for lang in LANGUAGES:
        has_subject, has_body = draft.subject.find(lang), draft.body.find(lang)
        if bool(has_subject) != bool(has_body):
            raise HalfWritten(field=f"body-{lang}" if has_subject else f"subject-{lang}")
    if not draft.body:
        raise NothingWritten


def check_audience(count: int, *, seen: int | None) -> None:
    """``seen`` is how many the organiser saw before sending."""
    if not count:
        raise NobodyThere
    if seen is not None and seen != count:
        raise AudienceChanged(now=count, seen=seen)
