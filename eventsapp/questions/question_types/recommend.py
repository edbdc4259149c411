"""How likely somebody is to recommend it, from 0 to 10."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.questions.question_types._families import fixed, on_scale
from eventsapp.questions.types import Option, Question

LOW = Texts.of(en="0, not at all likely", fr="0, pas du tout probable", ar="0، غير محتمل إطلاقًا")
HIGH = Texts.of(en="10, extremely likely", fr="10, très probable", ar="10، محتمل جدًا")
POINTS = (
    Option("0", LOW),
    *(Option(str(n), Texts.of(en=str(n), fr=str(n), ar=str(n))) for n in range(1, 10)),
    Option("10", HIGH),
)
# As everywhere that asks this question.
PROMOTERS = frozenset({"9", "10"})

RECOMMEND = on_scale(
    fixed(*POINTS),
    positive=lambda _question: PROMOTERS,
    key="recommend",
    label=N_("Would recommend"),
    hint=N_("From 0, not at all likely, to 10, extremely likely."),
    example=(
        Question(
            key="recommend",
            type_key="recommend",
            text=Texts.of(
                en="Would you recommend this workshop to a colleague?",
                fr="Recommanderiez-vous cet atelier à un collègue ?",
                ar="هل توصي زميلًا بهذه الورشة؟",
            ),
        ),
        "9",
    ),
)
