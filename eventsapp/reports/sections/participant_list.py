"""The annex that names who took part: only in the edition that may name persons."""

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Prose, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.section import Section, headed

LABEL = Texts.of(en="Annex: participants", fr="Annexe : participants", ar="ملحق: قائمة المشاركين")
FACT = "annexes.participants"
HEAD = (
    Texts.of(en="Name", fr="Nom", ar="الاسم"),
    Texts.of(en="Function", fr="Fonction", ar="الصفة"),
    Texts.of(en="Institution", fr="Institution", ar="المؤسسة"),
    Texts.of(en="Took part", fr="Participation", ar="المشاركة"),
)
# A longer list is attached as data: rows cost time and memory, and nobody reads them on paper.
MOST_ROWS = 500
MORE = Texts.of(
    en="The first {shown} of {all} are printed; the whole list is attached to this file.",
    fr="Les {shown} premiers sur {all} sont imprimés ; la liste entière est jointe à ce fichier.",
    ar="يطبع أول {shown} من أصل {all}؛ والقائمة كاملة مرفقة بهذا الملف.",
)


def compose(sheet: FactSheet, _prose: str) -> tuple[Block, ...]:
    rows = sheet.value(FACT) or []
    if not rows:
        return ()
    table = Table(
        caption="",
        head=tuple(sheet.texts(title) for title in HEAD),
        rows=tuple(
            (row["name"], row["function"], row["institution"], sheet.language.word(row["mode"]))
            for row in rows[:MOST_ROWS]
        ),
    )
    return headed(LABEL, "participant-list", sheet, (*_more(sheet, len(rows)), table))


def _more(sheet: FactSheet, count: int) -> tuple[Block, ...]:
    if count <= MOST_ROWS:
        return ()
    number = sheet.language.number
    text = sheet.language.text(MORE)
    return (Prose(text.format(shown=number(MOST_ROWS), all=number(count))),)


PARTICIPANT_LIST = Section(
    key="participant_list", order=110, label=LABEL, compose=compose, has_prose=False
)
