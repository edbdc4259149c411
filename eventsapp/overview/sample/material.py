"""What the sample's report shows beside its text: drawn scenes in place of photos of people."""

from dataclasses import dataclass
from pathlib import Path

from eventsapp.core.texts import Texts

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
