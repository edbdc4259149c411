"""What was on the agenda, who presented, and who of them was there and who on the screen."""

from datetime import date
from itertools import groupby
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Table
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.language import capitalised
from eventsapp.reports.section import Section, headed, prose_of

LABEL = Texts.of(
    en="Agenda and presenting teams",
    fr="Ordre du jour et équipes intervenantes",
    ar="جدول الأعمال والفرق المقدمة",
)
TIME = Texts.of(en="Time", fr="Heure", ar="الوقت")
ITEM = Texts.of(en="Item", fr="Point", ar="البند")
TEAMS = Texts.of(
    en="Presenters by team and mode",
    fr="Intervenants par équipe et mode de participation",
    ar="مقدمو العروض حسب الفريق وطريقة المشاركة",
)
TEAM = Texts.of(en="Team", fr="Équipe", ar="الفريق")
NAME = Texts.of(en="Name", fr="Nom", ar="الاسم")
FUNCTION = Texts.of(en="Function", fr="Fonction", ar="الصفة")
MODE = Texts.of(en="Joined", fr="Participation", ar="المشاركة")
IN_PERSON = Texts.of(en="In person", fr="En présentiel", ar="حضوريًا")
ONLINE = Texts.of(en="Virtually", fr="À distance", ar="عن بعد")


def compose(sheet: FactSheet, prose: str) -> tuple[Block, ...]:
    blocks = (*prose_of(sheet, prose), *_agenda(sheet), *_teams(sheet), *_members(sheet))
    return headed(LABEL, "agenda", sheet, blocks)


def _agenda(sheet: FactSheet) -> tuple[Block, ...]:
    """One table a day, named by its date."""
    rows = sheet.value("workshop.agenda") or ()
    head = (sheet.texts(TIME), sheet.texts(ITEM))
    return tuple(
        Table(
            caption=capitalised(sheet.language.weekday(date.fromisoformat(day))),
            head=head,
            rows=tuple(_session(sheet, row) for row in items),
        )
        for day, items in groupby(rows, key=lambda row: str(row["day"]))
    )


def _session(sheet: FactSheet, row: dict[str, Any]) -> tuple[str, ...]:
    return f"{row['starts']}–{row['ends']}", sheet.text_of(row["title"], "workshop.agenda")


def _teams(sheet: FactSheet) -> tuple[Block, ...]:
    rows = sheet.value("teams.modes") or ()
    if not any(row["in_person"] or row["online"] for row in rows):
        return ()
    number = sheet.language.number
    return (
        Table(
            caption=sheet.texts(TEAMS),
            head=(sheet.texts(TEAM), sheet.texts(IN_PERSON), sheet.texts(ONLINE)),
            rows=tuple(
                (
                    sheet.text_of(row["name"], "teams.names"),
                    number(row["in_person"]),
                    number(row["online"]),
                )
                for row in rows
            ),
            numeric=(1, 2),
        ),
    )


def _members(sheet: FactSheet) -> tuple[Block, ...]:
    """Only in the edition that may name persons: the sheet has no such fact in the other."""
    rows = sheet.value("teams.members")
    if not rows:
        return ()
    modes = {"in_person": sheet.texts(IN_PERSON), "online": sheet.texts(ONLINE)}
    return (
        Table(
            caption=sheet.label("teams.members"),
            head=tuple(sheet.texts(title) for title in (NAME, FUNCTION, TEAM, MODE)),
            rows=tuple(
                (
                    row["name"],
                    row["function"],
                    sheet.text_of(row["team"], "teams.names"),
                    modes[row["mode"]],
                )
                for row in rows
            ),
        ),
    )


AGENDA = Section(key="agenda", order=50, label=LABEL, compose=compose)
