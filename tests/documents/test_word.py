"""The Word file of a document, opened and read back by the library that others use."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from eventsapp.documents.blocks import Heading, Table
from eventsapp.documents.typography import set_spaces
from eventsapp.documents.word import word_file
from tests.documents.sample import sample
from tests.factories.pictures import saved

PICTURE = saved(Image.new("RGB", (600, 400), "teal"), "JPEG")


def read_media(key: str) -> bytes | None:
    return None if key == "missing.jpg" else PICTURE


def opened(lang: str) -> Any:
    return docx.Document(io.BytesIO(word_file(sample(lang), read_media=read_media)))


def words_of(file: Any) -> str:
    inside = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in file.paragraphs), *inside])


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_headings_tables_and_their_heads_are_what_the_blocks_say(lang: str) -> None:
    document, file = set_spaces(sample(lang), lang), opened(lang)
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [block.text for block in document.blocks if isinstance(block, Heading)]
    heads = [
        tuple(cell.text for cell in table.rows[0].cells)
        for table in file.tables
        if table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    ]
    wanted = [block.head for block in document.blocks if isinstance(block, Table)]
    assert [head for head in heads if head in wanted] == wanted
    for block in document.blocks:
        if isinstance(block, Table):
            assert all(cell in words_of(file) for row in block.rows for cell in row)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_picture_says_what_it_shows(lang: str) -> None:
    described = [element.get("descr") for element in opened(lang).element.iter(qn("wp:docPr"))]
    assert described
    assert all(described)


def test_arabic_runs_from_right_to_left_and_says_so_in_every_paragraph() -> None:
    file = opened("ar")
    paragraphs = [one for one in file.element.iter(qn("w:p")) if "".join(one.itertext()).strip()]
    bare = [
        "".join(one.itertext())[:40]
        for one in paragraphs
        if one.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None
    ]
    foreign = [block for block in bare if block.isascii()]
    assert bare == foreign
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in file.tables)


@pytest.mark.parametrize(("lang", "locale"), [("en", "en-GB"), ("fr", "fr-FR"), ("ar", "ar-SA")])
def test_the_file_says_its_language_and_what_it_is(lang: str, locale: str) -> None:
    document, file = sample(lang), opened(lang)
    language = file.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert (language.get(qn("w:val")), language.get(qn("w:bidi"))) == (locale, locale)
    about = file.core_properties
    assert (about.title, about.author, about.language) == (document.title, document.author, locale)


def test_hostile_words_stay_words() -> None:
    data = word_file(sample("en"), read_media=read_media)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert whole.testzip() is None
        targets = whole.read("word/_rels/document.xml.rels").decode()
    assert "javascript:" not in targets
    assert "file:" not in targets


def test_without_its_file_a_picture_stands_as_its_description() -> None:
    document = sample("en")
    data = word_file(document, read_media=lambda _key: None)
    assert "".join(docx.Document(io.BytesIO(data)).element.itertext())
