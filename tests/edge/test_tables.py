"""Tables that no program takes for formulas, and files that are no tables."""

import csv
import io
import zipfile

import openpyxl
import pytest

from eventsapp.edge.tables import (
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
