"""Before the workshop: what people know already, to be compared with what they know after it."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.feedback.types import BEFORE
from eventsapp.questions.scales import points
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop

FAMILIAR = points(
    Texts.of(en="Not at all", fr="Pas du tout", ar="إطلاقًا"),
    Texts.of(en="A little", fr="Un peu", ar="قليلًا"),
    Texts.of(en="Moderately", fr="Moyennement", ar="إلى حد ما"),
    Texts.of(en="Well", fr="Bien", ar="جيدًا"),
    Texts.of(en="Very well", fr="Très bien", ar="جيدًا جدًا"),
)


def questions(_workshop: Workshop) -> tuple[Question, ...]:
    """Asked alike before and after: answers are paired by the question and by the person."""
    return (FAMILIARITY_QUESTION, CONFIDENCE_QUESTION)


FAMILIARITY_QUESTION = Question(
    key="familiarity",
    type_key="likert",
    text=Texts.of(
        en="How well do you know the subject of the workshop?",
        fr="Connaissez-vous bien le sujet de l’atelier ?",
        ar="ما مدى معرفتك بموضوع ورشة العمل؟",
    ),
    required=True,
    options=FAMILIAR,
)
CONFIDENCE_QUESTION = Question(
    key="confidence",
    type_key="likert",
    text=Texts.of(
        en="How well could you explain it to a colleague?",
        fr="Sauriez-vous l’expliquer à un collègue ?",
        ar="إلى أي حد يمكنك شرحه لزميل؟",
    ),
    options=FAMILIAR,
)

FORM = FormTemplate(
    key=BEFORE,
    label=N_("Knowledge before"),
    hint=N_("What people know already; the same questions after it show what changed."),
    title=Texts.of(
        en="What you know before the workshop",
        fr="Vos connaissances avant l’atelier",
        ar="معرفتك قبل ورشة العمل",
    ),
    questions=questions,
)
