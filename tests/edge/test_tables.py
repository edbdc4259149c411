"""Tables that no program takes for formulas, and files that are no tables."""

import csv
import io
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from eventsapp.edge.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    EmptyFile,
    TooManyRows,
    UnreadableFile,
    read_table,
    write_csv,
    write_xlsx,
)

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_write_csv_gives_no_cell_that_a_spreadsheet_would_run(text: str) -> None:
    data = write_csv([["Name"], [text]])
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert rows == [["Name"], [f"'{text}"]]


def test_write_csv_keeps_numbers_quotes_lines_and_letters() -> None:
    rows: list[list[Cell]] = [["a", 'quote "x"', "two\nlines", "سلمى"], [-5, 1.5, None, ""]]
    data = write_csv(rows)

    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["a", 'quote "x"', "two\nlines", "سلمى"],
        ["-5", "1.5", "", ""],
    ]


@pytest.mark.parametrize("text", [*FORMULAS, "https://x.example", "{=1}"])
def test_write_xlsx_stores_text_as_text(text: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx([["Name"], [text]]))).worksheets[0]

    cell = page["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value in {text, text.replace("\r", "_x000D_")}


def test_write_xlsx_turns_the_sheet_for_arabic() -> None:
    data = write_xlsx([["الاسم"]], right_to_left=True)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]

    assert page.sheet_view.rightToLeft


def test_read_table_reads_what_was_written() -> None:
    rows = [["Name", "Minutes"], ["سلمى", "12"], ["", "3"]]

    assert read_table(write_csv(rows)) == rows
    assert read_table(write_xlsx(rows)) == rows


@pytest.mark.parametrize("data", [b"", b"   \r\n", b"\x00\x00"])
def test_read_table_says_that_a_file_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_table(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\x00\x01\x02" * 500,
        b"PK\x03\x04 not really a spreadsheet",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b'a,"' + b"x" * 200_000,
    ],
)
def test_read_table_says_that_a_file_is_no_table(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_table(data)


def test_read_table_refuses_a_zip_bomb_without_unpacking_it() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" * 40_000_000)

    with pytest.raises(UnreadableFile):
        read_table(file.getvalue())


def test_read_table_refuses_more_rows_than_a_workshop_can_have() -> None:
    with pytest.raises(TooManyRows):
        read_table(b"a,b\r\n" * (MOST_ROWS + 1))


def packed(entries: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return file.getvalue()


def with_sheet(change: Callable[[str], str]) -> bytes:
    """A spreadsheet of ours with its sheet's XML changed."""
    source = zipfile.ZipFile(io.BytesIO(write_xlsx([["Name"], ["Salma"]])))
    parts = {name: source.read(name).decode() for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    return packed(parts)


def test_read_table_opens_no_file_that_a_sheet_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret", encoding="utf-8")
    entity = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file://{secret}">]>'
    cell = '<c r="A3" t="inlineStr"><is><t>&x;</t></is></c>'

    def change(sheet: str) -> str:
        head, rest = sheet.split("?>", 1)
        return f"{head}?>{entity}" + rest.replace(
            "</sheetData>", f'<row r="3">{cell}</row></sheetData>'
        )

    try:
        rows = read_table(with_sheet(change))
    except UnreadableFile:
        return
    assert "the secret" not in str(rows)


def test_read_table_bursts_on_no_nested_entities() -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise("abcdefghijk")
    )
    cell = '<c r="A3" t="inlineStr"><is><t>&k;</t></is></c>'

    def change(sheet: str) -> str:
        head, rest = sheet.split("?>", 1)
        doctype = f"<!DOCTYPE worksheet [{entities}]>"
        return f"{head}?>{doctype}" + rest.replace(
            "</sheetData>", f'<row r="3">{cell}</row></sheetData>'
        )

    with pytest.raises(UnreadableFile):
        read_table(with_sheet(change))


def test_read_table_believes_no_size_that_a_sheet_claims() -> None:
    huge = with_sheet(lambda sheet: sheet.replace('ref="A1:A2"', 'ref="A1:XFD1048576"'))

    assert read_table(huge) == [["Name"], ["Salma"]]


def test_read_table_refuses_a_line_of_a_million_columns() -> None:
    with pytest.raises(UnreadableFile):
        read_table(b"Name,Minutes\r\n" + b"," * 1_000_000)


def test_read_table_cuts_lines_that_are_wider_than_any_table() -> None:
    assert [len(row) for row in read_table(b"a,b\r\n" + b"x," * 1_000)] == [2, MOST_COLUMNS]


def test_read_table_drops_nuls_that_no_database_takes() -> None:
    text = "Name,Minutes\r\n" * 2_000 + "Sal\x00ma,12\r\n"

    assert read_table(text.encode())[-1] == ["Salma", "12"]


@pytest.mark.parametrize("name", ["علي", "سلمى حداد", "Zoé", "José Müller", "Création"])
def test_read_table_tells_our_old_encodings_apart_in_the_shortest_files(name: str) -> None:
    encoding = "cp1256" if ord(name[0]) > 0x600 else "cp1252"

    assert read_table(f"Name;Min\r\n{name};12\r\n".encode(encoding))[1] == [name, "12"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_read_table_reads_two_bytes_a_letter_without_a_mark(encoding: str) -> None:
    assert read_table("Name\tMin\r\nسلمى\t12\r\n".encode(encoding))[1] == ["سلمى", "12"]


def test_read_table_gives_back_text_that_was_made_harmless_for_spreadsheets() -> None:
    rows: list[list[Cell]] = [["Name"], ["=1+1"], ["-Salma"], ["'quoted'"], ["'=odd"]]

    assert read_table(write_csv(rows)) == [["Name"], ["=1+1"], ["-Salma"], ["'quoted'"], ["=odd"]]
    assert read_table(b'Name,Code\r\n="Salma",="00123"\r\n')[1] == ["Salma", "00123"]
