"""At the end of a day: what should be different tomorrow."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.questions.scales import USEFUL
from eventsapp.questions.types import Option, Question

QUESTIONS = (
    Question(
        key="day",
        type_key="likert",
        text=Texts.of(
            en="How useful was today to you?",
            fr="La journée vous a-t-elle été utile ?",
            ar="ما مدى فائدة هذا اليوم لك؟",
        ),
        required=True,
        options=USEFUL,
    ),
    Question(
        key="pace",
        type_key="one_choice",
        text=Texts.of(
            en="How was the pace?", fr="Que pensez-vous du rythme ?", ar="كيف كانت وتيرة العمل؟"
        ),
        options=(
            Option("slow", Texts.of(en="Too slow", fr="Trop lent", ar="بطيئة جدًا")),
            Option("right", Texts.of(en="Just right", fr="Comme il faut", ar="مناسبة")),
            Option("fast", Texts.of(en="Too fast", fr="Trop rapide", ar="سريعة جدًا")),
        ),
    ),
    Question(
        key="spoke",
        type_key="yes_no",
        text=Texts.of(
            en="Could you say what you wanted to say?",
            fr="Avez-vous pu dire ce que vous souhaitiez dire ?",
            ar="هل تمكنت من قول ما أردت قوله؟",
        ),
    ),
    Question(
        key="tomorrow",
        type_key="long_text",
        text=Texts.of(
            en="What should be different tomorrow?",
            fr="Qu’est-ce qui devrait changer demain ?",
            ar="ما الذي ينبغي أن يتغير غدًا؟",
        ),
    ),
)

DAILY = FormTemplate(
    key="daily",
    label=N_("End of a day"),
    hint=N_("Four short questions, to put right the next morning."),
    title=Texts.of(en="Your view of the day", fr="Votre avis sur la journée", ar="رأيك في اليوم"),
    questions=lambda _workshop: QUESTIONS,
)
