"""Agreement or quality on a scale of four to seven points, the lowest first."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_types._families import on_scale, written_options
from eventsapp.questions.question_types._scales import (
    FEWEST,
    MOST,
    PARITY,
    above_middle,
    check_points,
    numbered,
)
from eventsapp.questions.scales import AGREE
from eventsapp.questions.types import Question

LIKERT = on_scale(
    written_options,
    positive=above_middle,
    key="likert",
    label=N_("Scale"),
    hint=N_("One point from lowest to highest, such as not useful to very useful."),
    example=(
        Question(
            key="clear",
            type_key="likert",
            text=Texts.of(
                en="The presentations were clear.",
                fr="Les présentations étaient claires.",
                ar="كانت العروض واضحة.",
            ),
            options=AGREE,
        ),
        "4",
    ),
    check=check_points,
    options=(FEWEST, MOST),
    name_options=numbered,
    settings=(PARITY,),
)
