"""What the types share whose points those who build forms write."""

from collections.abc import Sequence

from eventsapp.core.errors import N_
from eventsapp.questions.scales import points
from eventsapp.questions.settings import Pick
from eventsapp.questions.types import Option, Question, QuestionRefused

FEWEST, MOST = 4, 7
PARITY = Pick(
    "parity",
    N_("Number of points"),
    (
        ("", N_("Any number from four to seven")),
        ("odd", N_("Odd: five or seven, with a middle")),
        ("even", N_("Even: four or six, so that nobody can stay in the middle")),
    ),
)
REMAINDERS = {"odd": 1, "even": 0}


def numbered(options: Sequence[Option]) -> tuple[Option, ...]:
    return points(*(option.text for option in options))


def check_points(question: Question) -> None:
    """Each point has words, for those who hear the form; their number is as the setting wants."""
    count = len(question.options)
    if question.options != numbered(question.options):
        raise QuestionRefused(N_("The points of a scale are numbered from 1."), field="options")
    wanted = REMAINDERS.get(question.settings.get("parity") or "")
    if wanted is not None and count % 2 != wanted:
        raise QuestionRefused(
            N_("An even scale has four or six points, an odd one five or seven."), field="options"
        )


def above_middle(question: Question) -> frozenset[str]:
    """4 and 5 of five points, 3 and 4 of four."""
    middle = (len(question.options) + 1) / 2
    return frozenset(key for key in question.option_keys() if int(key) > middle)
