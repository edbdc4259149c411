"""Paragraphs, tables and pictures of a Word file, in the direction and language of its text.

python-docx knows the file's parts; what it has no words for (right-to-left text, header rows,
alternative text, links, page numbers) is written here as the elements that the format names.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from eventsapp.core.texts import direction

LOCALES = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}
LATIN, ARABIC = "Calibri", "Arial"
TEXT_WIDTH = Mm(160)
ACCENT = RGBColor(0x0B, 0x5A, 0x66)
SOFT = RGBColor(0x4D, 0x5C, 0x5A)


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


class Writer:
    """A Word file being written from top to bottom."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.file = docx.Document()
        self._pictures = 0
        self._set_page()
        self._set_styles()

    def paragraph(self, runs: Iterable[Run] | str, style: str = "Normal", *, lang: str = "") -> Any:
        """A paragraph in the document's language, or in ``lang`` where a quote keeps its own."""
        paragraph = self.file.add_paragraph(style=style)
        self.fill(paragraph, runs, lang=lang or self.lang)
        return paragraph

    def fill(self, paragraph: Any, runs: Iterable[Run] | str, *, lang: str = "") -> None:
        lang = lang or self.lang
        if direction(lang) == "rtl":
            _flag(paragraph._p.get_or_add_pPr(), "w:bidi")
        for run in [Run(runs)] if isinstance(runs, str) else runs:
            parent = self._link(paragraph, run.url) if run.url else paragraph._p
            self._add_run(parent, run, lang)

    def heading(self, level: int, text: str) -> None:
        self.paragraph(text, style=f"Heading {min(level, 9)}")

    def page_break(self) -> None:
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        numeric: Sequence[int] = (),
        description: str = "",
    ) -> None:
        """A table whose first row repeats on each page and is read as its head."""
        whole = [list(row) for row in rows]
        if head:
            whole.insert(0, list(head))
        columns = max(len(row) for row in whole)
        table = self.file.add_table(rows=0, cols=columns, style="Light List")
        self._describe_table(table, description, has_head=bool(head))
        for at, row in enumerate(whole):
            table._tbl.append(self._row(row, numeric, is_head=bool(head) and at == 0))
        self.file.add_paragraph()

    def picture(self, data: bytes, alt: str, width: int | None = None) -> None:
        """A picture in a paragraph of its own, with what it shows for those who cannot see it."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self.picture_in(paragraph, data, alt, width)

    def picture_in(self, paragraph: Any, data: bytes, alt: str, width: int | None = None) -> None:
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=width or TEXT_WIDTH)
        self._pictures += 1
        properties = shape._inline.docPr
        properties.set("descr", alt)
        properties.set("name", f"Picture {self._pictures}")
        if direction(self.lang) == "rtl":
            _flag(paragraph._p.get_or_add_pPr(), "w:bidi")

    def page_numbers(self, before: str, between: str, after: str) -> None:
        """``Page 3 of 7`` at the foot of each page, counted by the reader's word processor."""
        paragraph = self.file.sections[0].footer.paragraphs[0]
        if direction(self.lang) == "rtl":
            _flag(paragraph._p.get_or_add_pPr(), "w:bidi")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            if text:
                self._add_run(paragraph._p, Run(text), self.lang)
            if field:
                element = _element("w:fldSimple", {"w:instr": field})
                self._add_run(element, Run("1"), self.lang)
                paragraph._p.append(element)

    def running_title(self, text: str) -> None:
        self.fill(self.file.sections[0].header.paragraphs[0], text)

    def save(self) -> bytes:
        written = io.BytesIO()
        self.file.save(written)
        return written.getvalue()

    def _set_page(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = section.bottom_margin = Mm(25)
        if direction(self.lang) == "rtl":
            section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")

    def _set_styles(self) -> None:
        """The language stands in the styles, so that what partners type is spelt in it too."""
        styles = self.file.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(11 if self.lang != "ar" else 12)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:cs"), ARABIC)
        locale = LOCALES[self.lang]
        normal.element.rPr.append(
            _element("w:lang", {"w:val": locale, "w:eastAsia": locale, "w:bidi": locale})
        )
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            styles[name].font.color.rgb = ACCENT
            styles[name].font.name = LATIN
        styles["Caption"].font.color.rgb = SOFT

    def _add_run(self, parent: Any, run: Run, lang: str) -> None:
        element = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        for wanted, names in ((run.bold, ("w:b", "w:bCs")), (run.italic, ("w:i", "w:iCs"))):
            for name in names if wanted else ():
                properties.append(OxmlElement(name))
        if run.url:
            properties.append(_element("w:color", {"w:val": str(ACCENT)}))
            properties.append(_element("w:u", {"w:val": "single"}))
        is_rtl = direction(lang) == "rtl"
        if is_rtl:
            properties.append(OxmlElement("w:rtl"))
        if lang != self.lang or is_rtl:
            locale = LOCALES[lang]
            properties.append(_element("w:lang", {"w:bidi" if is_rtl else "w:val": locale}))
        element.append(properties)
        text = OxmlElement("w:t")
        text.text = run.text
        text.set(qn("xml:space"), "preserve")
        element.append(text)
        parent.append(element)

    def _link(self, paragraph: Any, url: str) -> Any:
        key = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink", {"r:id": key})
        paragraph._p.append(link)
        return link

    def _describe_table(self, table: Any, description: str, *, has_head: bool) -> None:
        properties = table._tbl.tblPr
        if direction(self.lang) == "rtl":
            _insert(properties, "w:bidiVisual", after=("w:tblStyle", "w:tblpPr", "w:tblOverlap"))
        look = properties.find(qn("w:tblLook"))
        look.set(qn("w:firstRow"), "1" if has_head else "0")
        look.set(qn("w:firstColumn"), "0")
        if description:
            properties.append(_element("w:tblDescription", {"w:val": description}))

    def _row(self, cells: Sequence[str], numeric: Sequence[int], *, is_head: bool) -> Any:
        """Built as elements: the library's own rows cost time that grows with their square."""
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for at, text in enumerate(cells):
            cell, paragraph = OxmlElement("w:tc"), OxmlElement("w:p")
            about = OxmlElement("w:pPr")
            if direction(self.lang) == "rtl":
                about.append(OxmlElement("w:bidi"))
            if at in numeric:
                about.append(_element("w:jc", {"w:val": "end"}))
            paragraph.append(about)
            self._add_run(paragraph, Run(text, bold=is_head), self.lang)
            cell.append(paragraph)
            row.append(cell)
        return row


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _flag(parent: Any, name: str) -> None:
    if parent.find(qn(name)) is None:
        parent.append(OxmlElement(name))


def _insert(parent: Any, name: str, *, after: Sequence[str]) -> None:
    """Put an element where the format's order wants it: behind the last of ``after``."""
    at = 0
    for index, child in enumerate(parent):
        if child.tag in {qn(one) for one in after}:
            at = index + 1
    parent.insert(at, OxmlElement(name))
