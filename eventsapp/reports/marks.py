"""What reports and articles both show: emblems, the acknowledgement, the word of caution."""

import re
from functools import lru_cache

from PIL import Image

from eventsapp.config import ROOT
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Acknowledgement, Block, Emblem, Notice
from eventsapp.edge import storage
from eventsapp.reports.fact_sheet import FactSheet

EMBLEMS = ROOT / "eventsapp" / "static" / "emblems"
_NAME = re.compile(r"[A-Za-z0-9_-]+\.(?:svg|png)")
_STORED = re.compile(r"[0-9a-f]{64}\.png")
_VIEW_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')

DEMONSTRATION = Texts.of(
    en="Demonstration data: the dates of the workshop, head-counts, names and scores shown here "
    "are invented.",
    fr="Données de démonstration\u202f: les dates de l’atelier, les effectifs, les noms et les "
    "résultats présentés ici sont fictifs.",
    ar="بيانات توضيحية: تواريخ الورشة وأعداد المشاركين والأسماء والنتائج الواردة هنا افتراضية.",
)
EMBLEM_OF = Texts.of(en="Emblem: {name}", fr="Emblème\u202f: {name}", ar="شعار {name}")


def emblems_of(sheet: FactSheet) -> tuple[Emblem, ...]:
    """The donors' emblems that are there, in the order of the donors."""
    found = []
    for row in sheet.value("donors.statements") or ():
        size = emblem_size(row["emblem"])
        if size is not None:
            name = Texts.from_json(row["name"]).text(sheet.language.key)
            alt = sheet.texts(EMBLEM_OF).format(name=name)
            found.append(Emblem(emblem_key(row["emblem"]), alt, *size))
    return tuple(found)


def acknowledgement_of(sheet: FactSheet) -> tuple[Block, ...]:
    """Each donor's own statement beside its emblem, and the disclaimer of the contract."""
    statements = statements_of(sheet)
    disclaimer = sheet.write("project.disclaimer") if sheet.has("project.disclaimer") else ""
    if not statements and not disclaimer:
        return ()
    return (Acknowledgement(statements, emblems_of(sheet), disclaimer),)


def statements_of(sheet: FactSheet) -> tuple[str, ...]:
    """Each donor's own words, once."""
    statements = [
        sheet.text_of(row["statement"], "donors.statements")
        for row in sheet.value("donors.statements") or ()
        if row["statement"]
    ]
    return tuple(dict.fromkeys(statements))


def caution_of(sheet: FactSheet) -> tuple[Block, ...]:
    """What a reader must know first where the figures are invented."""
    return (Notice(sheet.texts(DEMONSTRATION)),) if sheet.has("workshop.demonstration") else ()


def emblem_key(name: str) -> str:
    """Where the renderer finds an emblem: one of ours, or a stored file by its own key."""
    return name if _STORED.fullmatch(name) else f"static/emblems/{name}"


@lru_cache(maxsize=64)
def emblem_size(name: str) -> tuple[int, int] | None:
    """Width and height that give an emblem's proportions; None where there is no such file."""
    is_stored = _STORED.fullmatch(name)
    path = storage.path(name) if is_stored else EMBLEMS / name
    if not (is_stored or _NAME.fullmatch(name)) or not path.is_file():
        return None
    if path.suffix == ".svg":
        box = _VIEW_BOX.search(path.read_text("utf-8"))
        return None if box is None else (round(float(box[1])), round(float(box[2])))
    with Image.open(path, formats=["PNG"]) as image:
        return image.size
