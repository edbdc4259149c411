"""Reading what video tools export, traps included."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from eventsapp.attendance.import_format import (
    SAMPLE_ROWS,
    ImportRow,
    Reading,
    RowProblem,
    Sheet,
    UnknownLayout,
    all_formats,
    detect_format,
)
from eventsapp.attendance.reading.times import AmbiguousDates, set_clock
from eventsapp.attendance.types import Interval
from eventsapp.edge.tables import Table, open_table, read_table

READING = Reading(
    zone=ZoneInfo("Africa/Tripoli"),
    around=Interval(
        datetime(2022, 2, 8, 7, 0, tzinfo=UTC), datetime(2022, 2, 9, 14, 0, tzinfo=UTC)
    ),
)
HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest"
SUMMARY = (
    "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\r\n"
    '"Introductory\r\nworkshop, day 1",812 1234 5678,Host,95,x,y,3\r\n'
    "\r\n"
)
SALMA = "Salma Haddad,salma@ministry.example,02/08/2022 09:01:23 AM,02/08/2022 10:31:23 AM,90,No"
SALMA_ROW = ImportRow(
    number=2,
    name="Salma Haddad",
    email="salma@ministry.example",
    start=datetime(2022, 2, 8, 7, 1, 23, tzinfo=UTC),
    end=datetime(2022, 2, 8, 8, 31, 23, tzinfo=UTC),
)


def read(text: str | bytes) -> tuple[list[ImportRow], list[RowProblem]]:
    data = text.encode() if isinstance(text, str) else text
    table = open_table(data)
    entries = list(detect_format(table.first(SAMPLE_ROWS)).read(table, READING))
    rows = [entry for entry in entries if isinstance(entry, ImportRow)]
    return rows, [entry for entry in entries if isinstance(entry, RowProblem)]


def lines(*rows: str) -> str:
    return "\r\n".join([HEAD, *rows, ""])


def test_zoom_reads_rows_without_a_summary() -> None:
    assert read(lines(SALMA)) == ([SALMA_ROW], [])


def test_zoom_reads_rows_behind_a_summary_with_a_title_of_two_lines() -> None:
    rows, problems = read(SUMMARY + lines(SALMA))

    assert ([row.name for row in rows], problems) == (["Salma Haddad"], [])


@pytest.mark.parametrize(
    "head",
    [
        "NAME (ORIGINAL NAME),EMAIL,JOIN TIME,LEAVE TIME,DURATION (MINUTES),GUEST",
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
        "\ufeffName (original name),Email,Join time,Leave time,Duration (minutes),Guest",
        # Translated: only the shape of the rows tells.
        "Nom (nom d’origine),E-mail,Heure d’arrivée,Heure de départ,Durée (minutes),Invité",
        "الاسم,البريد,وقت الانضمام,وقت المغادرة,المدة (دقائق),ضيف",
    ],
)
def test_zoom_is_recognised_by_its_shape_in_any_spelling_of_the_head(head: str) -> None:
    assert read(f"{head}\r\n{SALMA}\r\n") == ([SALMA_ROW], [])


def test_zoom_finds_columns_in_another_order_and_with_optional_ones() -> None:
    text = (
        "Email,Name (original name),Recording disclaimer response,Leave time,Join time\r\n"
        "salma@ministry.example,Salma Haddad,OK,02/08/2022 10:31:23 AM,02/08/2022 09:01:23 AM\r\n"
    )

    assert read(text) == ([SALMA_ROW], [])


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_zoom_reads_other_delimiters(delimiter: str) -> None:
    assert read(lines(SALMA).replace(",", delimiter)) == ([SALMA_ROW], [])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1256"]
)
def test_zoom_reads_any_usual_encoding(encoding: str) -> None:
    name = "سلمى حداد" if encoding == "cp1256" else "Éloïse Haddad"
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    text = lines(*[SALMA.replace("Salma Haddad", name)] * 20)

    rows, problems = read(marks.get(encoding, b"") + text.encode(encoding))

    assert ({row.name for row in rows}, problems) == ({name}, [])


@pytest.mark.parametrize(
    ("join", "leave"),
    [
        ("02/08/2022 09:01:23 AM", "02/08/2022 10:31:23 AM"),
        ("02/08/2022 09:01:23\u202fAM", "02/08/2022 10:31:23\u202fAM"),
        ("08/02/2022 09:01:23", "08/02/2022 10:31:23"),
        ("2022-02-08 09:01:23", "2022-02-08 10:31:23"),
        ("2022-02-08T09:01:23", "2022-02-08T10:31:23"),
        ("8.2.2022 9:01:23", "8.2.2022 10:31:23"),
        ("2/8/22, 9:01:23 a.m.", "2/8/22, 10:31:23 a.m."),
        ("Feb 8, 2022 09:01:23 AM", "Feb 8, 2022 10:31:23 AM"),
        ("8 February 2022 09:01:23", "8 February 2022 10:31:23"),
        ("٢٠٢٢/٠٢/٠٨ ٠٩:٠١:٢٣", "٢٠٢٢/٠٢/٠٨ ١٠:٣١:٢٣"),
    ],
)
def test_zoom_reads_dates_as_different_accounts_write_them(join: str, leave: str) -> None:
    text = lines(f'Salma Haddad,salma@ministry.example,"{join}","{leave}",90,No')

    assert read(text) == ([SALMA_ROW], [])


def test_zoom_reads_noon_and_midnight_right() -> None:
    text = lines("A B,,02/08/2022 12:00:00 AM,02/08/2022 12:30:00 PM,750,No")

    (row,), _ = read(text)

    assert (row.start, row.end) == (
        datetime(2022, 2, 7, 22, 0, tzinfo=UTC),
        datetime(2022, 2, 8, 10, 30, tzinfo=UTC),
    )


def test_zoom_says_which_rows_cannot_be_used_and_why() -> None:
    rows, problems = read(
        lines(
            SALMA,
            ",,02/08/2022 09:00:00 AM,02/08/2022 10:00:00 AM,60,No",
            "Omar Ali,,never,02/08/2022 10:00:00 AM,60,No",
            "Omar Ali,,02/08/2022 10:00:00 AM,02/08/2022 09:00:00 AM,60,No",
            "Omar Ali,,02/08/2022 10:00:00 AM",
        )
    )

    # Where the end is missing somebody was there all the same, nobody knows how long.
    started = datetime(2022, 2, 8, 8, 0, tzinfo=UTC)
    assert rows == [SALMA_ROW, ImportRow(6, "Omar Ali", start=started)]
    assert problems == [
        RowProblem(3, "There is no name."),
        RowProblem(4, "The time of joining is missing or cannot be read."),
        RowProblem(5, "It ends before it starts."),
        RowProblem(
            6,
            "The time of leaving is missing or cannot be read, so how long is unknown; the file "
            "may be cut off.",
        ),
    ]


def test_zoom_leaves_out_those_who_only_waited_to_be_let_in() -> None:
    text = (
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,"
        "In waiting room\r\n"
        "Omar Ali,,02/08/2022 09:00:00 AM,02/08/2022 09:05:00 AM,5,Yes,Yes\r\n"
    )

    assert read(text) == ([], [])


def test_zoom_reads_a_file_that_is_cut_within_a_letter() -> None:
    whole = lines(SALMA, SALMA.replace("Salma", "Éloïse")).encode()

    rows, problems = read(whole[: whole.index("ï".encode()) + 1])

    assert (rows, [problem.number for problem in problems]) == ([SALMA_ROW], [3])


def test_dates_that_fit_the_workshop_both_ways_are_refused() -> None:
    around = Interval(
        datetime(2022, 2, 3, 7, 0, tzinfo=UTC), datetime(2022, 3, 2, 14, 0, tzinfo=UTC)
    )

    with pytest.raises(AmbiguousDates):
        set_clock(["02/03/2022 09:00:00"], Reading(zone=READING.zone, around=around))


def test_one_clear_date_decides_for_the_whole_file() -> None:
    around = Interval(
        datetime(2022, 2, 3, 7, 0, tzinfo=UTC), datetime(2022, 3, 2, 14, 0, tzinfo=UTC)
    )
    texts = ["02/03/2022 09:00:00", "02/25/2022 09:00:00"]

    clock = set_clock(texts, Reading(zone=READING.zone, around=around))

    assert clock.order == "month"


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\r\n1,2,3\r\n",
        "just words\r\n",
    ],
)
def test_an_unknown_layout_is_refused(text: str) -> None:
    with pytest.raises(UnknownLayout):
        detect_format(read_table(text.encode()))


@pytest.mark.parametrize("key", sorted(all_formats()))
def test_every_layout_keeps_the_contract(key: str) -> None:
    layout = all_formats()[key]
    nothing: Sheet = [[], ["", ""], ["just", "words"]]

    assert (layout.key, bool(layout.label)) == (key, True)
    assert layout.detect(nothing) is False
    assert layout.detect([]) is False
    assert list(layout.read(Table(lambda: iter(nothing)), READING)) == []


TEAMS = (
    "1. Summary\r\n"
    "Meeting title\tIntroductory workshop\r\n"
    "Attended participants\t2\r\n"
    "Start time\t2/8/22, 9:00:11\u202fAM\r\n"
    "\r\n"
    "2. Participants\r\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
    "Salma Haddad\t2/8/22, 9:01:23\u202fAM\t2/8/22, 10:31:23\u202fAM\t1h 10m 0s"
    "\tsalma@ministry.example\tsalma@ministry.example\tAttendee\r\n"
    "Omar Ali (Guest)\t2/8/22, 9:05:00\u202fAM\t2/8/22, 9:45:00\u202fAM\t40m\t\t\tAttendee\r\n"
    "\r\n"
    "3. In-Meeting Activities\r\n"
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\n"
    "Salma Haddad\t2/8/22, 9:01:23\u202fAM\t2/8/22, 9:31:23\u202fAM\t30m\tsalma@ministry.example"
    "\tAttendee\r\n"
    "Salma Haddad\t2/8/22, 9:51:23\u202fAM\t2/8/22, 10:31:23\u202fAM\t40m"
    "\tsalma@ministry.example\tAttendee\r\n"
    "Omar Ali (Guest)\t2/8/22, 9:05:00\u202fAM\t2/8/22, 9:45:00\u202fAM\t40m\t\tAttendee\r\n"
)


def test_teams_reads_each_stay_of_the_third_section_and_not_the_sums() -> None:
    rows, problems = read(b"\xff\xfe" + TEAMS.encode("utf-16-le"))

    assert problems == []
    assert [(row.number, row.name, row.email) for row in rows] == [
        (13, "Salma Haddad", "salma@ministry.example"),
        (14, "Salma Haddad", "salma@ministry.example"),
        (15, "Omar Ali (Guest)", ""),
    ]
    assert (rows[1].start, rows[1].end) == (
        datetime(2022, 2, 8, 7, 51, 23, tzinfo=UTC),
        datetime(2022, 2, 8, 8, 31, 23, tzinfo=UTC),
    )


def test_teams_reads_the_sums_where_the_file_is_cut_before_the_stays() -> None:
    rows, _ = read(TEAMS.split("3. In-Meeting", maxsplit=1)[0])

    assert [row.name for row in rows] == ["Salma Haddad", "Omar Ali (Guest)"]


def test_teams_is_recognised_with_translated_heads() -> None:
    text = TEAMS.replace("In-Meeting Activities", "Activités").replace("Join Time", "Arrivée")
    text = text.replace("30m", "30 min").replace("1h 10m 0s", "1 h 10 min 0 s")

    sheet = read_table(text.encode())

    assert detect_format(sheet).key == "teams"


def test_zoom_and_teams_do_not_take_each_others_files() -> None:
    layouts = all_formats()
    zoom, teams = read_table(lines(SALMA).encode()), read_table(TEAMS.encode())

    assert [key for key, layout in layouts.items() if layout.detect(zoom)] == ["zoom_meeting"]
    assert [key for key, layout in layouts.items() if layout.detect(teams)] == ["teams"]
