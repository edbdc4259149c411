"""What the sample's report shows beside its text: drawn scenes in place of photos of people, what
became of the objectives, and the project's targets; all of it invented."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eventsapp.core.texts import Texts
from eventsapp.outcomes.types import (
    DifficultyDraft,
    IndicatorDraft,
    Measure,
    RecommendationDraft,
)

FOLDER = Path(__file__).parent / "photos"
CREDIT = "eventsapp demo"


@dataclass(frozen=True, slots=True)
class SamplePhoto:
    name: str
    alternative: Texts
    caption: Texts

    def read(self) -> bytes:
        return (FOLDER / self.name).read_bytes()


PHOTOS = (
    SamplePhoto(
        "room.jpg",
        alternative=Texts.of(
            en="Drawing: somebody presents figures on a large screen to people around a table",
            fr="Dessin : une personne présente des chiffres sur un grand écran à des personnes "
            "assises autour d’une table",
            ar="رسم: شخص يعرض أرقامًا على شاشة كبيرة أمام جالسين حول طاولة",
        ),
        caption=Texts.of(
            en="The first briefing in Tripoli (demonstration picture)",
            fr="La première séance à Tripoli (image de démonstration)",
            ar="الإحاطة الأولى في طرابلس (صورة توضيحية)",
        ),
    ),
    SamplePhoto(
        "call.jpg",
        alternative=Texts.of(
            en="Drawing: six people on the screen of a video call, seen from the room",
            fr="Dessin : six personnes à l’écran d’une visioconférence, vues depuis la salle",
            ar="رسم: ستة أشخاص على شاشة مكالمة فيديو كما يراهم الحاضرون في القاعة",
        ),
        caption=Texts.of(
            en="The secretariats join from abroad (demonstration picture)",
            fr="Les secrétariats participent depuis l’étranger (image de démonstration)",
            ar="الأمانتان تشاركان من الخارج (صورة توضيحية)",
        ),
    ),
    SamplePhoto(
        "table.jpg",
        alternative=Texts.of(
            en="Drawing: papers, a notebook and two cups of coffee on a wooden table",
            fr="Dessin : des documents, un carnet et deux tasses de café sur une table en bois",
            ar="رسم: أوراق ودفتر وفنجانا قهوة على طاولة خشبية",
        ),
        caption=Texts.of(
            en="Working papers of the second day (demonstration picture)",
            fr="Documents de travail du deuxième jour (image de démonstration)",
            ar="أوراق عمل اليوم الثاني (صورة توضيحية)",
        ),
    ),
)

EVIDENCE = (
    Texts.of(
        en="All four teams presented, and the follow-up of the Joint Valletta Action Plan had a "
        "session of its own.",
        fr="Les quatre équipes ont présenté leurs travaux, et le suivi du Plan d’action conjoint "
        "de La Valette a fait l’objet d’une séance.",
        ar="قدمت الفرق الأربعة عروضها، وخصصت جلسة لمتابعة خطة عمل فاليتا المشتركة.",
    ),
    Texts.of(
        en="Both secretariats answered questions on procedures in a session of exchange.",
        fr="Les deux secrétariats ont répondu aux questions de procédure lors d’une séance "
        "d’échange.",
        ar="أجابت الأمانتان عن الأسئلة المتعلقة بالإجراءات في جلسة للتبادل.",
    ),
)
DIFFICULTIES = (
    DifficultyDraft(
        text=Texts.of(
            en="The connection to the room was interrupted on the first day.",
            fr="La connexion avec la salle a été interrompue le premier jour.",
            ar="انقطع الاتصال بالقاعة في اليوم الأول.",
        ),
        resolution=Texts.of(
            en="The session was resumed over a second line and extended by a quarter of an hour.",
            fr="La séance a repris sur une seconde ligne et a été prolongée d’un quart d’heure.",
            ar="استؤنفت الجلسة عبر خط ثان ومددت ربع ساعة.",
        ),
    ),
)
RECOMMENDATIONS = (
    RecommendationDraft(
        text=Texts.of(
            en="Prepare a short handbook for focal points in Arabic.",
            fr="Préparer un court guide en arabe à l’intention des points focaux.",
            ar="إعداد دليل موجز باللغة العربية لمنسقي الاتصال.",
        ),
        owner="LIBMITAF",
        due=date(2022, 6, 30),
    ),
    RecommendationDraft(
        text=Texts.of(
            en="Hold a preparatory meeting before each dialogue meeting.",
            fr="Tenir une réunion préparatoire avant chaque réunion des dialogues.",
            ar="عقد اجتماع تحضيري قبل كل اجتماع من اجتماعات الحوارين.",
        ),
        owner="ICMPD",
    ),
)
INDICATORS = (
    IndicatorDraft(
        name=Texts.of(
            en="Officials who took part in workshops",
            fr="Responsables ayant participé aux ateliers",
            ar="المسؤولون المشاركون في الورش",
        ),
        measure=Measure.PERSONS,
        baseline=40,
        target=120,
    ),
    IndicatorDraft(
        name=Texts.of(
            en="Women who took part in workshops",
            fr="Femmes ayant participé aux ateliers",
            ar="النساء المشاركات في الورش",
        ),
        measure=Measure.WOMEN,
        baseline=12,
        target=48,
    ),
    IndicatorDraft(
        name=Texts.of(
            en="Procedures documented for focal points",
            fr="Procédures documentées pour les points focaux",
            ar="الإجراءات الموثقة لمنسقي الاتصال",
        ),
        measure=Measure.BY_HAND,
        target=6,
    ),
)
PROCEDURES_DOCUMENTED = 2
