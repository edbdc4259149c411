"""One of several options."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_types._families import one_of, written_options
from eventsapp.questions.types import Option, Question

FEWEST, MOST = 2, 30

ONE_CHOICE = one_of(
    written_options,
    key="one_choice",
    label=N_("One choice"),
    hint=N_("One answer of several."),
    example=(
        Question(
            key="heard",
            type_key="one_choice",
            text=Texts.of(
                en="How did you hear of the workshop?",
                fr="Comment avez-vous entendu parler de l’atelier ?",
                ar="كيف سمعت عن ورشة العمل؟",
            ),
            options=(
                Option(
                    "colleague", Texts.of(en="From a colleague", fr="Par un collègue", ar="من زميل")
                ),
                Option("letter", Texts.of(en="By letter", fr="Par courrier", ar="برسالة")),
            ),
        ),
        "letter",
    ),
    parts_people=True,
    options=(FEWEST, MOST),
)
