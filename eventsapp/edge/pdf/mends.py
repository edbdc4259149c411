"""What the layout engine leaves out of the file, mended before it is written.

Each function mends one thing on the structure under construction; ``mend`` runs them in order.
The engine's version is pinned, since these reach into its output.
"""

import pydyf
from weasyprint.document import Document

from eventsapp.edge.pdf.artifacts import turn_the_rest_into_artifacts
from eventsapp.edge.pdf.letters import correct_letters, font_files
from eventsapp.edge.pdf.ligatures import spell_ligatures
from eventsapp.edge.pdf.streams import end_streams_plainly
from eventsapp.edge.pdf.structure import Element, Structure, reference
from eventsapp.edge.pdf.tables import join_tables, scope_headers

POINTS_PER_PIXEL = 0.75
PRINT_FLAG = 4


def mend(document: Document, pdf: pydyf.PDF) -> None:
    """Everything, in the order in which one mend prepares the next."""
    structure = Structure(document, pdf)
    join_tables(structure)
    scope_headers(structure)
    remove_decoration(structure)
    remove_empty_elements(structure)
    name_languages(structure)
    place_figures(structure)
    describe_links(structure)
    index_identifiers(structure)
    turn_the_rest_into_artifacts(structure)
    forbid_interpolation(pdf)
    list_files_once(pdf)
    fonts = font_files(document, pdf)
    correct_letters(fonts)
    spell_ligatures([structure.resolve(page["Contents"]) for page in structure.pages], fonts, pdf)
    end_streams_plainly(pdf)


def remove_decoration(structure: Structure) -> None:
    """Take pictures out of the tree that the page hides from readers who listen."""
    for number, page in enumerate(structure.document.pages):
        for box, mark in page.marks.items():
            if _is_decoration(box):
                structure.remove(structure.marked(number, mark))


def remove_empty_elements(structure: Structure) -> None:
    """Remove what announces nothing; an empty cell stays, since its place in the row counts."""
    for element in reversed(list(structure.elements())):
        if not element["K"] and element["S"] not in {"/TD", "/TH"}:
            structure.remove(element)


def name_languages(structure: Structure) -> None:
    """Name the language of every text that is not in the document's own."""
    main = structure.document.metadata.lang
    for number, page in enumerate(structure.document.pages):
        for box, mark in page.marks.items():
            if (lang := box.style["lang"]) and lang != main:
                structure.marked(number, mark)["Lang"] = pydyf.String(lang)


def place_figures(structure: Structure) -> None:
    """Give a figure's box in the page's own measure: points, counted from the foot."""
    for element in structure.elements():
        if element["S"] == "/Figure":
            top = structure.resolve(element["Pg"])["MediaBox"][3]
            left, upper, right, lower = (side * POINTS_PER_PIXEL for side in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array([left, top - lower, right, top - upper])


def describe_links(structure: Structure) -> None:
    """Describe a link by its words instead of its address, and let it be printed."""
    for page in structure.document.pages:
        for _kind, target, _rectangle, box in page.links:
            if box.link_annotation is None:
                continue
            words = " ".join("".join(box.element.itertext()).split())
            box.link_annotation["Contents"] = pydyf.String(words or target)
            box.link_annotation["F"] = PRINT_FLAG


def index_identifiers(structure: Structure) -> None:
    """List the header cells that other cells name, as the tree's root must."""
    named = {
        element["ID"].string: reference(element)
        for element in structure.elements()
        if "ID" in element
    }
    if named:
        entries = pydyf.Array()
        for name in sorted(named):
            entries.extend([pydyf.String(name), named[name]])
        structure.root["IDTree"] = pydyf.Dictionary({"Names": entries})


def forbid_interpolation(pdf: pydyf.PDF) -> None:
    """An archive shows a picture as it is; smoothing is each viewer's own taste."""
    for thing in pdf.objects:
        extra: Element = getattr(thing, "extra", {})
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"


def list_files_once(pdf: pydyf.PDF) -> None:
    """Name each embedded file once among the files that belong to the document."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _is_decoration(box: object) -> bool:
    element = getattr(box, "element", None)
    if element is None or not hasattr(box, "replacement"):
        return False
    return bool(element.get("aria-hidden") == "true" or element.get("alt") == "")
