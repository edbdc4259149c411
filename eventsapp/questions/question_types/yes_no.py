"""Yes or no."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_types._families import fixed, one_of
from eventsapp.questions.types import Option, Question

YES, NO = (
    Option("yes", Texts.of(en="Yes", fr="Oui", ar="نعم")),
    Option("no", Texts.of(en="No", fr="Non", ar="لا")),
)

YES_NO = one_of(
    fixed(YES, NO),
    positive=lambda _question: frozenset({YES.key}),
    key="yes_no",
    label=N_("Yes or no"),
    hint=N_("Two answers, yes and no."),
    example=(
        Question(
            key="again",
            type_key="yes_no",
            text=Texts.of(
                en="Would you come again?", fr="Reviendriez-vous ?", ar="هل ستحضر مرة أخرى؟"
            ),
        ),
        "yes",
    ),
    parts_people=True,
)
