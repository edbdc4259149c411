"""Webinars, lists of who joined and left, reports without times, and Teams files with gaps."""

import pytest

from eventsapp.attendance.import_format import SAMPLE_ROWS, ImportRow, RowProblem, detect_format
from eventsapp.edge.tables import open_table, write_xlsx
from tests.attendance.test_import_formats import READING, TEAMS

Told = tuple[int, str, str, str, float | None]


def read(data: bytes) -> tuple[str, list[Told], list[RowProblem]]:
    """The layout, and of each row its number, name, local times and minutes."""
    table = open_table(data)
    layout = detect_format(table.first(SAMPLE_ROWS))
    entries = list(layout.read(table, READING))
    rows = [_told(entry) for entry in entries if isinstance(entry, ImportRow)]
    return layout.key, rows, [entry for entry in entries if isinstance(entry, RowProblem)]


def _told(row: ImportRow) -> Told:
    start, end = (
        f"{moment.astimezone(READING.zone):%H:%M}" if moment else ""
        for moment in (row.start, row.end)
    )
    return row.number, row.name, start, end, row.minutes


WEBINAR = (
    "Attendee Report\r\n"
    "Report Generated:,02/09/2022 08:00:00 AM\r\n"
    "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,"
    "Unique Viewers,Total Users,Max Concurrent Views\r\n"
    '"Focal points\r\nof Libya",812 1234 5678,02/08/2022 08:55:00 AM,100,3,0,2,4,3\r\n'
    "Host Details\r\n"
    "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),"
    "Is Guest,Country/Region Name\r\n"
    "Yes,Huda Host,huda@ministry.example,02/08/2022 08:55:00 AM,02/08/2022 10:35:00 AM,100,No,"
    "Libya\r\n"
    "Panelist Details\r\n"
    "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),"
    "Is Guest,Country/Region Name\r\n"
    "Yes,Omar Ali,omar@ministry.example,02/08/2022 09:05:00 AM,02/08/2022 09:45:00 AM,40,Yes,"
    "Libya\r\n"
    "Attendee Details\r\n"
    "Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,"
    "Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,"
    "Country/Region Name\r\n"
    "Yes,Salma Haddad,Salma,Haddad,salma@ministry.example,,02/01/2022 10:00:00 AM,approved,"
    "02/08/2022 09:01:00 AM,02/08/2022 09:31:00 AM,30,No,Libya\r\n"
    "Yes,Salma Haddad,Salma,Haddad,salma@ministry.example,,02/01/2022 10:00:00 AM,approved,"
    "02/08/2022 09:51:00 AM,02/08/2022 10:31:00 AM,40,No,Libya\r\n"
    "No,Nobody Came,Nobody,Came,nobody@ministry.example,,02/02/2022 10:00:00 AM,approved,--,--,--,"
    "--,Libya\r\n"
)
OF_THE_WEBINAR = [
    (8, "Huda Host", "08:55", "10:35", None),
    (11, "Omar Ali", "09:05", "09:45", None),
    (14, "Salma Haddad", "09:01", "09:31", None),
    (15, "Salma Haddad", "09:51", "10:31", None),
]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_webinar_is_read_from_all_its_tables_and_no_shows_are_no_problem(encoding: str) -> None:
    key, rows, problems = read(WEBINAR.encode(encoding))

    assert (key, problems) == ("zoom_webinar", [])
    assert [row[1:] for row in rows] == [row[1:] for row in OF_THE_WEBINAR]


def test_a_webinar_is_recognised_with_translated_heads() -> None:
    french = {
        "Attended,User Name (Original Name),Email": "Présent,Nom d’utilisateur,E-mail",
        "Attended,User Name (Original Name),First Name": "Présent,Nom d’utilisateur,Prénom",
        "Join Time,Leave Time,Time in Session (minutes)": "Arrivée,Départ,Temps (minutes)",
        "Host Details": "Détails de l’hôte",
        "Panelist Details": "Détails des intervenants",
        "Attendee Details": "Détails des participants",
        "Yes,": "Oui,",
        "No,Nobody": "Non,Nobody",
    }
    text = WEBINAR
    for english, translated in french.items():
        text = text.replace(english, translated)

    key, rows, problems = read(text.encode())

    assert (key, problems) == ("zoom_webinar", [])
    assert [row[1:] for row in rows] == [row[1:] for row in OF_THE_WEBINAR]


ACTIONS = (
    "Full Name\tUser Action\tTimestamp\r\n"
    "Salma Haddad\tJoined before\t2/8/2022, 9:01:00 AM\r\n"
    "Omar Ali (Guest)\tJoined\t2/8/2022, 9:05:00 AM\r\n"
    "Salma Haddad\tLeft\t2/8/2022, 9:31:00 AM\r\n"
    "Omar Ali (Guest)\tLeft\t2/8/2022, 9:45:00 AM\r\n"
    "Salma Haddad\tJoined\t2/8/2022, 9:51:00 AM\r\n"
    "Salma Haddad\tLeft\t2/8/2022, 10:31:00 AM\r\n"
)


@pytest.mark.parametrize(
    "words",
    [
        ("Joined before", "Joined", "Left"),
        ("A rejoint avant", "A rejoint", "A quitté"),
        ("انضم قبل", "انضم", "غادر"),
    ],
)
def test_joined_and_left_become_stays_in_any_language(words: tuple[str, str, str]) -> None:
    before, joined, left = words
    text = ACTIONS.replace("Joined before", before).replace("Joined", joined).replace("Left", left)

    key, rows, problems = read(b"\xff\xfe" + text.encode("utf-16-le"))

    assert (key, problems) == ("teams_actions", [])
    assert sorted(rows) == [
        (2, "Salma Haddad", "09:01", "09:31", None),
        (3, "Omar Ali (Guest)", "09:05", "09:45", None),
        (6, "Salma Haddad", "09:51", "10:31", None),
    ]


def test_somebody_who_was_still_there_when_the_list_was_taken_has_an_unknown_end() -> None:
    _, rows, problems = read(ACTIONS.rsplit("Salma", 1)[0].encode())

    assert (6, "Salma Haddad", "09:51", "", None) in rows
    assert [problem.number for problem in problems] == [6]


def test_a_meeting_without_times_tells_minutes() -> None:
    text = (
        "Name (Original Name),User Email,Total Duration (Minutes),Guest\r\n"
        "Salma Haddad,salma@ministry.example,80,No\r\nOmar Ali,,40,Yes\r\nLeila,,,Yes\r\n"
    )

    key, rows, problems = read(text.encode())

    assert key == "zoom_meeting"
    assert rows == [(2, "Salma Haddad", "", "", 80.0), (3, "Omar Ali", "", "", 40.0)]
    assert problems == [RowProblem(4, "How long is missing or cannot be read.")]


def test_teams_sums_tell_only_minutes_where_there_are_gaps() -> None:
    _, rows, _ = read(TEAMS.split("3. In-Meeting", maxsplit=1)[0].encode())

    assert rows == [
        (8, "Salma Haddad", "09:01", "", 70.0),
        (9, "Omar Ali (Guest)", "09:05", "09:45", None),
    ]


def test_teams_takes_from_the_sums_whose_stays_were_cut_off() -> None:
    cut = TEAMS.rsplit("Omar Ali (Guest)", 1)[0]

    _, rows, _ = read(b"\xff\xfe" + cut.encode("utf-16-le"))

    assert [row[:3] for row in rows] == [
        (13, "Salma Haddad", "09:01"),
        (14, "Salma Haddad", "09:51"),
        (9, "Omar Ali (Guest)", "09:05"),
    ]


@pytest.mark.parametrize("text", [WEBINAR, ACTIONS, TEAMS])
def test_a_layout_is_the_same_in_a_spreadsheet(text: str) -> None:
    rows = list(open_table(text.encode()))

    from_text, from_sheet = read(text.encode()), read(write_xlsx(rows))

    assert from_sheet == from_text
