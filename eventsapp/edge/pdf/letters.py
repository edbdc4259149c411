"""Which letters a glyph stands for: what is copied, searched and read aloud.

The layout engine learns it from the first place where it meets a glyph. In Arabic a ligature and
the mark upon it (as in ممثلًا) are two glyphs of one cluster, and there it notes the whole cluster
for the one and nothing for the other, for the rest of the document. The fonts know better: their
glyphs' names say which letters they are.
"""

import unicodedata
from functools import lru_cache
from io import BytesIO
from typing import Any

import pydyf
from fontTools import agl
from fontTools.ttLib import TTFont
from weasyprint.document import Document
from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import get_hb_object_data

from eventsapp.edge.pdf.structure import Element

BLANK_NAME = ".null"


class FontFile:
    """A font of the document, and what the file under construction says about it."""

    def __init__(self, font: Font, pdf: pydyf.PDF, description: Element) -> None:
        def resolve(reference: bytes) -> Any:
            return pdf.objects[int(reference.split()[0])]

        self.font = font
        self.description = description
        self.letters: list[Any] = resolve(description["ToUnicode"]).stream
        self.glyphs: Element = resolve(description["DescendantFonts"][0])

    def letters_of(self, glyph: int) -> str:
        """The letters of the glyph's name: ``uniFEFC`` is a final lam with alef, two letters."""
        names, _ = self._glyphs()
        if glyph >= len(names):
            return ""
        return unicodedata.normalize("NFKC", agl.toUnicode(names[glyph])).strip()

    def blank_glyph(self) -> int | None:
        """A glyph without width or shape, where the font has one."""
        return self._glyphs()[1]

    def _glyphs(self) -> tuple[list[str], int | None]:
        return _read_glyphs(get_hb_object_data(self.font.hb_face), self.font.index)

    def doubtful(self) -> list[int]:
        """The glyphs that were noted with several letters, or with none."""
        return [glyph for glyph, text in self.font.to_unicode.items() if len(text) != 1]

    def note(self, glyph: int, letters: str) -> None:
        """Note what the glyph stands for, in place of what was noted before."""
        entry = f"<{glyph:04x}> <".encode()
        noted = entry + letters.encode("utf-16-be").hex().encode() + b">"
        for place, line in enumerate(self.letters):
            if isinstance(line, bytes) and line.startswith(entry):
                self.letters[place] = noted
                return
        end = self.letters.index(b"endcmap")
        self.letters[end:end] = [b"1 beginbfchar", noted, b"endbfchar"]


def font_files(document: Document, pdf: pydyf.PDF) -> dict[str, FontFile]:
    """The fonts by the name under which the pages choose them."""
    descriptions = {
        thing["BaseFont"]: thing
        for thing in pdf.objects
        if isinstance(thing, dict) and thing.get("Subtype") == "/Type0"
    }
    return {
        font.hash: FontFile(font, pdf, descriptions[font.name])
        for font in document.fonts.values()
        if font.name in descriptions
    }


def correct_letters(fonts: dict[str, FontFile]) -> None:
    """Note the right letters for glyphs that were met inside a cluster."""
    for font in fonts.values():
        for glyph in font.doubtful():
            if letters := font.letters_of(glyph):
                font.note(glyph, letters)


@lru_cache(maxsize=16)
def _read_glyphs(data: bytes, index: int) -> tuple[list[str], int | None]:
    """The names of the font's glyphs, and the number of its blank one."""
    font = TTFont(BytesIO(data), fontNumber=index, lazy=True)
    names: list[str] = font.getGlyphOrder()
    is_blank = BLANK_NAME in names and font["hmtx"][BLANK_NAME][0] == 0
    return names, names.index(BLANK_NAME) if is_blank else None
