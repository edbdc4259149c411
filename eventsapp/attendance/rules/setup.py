"""What a workshop may set about its registration."""

from eventsapp.attendance.types import Setup
from eventsapp.core.errors import N_, Invalid
from eventsapp.questions.rules import check_questions

MOST_HOURS = 14 * 24
MOST_FIELDS = 12
LONGEST_KEPT = 5 * 365


class HoursOutOfRange(Invalid):
    message = N_("Give a number of hours from 0 to %(most)d.")


class TooManyFields(Invalid):
    message = N_("A registration form asks at most %(most)d questions of its own.")


class PurposeMissing(Invalid):
    message = N_("Say what the answer is used for: those who are asked will read it.")
    field = "purpose"


class KeptTooLong(Invalid):
    message = N_("Give a number of days from 1 to %(most)d.")
    field = "keep_days"


class MeaningChanged(Invalid):
    message = N_("People have seen this question: its kind stays. Remove it and add another.")


def check_setup(setup: Setup, *, was: Setup) -> None:
    """Raise the first refusal; ``was`` is what has been shown to people so far."""
    for name in ("reminder_hours", "joining_hours"):
        if not 0 <= getattr(setup, name) <= MOST_HOURS:
            raise HoursOutOfRange(field=name, most=MOST_HOURS)
    if len(setup.fields) > MOST_FIELDS:
        raise TooManyFields(most=MOST_FIELDS)
    check_questions([field.question for field in setup.fields])
    for field in setup.fields:
        if not field.purpose:
            raise PurposeMissing
        if not 1 <= field.keep_days <= LONGEST_KEPT:
            raise KeptTooLong(most=LONGEST_KEPT)
    _check_kinds(setup, was)


def _check_kinds(setup: Setup, was: Setup) -> None:
    kinds = {field.question.key: field.question.type_key for field in was.fields}
    for field in setup.fields:
        if kinds.get(field.question.key, field.question.type_key) != field.question.type_key:
            raise MeaningChanged
