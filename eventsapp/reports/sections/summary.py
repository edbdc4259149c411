"""One page that can stand alone: what happened, with its figures in a box."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, FactBox, Figure
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.marks import caution_of
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(en="Summary", fr="Résumé", ar="ملخص")
BOX = Texts.of(en="The workshop in figures", fr="L’atelier en chiffres", ar="الورشة بالأرقام")
FIGURES = {
    "participants.attended": Texts.of(en="participants", fr="participants", ar="عدد المشاركين"),
    "participants.in_person": Texts.of(en="in person", fr="en présentiel", ar="حضوريًا"),
    "participants.online": Texts.of(en="online", fr="à distance", ar="عن بعد"),
    "participants.share_women": Texts.of(en="women", fr="femmes", ar="نسبة النساء"),
    "teams.count": Texts.of(
        en="presenting teams", fr="équipes intervenantes", ar="عدد الفرق المقدمة"
    ),
    "feedback.usefulness.share_positive": Texts.of(
        en="found it useful or very useful",
        fr="l’ont jugé utile ou très utile",
        ar="رأوا أنها مفيدة أو مفيدة جدًا",
    ),
}
# Where the figure is one; Arabic says "the number of", which agrees with any.
ONE = {
    "participants.attended": Texts.of(en="participant", fr="participant", ar="عدد المشاركين"),
    "teams.count": Texts.of(en="presenting team", fr="équipe intervenante", ar="عدد الفرق المقدمة"),
}
ANSWERS = Texts.of(
    en="of {feedback.answers}", fr="sur {feedback.answers}", ar="من {feedback.answers}"
)


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    blocks = (*caution_of(sheet), *figures_of(sheet), *prose_of(sheet, prose))
    return headed(LABEL, "summary", sheet, blocks)


def figures_of(sheet: FactSheet) -> tuple[Block, ...]:
    items = tuple(
        Figure(
            label=sheet.language.text(ONE.get(key, label) if sheet.value(key) == 1 else label),
            value=sheet.write(key),
            note=sheet.fill(ANSWERS) if key.startswith("feedback.") else "",
            fact=key,
        )
        for key, label in FIGURES.items()
        if sheet.has(key)
    )
    return (FactBox(sheet.texts(BOX), items),) if items else ()


SUMMARY = Section(key="summary", order=20, label=LABEL, compose=compose, is_required=True)
