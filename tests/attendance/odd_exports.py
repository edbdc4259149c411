"""More attendance files of layouts that nobody described: rare clocks, odd tables, remarks.

All are about Salma Haddad, Omar Ali and Leila Ben Youssef on 8 February 2022 in Tripoli, as in
``exports``: here and gone at the times of ``STAYS``, in whatever form ``table`` is told.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl

ZONE = ZoneInfo("Africa/Tripoli")
STAYS = {
    "Salma Haddad": ("09:01", "10:31"),
    "Omar Ali": ("09:05", "09:45"),
    "Leila Ben Youssef": ("09:02", "10:30"),
}
ARABIC = dict(zip(("سلمى حداد", "عمر علي", "ليلى بن يوسف"), STAYS.values(), strict=True))
MINUTES = {"Salma Haddad": 90.0, "Omar Ali": 40.0, "Leila Ben Youssef": 88.0}
Written = Callable[[datetime], str]


def moment(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2022, 2, 8, int(hour), int(minute), tzinfo=ZONE)


def table(
    written: Written,
    *,
    mark: str = ",",
    head: str = "Who,In,Out",
    people: Iterable[tuple[str, tuple[str, str]]] = tuple(STAYS.items()),
    end: str = "\n",
) -> str:
    """Names with two times, each ``written`` in one way."""
    rows = [mark.join([name, *(written(moment(one)) for one in stay)]) for name, stay in people]
    return end.join([head.replace(",", mark), *rows, ""])


def serial(when: datetime) -> str:
    days = (when.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - a spreadsheet's
    return f"{days:.8f}"


def arabic_half(when: datetime) -> str:
    return f"{when:%d/%m/%Y %I:%M} صباحًا"


def in_utc(when: datetime) -> datetime:
    return when.astimezone(UTC)


CLOCKS: dict[str, Written] = {
    "seconds since 1970": lambda when: f"{when.timestamp():.0f}",
    "milliseconds since 1970": lambda when: f"{when.timestamp() * 1000:.0f}",
    "days of a spreadsheet": serial,
    "all digits": lambda when: f"{when:%Y%m%dT%H%M%S}",
    "all digits, in UTC": lambda when: f"{in_utc(when):%Y%m%d%H%M%S}Z",
    "a zone's short name": lambda when: f"{when:%d.%m.%Y %H:%M} EET",
    "another zone's short name": lambda when: (
        f"{in_utc(when) + timedelta(hours=1):%Y-%m-%d %H:%M} CET"
    ),
    "an offset in brackets": lambda when: f"{in_utc(when):%Y-%m-%d %H:%M:%S} (UTC+00:00)",
    "as a browser writes it": lambda when: f"{when:%a %b %d %Y %H:%M:%S} GMT+0200 (EET)",
    "as a mail's head": lambda when: f"{when:%d %b %Y %H:%M:%S} +0200",
    "twelve hours, no space": lambda when: f"{when:%m/%d/%Y %I:%M%p}",
    "a. m.": lambda when: f"{when:%d/%m/%Y %I:%M} a. m.",
    "a year of two digits": lambda when: f"{when:%d-%b-%y %H:%M}",
    "in the morning, in Arabic": arabic_half,
    "a dot in the time": lambda when: f"{when:%H.%M}",
    "four digits": lambda when: f"{when:%H%M}",
    "a word behind it": lambda when: f"{when:%d.%m.%Y %H:%M} Uhr",
    "spaces too many": lambda when: f" {when:%Y-%m-%d}   {when:%H:%M} ",
    "in quotes of another kind": lambda when: f"'{when:%Y-%m-%d %H:%M}'",
}

GO_TO_WEBINAR = (
    '"GoToWebinar Attendee Report"\n"Generated","Feb 09, 2022 10:15 AM EET"\n'
    '"General Information"\n"Webinar Name","Webinar ID"\n"Focal points, day one","123-456-789"\n'
    '"Actual Start Date/Time","Duration","# Registered","# Attended","Opened Invitation"\n'
    '"Feb 08, 2022 08:55 AM EET","1 hour 40 minutes","4","3","5"\n"Session Details"\n'
    '"Attended","Interest Rating","Last Name","First Name","Email Address",'
    '"Registration Date/Time","Join Time","Leave Time","Time in Session (minutes)"\n'
    '"Yes","60","Haddad","Salma","salma@ministry.example","Feb 01, 2022 11:00 AM EET",'
    '"Feb 08, 2022 09:01 AM EET","Feb 08, 2022 10:31 AM EET","90.00"\n'
    '"Yes","55","Ali","Omar","omar@ministry.example","Feb 01, 2022 11:10 AM EET",'
    '"Feb 08, 2022 09:05 AM EET","Feb 08, 2022 09:45 AM EET","40.00"\n'
    '"Yes","70","Ben Youssef","Leila","leila@ministry.example","Feb 02, 2022 11:00 AM EET",'
    '"Feb 08, 2022 09:02 AM EET","Feb 08, 2022 10:30 AM EET","88.00"\n'
    '"No","0","Absent","Person","absent@office.example","Feb 02, 2022 11:00 AM EET",'
    '"--","--","--"\n'
)
BLUE_JEANS = (
    "Meeting Title,Meeting ID,Participant Name,Endpoint Type,Joined At,Left At,"
    "Duration (hh:mm:ss),Company\n"
    "Focal,123,Salma Haddad,Browser,02/08/2022 09:01:00 AM EET,02/08/2022 10:31:00 AM EET,"
    "01:30:00,Plan\n"
    "Focal,123,Omar Ali,iOS,02/08/2022 09:05:00 AM EET,02/08/2022 09:45:00 AM EET,00:40:00,Plan\n"
    "Focal,123,Leila Ben Youssef,Browser,02/08/2022 09:02:00 AM EET,02/08/2022 10:30:00 AM EET,"
    "01:28:00,University\n"
)
MEET_WITH_A_TITLE = (
    "* Meeting code: abc-defg-hij\r\n* Created on 2022-02-08 09:00:00\r\n\r\n"
    "Names,First Seen At,Attended\r\nSalma Haddad,09:01:00,1:30:00\r\n"
    "Omar Ali,09:05:00,0:40:00\r\nLeila Ben Youssef,09:02:00,1:28:00\r\n"
)
JITSI = (
    "displayName,email,joinedAt,leftAt,durationMs\n"
    "Salma Haddad,salma@ministry.example,1644303660,1644309060,5400000\n"
    "Omar Ali,,1644303900,1644306300,2400000\nLeila Ben Youssef,,1644303720,1644309000,5280000\n"
)
# The names are in two columns, the totals below fill few cells.
FRENCH_WITH_TOTALS = (
    "Liste de présence;;;;\r\nAtelier du 08/02/2022;;;;\r\n;;;;\r\n"
    "Nom;Prénom;Heure d’arrivée;Heure de départ;Durée\r\n"
    "HADDAD;Salma;09 h 01;10 h 31;1 h 30\r\nALI;Omar;09 h 05;09 h 45;0 h 40\r\n"
    "BEN YOUSSEF;Leila;09 h 02;10 h 30;1 h 28\r\n;;;Total;3 h 38\r\n"
    "Nombre de participants;3;;;\r\n"
)
ARABIC_WITH_A_SUM = (
    "الاسم;البريد;وقت الدخول;وقت الخروج;المدة\r\n"
    "سلمى حداد;salma@ministry.example;08/02/2022 09:01 ص;08/02/2022 10:31 ص;90 دقيقة\r\n"
    "عمر علي;;08/02/2022 09:05 ص;08/02/2022 09:45 ص;40 دقيقة\r\n"
    "ليلى بن يوسف;;08/02/2022 09:02 ص;08/02/2022 10:30 ص;88 دقيقة\r\nالمجموع;;;;218\r\n"
)
SURNAME_FIRST = (
    "Participant,Login,Logout,Minutes\n"
    '"HADDAD, Salma",2022-02-08T09:01:00+02:00,2022-02-08T10:31:00+02:00,90\n'
    '"ALI, Omar",2022-02-08T07:05:00Z,2022-02-08T07:45:00.250Z,40\n'
    '"BEN YOUSSEF, Leila",2022-02-08T08:02:00+01:00,2022-02-08T09:30:00+01:00,88\n'
)
TWO_HEADS = (
    "Participant,,Session 1,,\nFirst name,Last name,Join,Leave,Total\n"
    "Salma,Haddad,08.02.2022 09:01,08.02.2022 10:31,1:30\n"
    "Omar,Ali,08.02.2022 09:05,08.02.2022 09:45,0:40\n"
    "Leila,Ben Youssef,08.02.2022 09:02,08.02.2022 10:30,1:28\n"
)
LINES_IN_CELLS = (
    '"Comment","Full\nname","Join\ntime","Leave\ntime"\n'
    '"Hello,\nthanks","Salma\nHaddad","2022-02-08 09:01","2022-02-08 10:31"\n'
    '"","Omar Ali","2022-02-08 09:05","2022-02-08 09:45"\n'
    '"ok","Leila Ben Youssef","2022-02-08 09:02","2022-02-08 10:30"\n'
)
EMPTY_COLUMNS = (
    ",,Name,,,In,,Out,,,\n,,Salma Haddad,,,9:01,,10:31,,,\n,,Omar Ali,,,9:05,,9:45,,,\n"
    ",,Leila Ben Youssef,,,9:02,,10:30,,,\n"
)
SAME_HEADS = (
    "Time,Time,Name,Name,Name\n2022/02/08 09:01,2022/02/08 10:31,Salma Haddad,Plan,x\n"
    "2022/02/08 09:05,2022/02/08 09:45,Omar Ali,Plan,y\n"
    "2022/02/08 09:02,2022/02/08 10:30,Leila Ben Youssef,University,z\n"
)
ODD_ORDER = (
    "Left;Status;Duration;Device;Joined;E-mail;Attendee\n"
    "10:31:00 08-02-2022;ok;90 min;PC;09:01:00 08-02-2022;salma@ministry.example;Salma Haddad\n"
    "09:45:00 08-02-2022;ok;40 min;PC;09:05:00 08-02-2022;;Omar Ali\n"
    "10:30:00 08-02-2022;ok;88 min;Tel;09:02:00 08-02-2022;;Leila Ben Youssef\n"
)
AS_MARKDOWN = (
    "| Name | Joined | Left |\n|---|---|---|\n"
    "| Salma Haddad | 2022-02-08 09:01 | 2022-02-08 10:31 |\n"
    "| Omar Ali | 2022-02-08 09:05 | 2022-02-08 09:45 |\n"
    "| Leila Ben Youssef | 2022-02-08 09:02 | 2022-02-08 10:30 |\n"
)
BOTH_IN_ONE_CELL = (
    "Name,Present\nSalma Haddad,09:01 – 10:31\nOmar Ali,09:05-09:45\n"
    "Leila Ben Youssef,09:02 to 10:30\n"
)
ONLY_LENGTHS = {
    "hours and minutes": (
        "Name,Duration\nSalma Haddad,1 h 30\nOmar Ali,40 min\nLeila Ben Youssef,1h28m\n"
    ),
    "ISO 8601": (
        "Name,Duration\nSalma Haddad,PT1H30M\nOmar Ali,PT40M0.5S\nLeila Ben Youssef,PT88M\n"
    ),
    "minutes:seconds": "Name,Online\nSalma Haddad,90:05\nOmar Ali,40:00\nLeila Ben Youssef,88:01\n",
    "with a mean below": (
        "Name,Duration,,\nSalma Haddad,1:30:00,,\nOmar Ali,0:40:00,,\nLeila Ben Youssef,1:28:00,,\n"
        "Average,1:12:40,,\n"
    ),
}


def workbook() -> bytes:
    """Real dates and lengths, below a title."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Attendance"], [], ["#", "Name", "Join", "Leave", "Length"]):
        page.append(row)
    for number, (name, stay) in enumerate(STAYS.items(), start=1):
        start, end = (moment(clock).replace(tzinfo=None) for clock in stay)
        page.append([number, name, start, end, end - start])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


TABLES: dict[str, tuple[bytes, dict[str, tuple[str, str]]]] = {
    "GoToWebinar": (GO_TO_WEBINAR.encode(), STAYS),
    "BlueJeans": (BLUE_JEANS.encode(), STAYS),
    "Meet with a title": (MEET_WITH_A_TITLE.encode(), STAYS),
    "Jitsi": (JITSI.encode(), STAYS),
    "French, Windows-1252": (FRENCH_WITH_TOTALS.replace("’", "'").encode("cp1252"), STAYS),
    "Arabic, Windows-1256": (ARABIC_WITH_A_SUM.encode("cp1256"), ARABIC),
    "surname first": (SURNAME_FIRST.encode(), STAYS),
    "two rows of heads": (TWO_HEADS.encode(), STAYS),
    "lines in cells": (LINES_IN_CELLS.encode(), STAYS),
    "empty columns": (EMPTY_COLUMNS.encode(), STAYS),
    "heads that are the same": (SAME_HEADS.encode(), STAYS),
    "an odd order": (ODD_ORDER.encode(), STAYS),
    "as in Markdown": (AS_MARKDOWN.encode(), STAYS),
    "both times in one cell": (BOTH_IN_ONE_CELL.encode(), STAYS),
    "a workbook": (workbook(), STAYS),
    "ends of lines as on old Macs": (
        table("{:%d/%m/%y %H:%M}".format, mark=";", end="\r").encode(),
        STAYS,
    ),
    "UTF-16, the other way round": (
        b"\xfe\xff" + table("{:%d.%m.%Y %H:%M}".format, mark="\t").encode("utf-16-be"),
        STAYS,
    ),
    "a line for Excel": (
        b"sep=;\r\n" + table("{:%Y-%m-%d %H:%M}".format, mark=";").encode(),
        STAYS,
    ),
}
