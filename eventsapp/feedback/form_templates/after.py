"""After the workshop: the same questions as before it."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.feedback.form_templates.before import questions
from eventsapp.feedback.types import AFTER

FORM = FormTemplate(
    key=AFTER,
    label=N_("Knowledge after"),
    hint=N_("The same questions and the same codes as before: results show how far people moved."),
    title=Texts.of(
        en="What you know after the workshop",
        fr="Vos connaissances après l’atelier",
        ar="معرفتك بعد ورشة العمل",
    ),
    questions=questions,
)
