"""End of workshop: what it was worth, while it is fresh."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.feedback.types import COMMENT, KNOWLEDGE, MODE, USEFULNESS
from eventsapp.questions.scales import AGREE, USEFUL
from eventsapp.questions.types import Option, Question
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format

MOST_PARTS = 12


MODES = (
    Option("in_person", Texts.of(en="In person", fr="En présentiel", ar="حضوريًا")),
    Option("online", Texts.of(en="Online", fr="En ligne", ar="عبر الإنترنت")),
    Option("both", Texts.of(en="Both", fr="Les deux", ar="بالطريقتين")),
)


def questions(workshop: Workshop) -> tuple[Question, ...]:
    """Asks for the mode only where there is a choice, and for the best part where there are
    several."""
    asked = [USEFULNESS_QUESTION, KNOWLEDGE_QUESTION, CLARITY_QUESTION, ORGANISATION_QUESTION]
    parts = _parts(workshop)
    if len(parts) > 1:
        asked.append(_useful_part(parts))
    if workshop.format == Format.HYBRID:
        asked.append(MODE_QUESTION)
    return (*asked, COMMENT_QUESTION)


def _parts(workshop: Workshop) -> tuple[Option, ...]:
    """The agenda's items, or the objectives where there is no agenda yet."""
    sessions = [Option(f"session_{item.id}", item.title) for item in workshop.sessions]
    objectives = [Option(f"objective_{item.id}", item.text) for item in workshop.objectives]
    return tuple((sessions if len(sessions) > 1 else objectives)[:MOST_PARTS])


def _useful_part(parts: tuple[Option, ...]) -> Question:
    return Question(
        key="useful_part",
        type_key="one_choice",
        text=Texts.of(
            en="Which part was the most useful to you?",
            fr="Quelle partie vous a été la plus utile ?",
            ar="أي جزء كان الأكثر فائدة لك؟",
        ),
        options=parts,
    )


USEFULNESS_QUESTION = Question(
    key=USEFULNESS,
    type_key="likert",
    text=Texts.of(
        en="How useful was the workshop to you?",
        fr="L’atelier vous a-t-il été utile ?",
        ar="ما مدى فائدة ورشة العمل لك؟",
    ),
    required=True,
    options=USEFUL,
)
KNOWLEDGE_QUESTION = Question(
    key=KNOWLEDGE,
    type_key="likert",
    text=Texts.of(
        en="The workshop strengthened my knowledge of its subject.",
        fr="L’atelier a renforcé mes connaissances sur le sujet.",
        ar="عززت ورشة العمل معرفتي بموضوعها.",
    ),
    options=AGREE,
)
CLARITY_QUESTION = Question(
    key="clarity",
    type_key="likert",
    text=Texts.of(
        en="The presentations were clear.",
        fr="Les présentations étaient claires.",
        ar="كانت العروض واضحة.",
    ),
    options=AGREE,
)
ORGANISATION_QUESTION = Question(
    key="organisation",
    type_key="likert",
    text=Texts.of(
        en="The workshop was well organised.",
        fr="L’atelier était bien organisé.",
        ar="كانت ورشة العمل منظمة جيدًا.",
    ),
    options=AGREE,
)
MODE_QUESTION = Question(
    key=MODE,
    type_key="one_choice",
    text=Texts.of(
        en="How did you take part?",
        fr="Comment avez-vous participé ?",
        ar="كيف شاركت؟",
    ),
    options=MODES,
)
COMMENT_QUESTION = Question(
    key=COMMENT,
    type_key="long_text",
    text=Texts.of(
        en="What would you like to tell us?",
        fr="Que souhaitez-vous nous dire ?",
        ar="ما الذي تود أن تقوله لنا؟",
    ),
    help=Texts.of(
        en="Please do not name anybody, yourself included, unless you want to be quoted by name.",
        fr="Ne nommez personne, vous non plus, sauf si vous souhaitez être cité nommément.",
        ar="يرجى عدم ذكر أي اسم، ولا اسمك، إلا إذا أردت أن يُنقل كلامك باسمك.",
    ),
    settings={"quotable": True},
)

END = FormTemplate(
    key="end",
    label=N_("End of workshop"),
    hint=N_("What it was worth, what was most useful, and a free word: two minutes."),
    title=Texts.of(
        en="Your view of the workshop", fr="Votre avis sur l’atelier", ar="رأيك في ورشة العمل"
    ),
    questions=questions,
)
