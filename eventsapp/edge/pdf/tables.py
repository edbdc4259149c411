"""Mends of tables: one table on several pages is one table, and every head says what it heads."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import TableBox

from eventsapp.edge.pdf.structure import Element, Structure, reference


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a table that is on one page: its element, and its body row by row."""

    table: Element
    rows: list[tuple[Any, list[Element]]]  # the row in the page's source, and its cells


def join_tables(structure: Structure) -> None:
    """Make the fragments of a table one, without the heads that are repeated for the eye."""
    parts: dict[Any, list[Fragment]] = defaultdict(list)
    for number in range(len(structure.pages)):
        for box in structure.boxes(number):
            if isinstance(box, TableBox) and (rows := _rows(box)):
                table = structure.ancestor(rows[0][1][0], "/Table")
                parts[box.element].append(Fragment(table, rows))
    for first, *others in parts.values():
        for other in others:
            _join(structure, first, other)


def scope_headers(structure: Structure) -> None:
    """Say of every header cell whether it heads its column (in the head) or its row."""
    for section in structure.elements():
        if section["S"] not in {"/THead", "/TBody", "/TFoot"}:
            continue
        scope = "/Column" if section["S"] == "/THead" else "/Row"
        for cell in structure.elements(section):
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = scope


def _rows(table: TableBox) -> list[tuple[Any, list[Element]]]:
    return [
        (row.element, [cell.mark for cell in row.children])
        for group in table.children
        if not group.is_header and not group.is_footer
        for row in group.children
        if row.children
    ]


def _join(structure: Structure, first: Fragment, other: Fragment) -> None:
    heads = dict(
        zip(_head_names(structure, other.table), _head_names(structure, first.table), strict=True)
    )
    body = structure.ancestor(first.rows[-1][1][0], "/TBody")
    for source, cells in other.rows:
        for cell in cells:
            _rename_heads(cell, heads)
        if source is first.rows[-1][0]:
            _join_row(structure, first.rows[-1][1], cells)
        else:
            structure.move(structure.ancestor(cells[0], "/TR"), body)
            first.rows.append((source, cells))
    structure.remove(other.table)


def _join_row(structure: Structure, cells: list[Element], more: list[Element]) -> None:
    """A row that was cut by the end of a page: its second half belongs to the same cells."""
    for cell, rest in zip(cells, more, strict=True):
        for kid in rest["K"]:
            structure.resolve(kid)["P"] = reference(cell)
        cell["K"].extend(rest["K"])


def _head_names(structure: Structure, table: Element) -> list[str]:
    return [
        cell["ID"].string
        for section in structure.kids(table)
        if section["S"] == "/THead"
        for cell in structure.elements(section)
        if cell["S"] == "/TH"
    ]


def _rename_heads(cell: Element, names: dict[str, str]) -> None:
    headers = cell["A"].get("Headers")
    if headers:
        cell["A"]["Headers"] = pydyf.Array(
            [pydyf.String(names.get(header.string, header.string)) for header in headers]
        )
