"""Three to six months later: what came of it."""

from eventsapp.core.errors import N_
from eventsapp.core.texts import Texts
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.questions.types import Condition, Option, Question

APPLIED = Question(
    key="applied",
    type_key="yes_no",
    text=Texts.of(
        en="Have you used in your work what the workshop was about?",
        fr="Avez-vous utilisé dans votre travail ce dont il était question à l’atelier ?",
        ar="هل استخدمت في عملك ما تناولته ورشة العمل؟",
    ),
    required=True,
)
USED_FOR = Question(
    key="used_for",
    type_key="long_text",
    text=Texts.of(
        en="What did you use it for?",
        fr="À quoi cela vous a-t-il servi ?",
        ar="فيمَ استخدمته؟",
    ),
    help=Texts.of(
        en="An example helps us more than praise.",
        fr="Un exemple nous aide plus qu’un éloge.",
        ar="مثال واحد يفيدنا أكثر من الثناء.",
    ),
    settings={"quotable": True},
    conditions=(Condition(APPLIED.key, ("yes",)),),
)
HINDERED = Question(
    key="hindered",
    type_key="several_choices",
    text=Texts.of(
        en="What stood in the way?", fr="Qu’est-ce qui l’a empêché ?", ar="ما الذي حال دون ذلك؟"
    ),
    options=(
        Option(
            "occasion",
            Texts.of(
                en="There was no occasion yet",
                fr="L’occasion ne s’est pas encore présentée",
                ar="لم تتح الفرصة بعد",
            ),
        ),
        Option(
            "support",
            Texts.of(
                en="My institution did not support it",
                fr="Mon institution ne l’a pas soutenu",
                ar="لم تدعمه مؤسستي",
            ),
        ),
        Option(
            "means",
            Texts.of(
                en="Time or means were lacking",
                fr="Le temps ou les moyens manquaient",
                ar="نقص الوقت أو الموارد",
            ),
        ),
        Option(
            "fit",
            Texts.of(
                en="It does not fit my work",
                fr="Cela ne correspond pas à mon travail",
                ar="لا يناسب عملي",
            ),
        ),
    ),
    settings={"other": True},
    conditions=(Condition(APPLIED.key, ("no",)),),
)
CONTACT = Question(
    key="contact",
    type_key="yes_no",
    text=Texts.of(
        en="Are you still in touch with people you met there?",
        fr="Êtes-vous encore en contact avec des personnes rencontrées sur place ?",
        ar="هل ما زلت على تواصل مع أشخاص التقيت بهم هناك؟",
    ),
)
NEXT = Question(
    key="support_next",
    type_key="ranking",
    text=Texts.of(
        en="What would help you most now? Put the most important first.",
        fr="Qu’est-ce qui vous aiderait le plus à présent ? Mettez le plus important en premier.",
        ar="ما الذي سيساعدك أكثر الآن؟ ضع الأهم أولًا.",
    ),
    options=(
        Option(
            "advice",
            Texts.of(en="Advice on request", fr="Des conseils à la demande", ar="مشورة عند الطلب"),
        ),
        Option(
            "workshop",
            Texts.of(en="Another workshop", fr="Un autre atelier", ar="ورشة عمل أخرى"),
        ),
        Option(
            "exchange",
            Texts.of(
                en="Exchange with colleagues of other countries",
                fr="Des échanges avec des collègues d’autres pays",
                ar="تبادل مع زملاء من بلدان أخرى",
            ),
        ),
        Option(
            "material",
            Texts.of(
                en="Material in my language",
                fr="Des documents dans ma langue",
                ar="مواد بلغتي",
            ),
        ),
    ),
)
RECOMMEND = Question(
    key="recommend",
    type_key="recommend",
    text=Texts.of(
        en="Would you recommend such a workshop to a colleague?",
        fr="Recommanderiez-vous un tel atelier à un collègue ?",
        ar="هل توصي زميلًا بورشة عمل كهذه؟",
    ),
)

FOLLOW_UP = FormTemplate(
    key="follow_up",
    label=N_("Follow-up after three to six months"),
    hint=N_("What was used, what stood in the way, and what would help now."),
    title=Texts.of(
        en="What came of the workshop", fr="Les suites de l’atelier", ar="ما أثمرته ورشة العمل"
    ),
    questions=lambda _workshop: (APPLIED, USED_FOR, HINDERED, CONTACT, NEXT, RECOMMEND),
)
