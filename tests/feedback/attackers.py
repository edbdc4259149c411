"""Somebody who holds the whole database, its files and its logs, and wants to know who said what.

An attacker sees what a dump, a copied data file or a copied log shows, and nothing of our code's
memory. Each attack names a person for an answer; ``hits`` counts how often it is right.
"""

import hashlib
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlalchemy as sa

# A person is known by the registration of their invitation, an answer by a text only it has.
Ordering = list[Any]
OWN_TABLES = {"invitation", "feedback_inbox", "feedback_response"}


@dataclass
class Dump:
    """What was stolen: rows with all their system columns, in the order they were found."""

    invitations: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    files: dict[str, bytes]
    others: dict[str, list[str]] = field(default_factory=dict)

    def spent(self) -> list[dict[str, Any]]:
        return [row for row in self.invitations if row["spent"]]


def steal(engine: sa.Engine, data_dir: Path, marker: Callable[[Any], str]) -> Dump:
    """Copy everything; ``marker`` reads from a payload the text that tells answers apart."""
    system = "ctid, xmin, cmin, " if engine.dialect.name == "postgresql" else ""
    with engine.connect() as connection:
        invitations = _rows(connection, "invitation", system)
        answers = [
            row | {"marker": marker(row["payload"])}
            for table in ("feedback_inbox", "feedback_response")
            for row in _rows(connection, table, system)
        ]
        names = set(sa.inspect(connection).get_table_names())
        others = {
            name: [str(row) for row in _rows(connection, name, "")]
            for name in sorted(names - OWN_TABLES)
        }
        files = _server_files(connection) if system else {}
    for path in sorted(data_dir.parent.rglob("*")):
        if path.is_file() and path.suffix != ".eml" and not path.name.endswith("_key"):
            files[path.name] = path.read_bytes()
    return Dump(invitations=invitations, answers=answers, files=files, others=others)


def _rows(connection: sa.Connection, table: str, system: str) -> list[dict[str, Any]]:
    statement = sa.text(f'SELECT {system}* FROM "{table}"')  # noqa: S608 - names of our own
    return [dict(row) for row in connection.execute(statement).mappings()]


def _server_files(connection: sa.Connection) -> dict[str, bytes]:
    """The tables' own files, as whoever copies the disk reads them."""
    connection.execute(sa.text("CHECKPOINT"))
    found = {}
    for table in OWN_TABLES:
        for name in (table, f"pk_{table}"):
            content = connection.scalar(
                sa.text("SELECT pg_read_binary_file(pg_relation_filepath(:name))"), {"name": name}
            )
            found[name] = bytes(content or b"")
    return found


def rank_attacks(dump: Dump) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lay every order of the spent invitations beside every order of the answers, both ways."""
    people, answers = dump.spent(), dump.answers
    for one, by_person in _orderings(dump, people, "id").items():
        for other, by_answer in _orderings(dump, answers, "marker").items():
            yield f"{one} ~ {other}", _match(by_person, by_answer)
            yield f"{one} ~ {other}, reversed", _match(by_person, by_answer[::-1])


def _match(people: Ordering, answers: Ordering) -> dict[str, Any]:
    return {
        answer["marker"]: person["registration_id"]
        for person, answer in zip(people, answers, strict=False)
    }


def _orderings(
    dump: Dump, rows: Sequence[dict[str, Any]], needle: str
) -> dict[str, list[dict[str, Any]]]:
    """Every order that the rows have in the dump: as found, by any column, by place in a file."""
    found = {"as found": list(rows)}
    for column in rows[0] if rows else ():
        found[column] = sorted(rows, key=lambda row: _sortable(row[column]))
    found["size"] = sorted(rows, key=lambda row: len(str(row)))
    for name, content in dump.files.items():
        for edge, place in (("first", content.find), ("last", content.rfind)):
            where = {str(row[needle]): place(str(row[needle]).encode()) for row in rows}
            if any(at >= 0 for at in where.values()):
                found[f"{edge} in {name}"] = sorted(rows, key=lambda row: where[str(row[needle])])
    for name, lines in dump.others.items():
        where = {
            str(row[needle]): next(
                (at for at, line in enumerate(lines) if str(row[needle]) in line), -1
            )
            for row in rows
        }
        if any(at >= 0 for at in where.values()):
            found[f"in {name}"] = sorted(rows, key=lambda row: where[str(row[needle])])
    return found


def _sortable(value: Any) -> tuple[int, Any]:
    """Places such as ``(0,12)`` by their numbers, numbers by their size, the rest as text."""
    text = str(value)
    if text.startswith("(") and text.endswith(")"):
        return 0, tuple(int(part) for part in text[1:-1].split(","))
    return (1, (int(text), 0)) if text.isdigit() else (2, text)


def join_attack(dump: Dump) -> dict[str, Any]:
    """Any value of an invitation, plain or hashed in a usual way, that is also in an answer."""
    found: dict[str, Any] = {}
    for person in dump.spent():
        needles = {form for value in person.values() for form in _forms(value)}
        for answer in dump.answers:
            if needles & {form for value in answer.values() for form in _forms(value)}:
                found[answer["marker"]] = person["registration_id"]
    return found


def _forms(value: Any) -> Iterable[str]:
    text = str(value)
    # Short values, such as numbers of forms and booleans, are shared by all rows.
    if len(text) < 16:
        return
    yield text
    for name in ("md5", "sha1", "sha256", "blake2b"):
        yield hashlib.new(name, text.encode()).hexdigest()


def log_attack(dump: Dump) -> dict[str, Any]:
    """SQLite's log: what one transaction wrote belongs together."""
    found: dict[str, Any] = {}
    for name, content in dump.files.items():
        if name.endswith("-wal"):
            found |= _together(dump, list(_transactions(content)))
    return found


def _together(dump: Dump, transactions: list[bytes]) -> dict[str, Any]:
    """A person and an answer that were first seen in the same transaction, and alone in it."""
    people = [row for row in dump.spent() if row["retry_mac"]]
    first = {
        needle: next((at for at, pages in enumerate(transactions) if needle in pages), -1)
        for needle in (
            *(str(row["retry_mac"]).encode() for row in people),
            *(str(row["marker"]).encode() for row in dump.answers),
        )
    }
    by_place: dict[int, list[Any]] = {}
    for row in people:
        place = first[str(row["retry_mac"]).encode()]
        by_place.setdefault(place, []).append(row["registration_id"])
    return {
        row["marker"]: by_place[place][0]
        for row in dump.answers
        if (place := first[str(row["marker"]).encode()]) >= 0 and len(by_place.get(place, ())) == 1
    }


def _transactions(log: bytes) -> Iterator[bytes]:
    """The pages that each transaction wrote, in order (format: sqlite.org/fileformat, 4)."""
    if len(log) < 32:
        return
    (page_size,) = struct.unpack(">I", log[8:12])
    pages = b""
    for start in range(32, len(log) - page_size - 23, page_size + 24):
        (is_commit,) = struct.unpack(">I", log[start + 4 : start + 8])
        pages += log[start + 24 : start + 24 + page_size]
        if is_commit:
            yield pages
            pages = b""


def heap_attack(dump: Dump) -> dict[str, Any]:
    """PostgreSQL's files: rows, deleted ones too, say which transaction wrote them."""
    people: dict[int, set[Any]] = {}
    answers: dict[int, set[str]] = {}
    for name, content in dump.files.items():
        for writer, row in _heap_rows(content) if name in OWN_TABLES else ():
            people.setdefault(writer, set()).update(
                one["registration_id"] for one in dump.invitations if one["id"].encode() in row
            )
            answers.setdefault(writer, set()).update(
                one["marker"] for one in dump.answers if one["marker"].encode() in row
            )
    return {
        marker: person
        for writer in people
        if len(people[writer]) == len(answers[writer]) == 1
        for marker, person in zip(answers[writer], people[writer], strict=True)
    }


def _heap_rows(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Writer and bytes of everything that looks like a row of ours, whether a page still points
    at it or not: 23 bytes of header that begin with the writer, a length, and an id in hex."""
    starts = [
        match.start() - 22 for match in re.finditer(rb"\x18.C[0-9a-f]{32}", content, re.DOTALL)
    ]
    for start, end in pairwise([*starts, len(content)]):
        if start >= 0:
            yield struct.unpack("<I", content[start : start + 4])[0], content[start:end][:400]


def grep(dump: Dump, needles: Iterable[str]) -> list[str]:
    """Which of the needles stand in any file or row."""
    rows = [str(row) for row in (*dump.invitations, *dump.answers)]
    rows += [line for lines in dump.others.values() for line in lines]
    return [
        needle
        for needle in needles
        if any(needle.encode() in content for content in dump.files.values())
        or any(needle in row for row in rows)
    ]


def hits(guesses: dict[str, Any], truth: dict[str, Any]) -> int:
    return sum(guesses.get(marker) == person for marker, person in truth.items())


def all_hits(dump: Dump, truth: dict[str, Any]) -> dict[str, int]:
    """What each attack gets right."""
    attacks = dict(rank_attacks(dump))
    attacks["equal values"] = join_attack(dump)
    attacks["log"] = log_attack(dump)
    attacks["heap"] = heap_attack(dump)
    return {name: hits(guesses, truth) for name, guesses in attacks.items()}


def chance_bound(expected: float, *, tests: int, alpha: float) -> int:
    """The smallest number of hits that chance reaches in none of ``tests`` tests, but once in
    1/``alpha`` times: each test's hits are a Poisson number, as those of a random assignment."""
    tail, term, count = 1.0, 2.718281828459045**-expected, 0
    while tail > alpha / tests:
        tail -= term
        count += 1
        term *= expected / count
        if term < 1e-300:
            break
    return count
