"""Each mend, asserted on the structure of the finished file; without it the same test fails."""

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from eventsapp.documents.typography import set_spaces
from eventsapp.edge.pdf import RenderedPdf, render
from tests.documents.pictures import logo
from tests.documents.sample import CREATED, words_in
from tests.edge.pdf.tree import (
    below,
    drawn_sequences,
    elements,
    kids,
    opened,
    spoken,
    unmended,
)

Check = Callable[[pikepdf.Pdf], None]


def holds_only_when_mended(check: Check, pdf: pikepdf.Pdf, plain: pikepdf.Pdf) -> None:
    check(pdf)
    with pytest.raises((AssertionError, AttributeError, KeyError, ValueError)):
        check(plain)


def test_every_header_cell_says_whether_it_heads_a_column_or_a_row(
    pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    def check(file: pikepdf.Pdf) -> None:
        heads = [cell for part in elements(file, "/THead") for cell in below(part, "/TH")]
        rows = [cell for part in elements(file, "/TBody") for cell in below(part, "/TH")]
        assert {str(cell.A.Scope) for cell in heads} == {"/Column"}
        assert {str(cell.A.Scope) for cell in rows} == {"/Row"}
        assert len(heads) + len(rows) == len(elements(file, "/TH"))

    holds_only_when_mended(check, pdf, plain)


def test_a_table_over_several_pages_is_one_table_with_one_head(
    lang: str, pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    words = words_in(lang)

    def check(file: pikepdf.Pdf) -> None:
        tables = [
            table
            for table in elements(file, "/Table")
            if len(below(table, "/TD")) > 3 * len(words.list_head)
            and below(table, "/THead")
            and len(below(table, "/TR")) > 20
        ]
        assert len(tables) == 1
        table = tables[0]
        assert [str(part.S) for part in kids(table)] == ["/Caption", "/THead", "/TBody"]
        rows = kids(kids(table, "/TBody")[0], "/TR")
        assert len(rows) == 70
        assert {len(kids(row)) for row in rows} == {4}
        assert len({row.Pg.objgen for row in rows}) >= 3
        for row in rows:
            assert row.P.objgen == kids(table, "/TBody")[0].objgen

    holds_only_when_mended(check, pdf, plain)


def test_every_data_cell_names_heads_that_exist(pdf: pikepdf.Pdf, plain: pikepdf.Pdf) -> None:
    def check(file: pikepdf.Pdf) -> None:
        entries = list(file.Root.StructTreeRoot.IDTree.Names)
        names = [str(name) for name in entries[::2]]
        assert names == sorted(names)
        assert {cell.ID: cell.objgen for cell in elements(file, "/TH")} == {
            name: cell.objgen for name, cell in zip(entries[::2], entries[1::2], strict=True)
        }
        for cell in elements(file, "/TD"):
            assert {str(name) for name in cell.A.get("/Headers", [])} <= set(names)

    holds_only_when_mended(check, pdf, plain)


def test_a_row_cut_by_the_end_of_a_page_stays_one_row() -> None:
    words = " ".join(f"w{number}" for number in range(1500))
    html = (
        '<html lang="en"><title>T</title><h1>T</h1><table><thead><tr><th>A<th>B</thead>'
        f"<tbody><tr><th scope=row>row</th><td>{words}</td></tr></tbody></table>"
    )

    def check(file: pikepdf.Pdf) -> None:
        assert len(file.pages) > 1
        (table,) = elements(file, "/Table")
        assert len(below(table, "/TR")) == 2
        (cell,) = below(table, "/TD")
        assert spoken(file, cell).replace(" ", "") == words.replace(" ", "")

    pdf = render(html, media={}, created=CREATED, identifier="x")
    holds_only_when_mended(check, opened(pdf.data), opened(unmended(html, {})))


def test_heads_feet_and_repeated_table_heads_are_artifacts(
    pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    def check(file: pikepdf.Pdf) -> None:
        marks = [(element.Pg.objgen, int(kid)) for element in elements(file)
                 for kid in element.K if isinstance(kid, int)]  # fmt: skip
        drawn = [(page.obj.objgen, mark) for page in file.pages
                 for tag, mark in drawn_sequences(page) if tag != "/Artifact"]  # fmt: skip
        assert sorted(marks) == sorted(drawn)

    holds_only_when_mended(check, pdf, plain)


def test_no_element_of_a_running_head_is_left_in_the_file(
    pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    def check(file: pikepdf.Pdf) -> None:
        alive = {element.objgen for element in elements(file)}
        every = {
            thing.objgen
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
        }
        assert every == alive
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        for entry in numbers[1::2]:
            for element in entry if isinstance(entry, pikepdf.Array) else [entry]:
                assert element is None or element.objgen in alive

    holds_only_when_mended(check, pdf, plain)


def test_bars_are_decoration_and_pictures_are_not(
    lang: str, pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    words = words_in(lang)
    said = [*words.emblem_alts, *(alt for alt, *_ in words.photos), *words.emblem_alts]

    def check(file: pikepdf.Pdf) -> None:
        assert [str(figure.Alt) for figure in elements(file, "/Figure")] == said

    holds_only_when_mended(check, pdf, plain)


def test_a_figure_is_where_it_is_drawn(pdf: pikepdf.Pdf, plain: pikepdf.Pdf) -> None:
    def check(file: pikepdf.Pdf) -> None:
        cover = [figure for figure in elements(file, "/Figure")
                 if figure.Pg.objgen == file.pages[0].obj.objgen and "/Alt" in figure]  # fmt: skip
        for figure in cover:
            left, bottom, right, top = (float(side) for side in figure.A.BBox)
            assert 60 < left < right < 540
            assert 60 < bottom < top < 150  # the emblems stand at the foot of the cover

    holds_only_when_mended(check, pdf, plain)


def test_no_element_is_empty_but_a_cell(pdf: pikepdf.Pdf, plain: pikepdf.Pdf) -> None:
    def check(file: pikepdf.Pdf) -> None:
        empty = {str(element.S) for element in elements(file) if len(element.K) == 0}
        assert empty <= {"/TD"}

    holds_only_when_mended(check, pdf, plain)


def test_a_quote_in_another_language_is_read_in_it(
    lang: str, pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    _, quote = words_in(lang).quotes

    def check(file: pikepdf.Pdf) -> None:
        spoken_in = [(str(element.Lang)) for element in elements(file) if "/Lang" in element]
        assert spoken_in == [quote[2]]
        assert str(file.Root.Lang) == lang

    holds_only_when_mended(check, pdf, plain)


def test_a_link_is_described_by_its_words_and_can_be_printed(
    lang: str, pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    def check(file: pikepdf.Pdf) -> None:
        links = [link for page in file.pages for link in page.obj.get("/Annots", [])]
        assert [int(link.F) for link in links] == [4]
        assert f"[{links[0].Contents}](" in words_in(lang).outlook
        (element,) = elements(file, "/Link")
        assert any(kid.get("/Obj", kid).objgen == links[0].objgen
                   for kid in element.K if isinstance(kid, pikepdf.Dictionary))  # fmt: skip

    holds_only_when_mended(check, pdf, plain)


def test_metadata_claims_both_standards_and_can_be_read_as_text(
    report: RenderedPdf, pdf: pikepdf.Pdf, plain: pikepdf.Pdf
) -> None:
    def check(file: pikepdf.Pdf) -> None:
        metadata = file.Root.Metadata
        assert "/Filter" not in metadata
        text = metadata.read_raw_bytes()
        for claim in (b'pdfaid:part="3"', b'pdfaid:conformance="A"', b'pdfuaid:part="1"',
                      b"http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"):  # fmt: skip
            assert claim in text

    assert b'pdfuaid:part="1"' in report.data
    holds_only_when_mended(check, pdf, plain)


def test_no_picture_is_smoothed(pdf: pikepdf.Pdf) -> None:
    assert _smoothing(pdf) == {False}
    html = '<html lang="en"><title>T</title><h1>T</h1><img alt="a" src="media:logo.png">'
    control = opened(unmended(html, {"logo.png": logo()}))
    mended = render(html, media={"logo.png": logo()}, created=CREATED, identifier="x")
    assert (_smoothing(control), _smoothing(opened(mended.data))) == ({True}, {False})


def _smoothing(file: pikepdf.Pdf) -> set[Any]:
    pictures = (thing for thing in file.objects if isinstance(thing, pikepdf.Stream))
    return {
        bool(thing.get("/Interpolate", False))
        for thing in pictures
        if thing.get("/Subtype") == "/Image"
    }


def test_a_file_has_bookmarks_title_and_attachments(lang: str, pdf: pikepdf.Pdf) -> None:
    words = words_in(lang)
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        inner = [str(item.title) for item in outline.root[1].children]
    heads = [set_spaces(head, lang) for name, head in words.heads.items() if name != "objectives"]
    assert (titles, inner) == (heads, [words.heads["objectives"]])
    assert str(pdf.docinfo.Title) == words.title
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    files = [(str(file.UF), str(file.AFRelationship), str(file.EF.F.Subtype), str(file.Desc))
             for file in pdf.Root.AF]  # fmt: skip
    assert files == [
        ("attendance.csv", "/Data", "/text/csv", "Attendance by mode"),
        ("report.json", "/Data", "/application/json", "The figures of the report"),
    ]
