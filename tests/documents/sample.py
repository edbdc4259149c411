"""A whole report in three languages: the sample workshop, with invented names and figures."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from json import loads
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

from eventsapp.documents.blocks import (
    Acknowledgement,
    Block,
    Bullets,
    Chart,
    Cover,
    Document,
    Emblem,
    FactBox,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Photo,
    Photos,
    Prose,
    Quote,
    Quotes,
    Series,
    Table,
)
from eventsapp.documents.labels import labels_for
from eventsapp.edge.pdf import Attachment
from tests.documents import pictures

Words: TypeAlias = Any  # the words of one language, by name: words.<lang>.json

CREATED = datetime(2022, 2, 10, 9, 0, tzinfo=UTC)
IDENTIFIER = "LY-2022-001/1/public"
LANGUAGES = ("en", "fr", "ar")
MEDIA = {
    "photos/opening.jpg": pictures.photo(1),
    "photos/panel.jpg": pictures.photo(2),
    "photos/screen.jpg": pictures.photo(3),
    "emblems/eu.svg": pictures.europe(),
    "emblems/ch.svg": pictures.switzerland(),
    "emblems/facility.png": pictures.logo(),
}
ATTACHMENTS = (
    Attachment("attendance.csv", "text/csv", b"mode,people\nin_person,14\nonline,12\n",
               "Attendance by mode", CREATED),
    Attachment("report.json", "application/json", b'{"participants": 26}',
               "The figures of the report", CREATED),
)  # fmt: skip


@cache
def words_in(lang: str) -> Words:
    text = Path(__file__).with_name(f"words.{lang}.json").read_text(encoding="utf-8")
    return SimpleNamespace(**{name: _frozen(value) for name, value in loads(text).items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def participants(words: Words, count: int) -> tuple[tuple[str, ...], ...]:
    """So many invented people, enough for a table over several pages."""
    first, last, offices = words.first_names, words.last_names, words.participation_rows[0]
    return tuple(
        (
            f"{first[row % len(first)]} {last[row * 5 % len(last)]}",
            offices[row % len(offices)],
            words.modes[row % 2],
            words.days[row % len(words.days)],
        )
        for row in range(count)
    )


def sample(lang: str) -> Document:
    words = words_in(lang)
    return Document(
        lang=lang,
        title=words.title,
        blocks=blocks(words),
        running_title=words.running_title,
        author="International Centre for Migration Policy Development",
        subject=words.subject,
        keywords=("LIBMITAF", "Rabat Process", "Khartoum Process"),
        created=CREATED,
        identifier=IDENTIFIER,
        edition_note=words.edition_note,
        labels=labels_for(lang),
    )


def blocks(words: Words) -> tuple[Block, ...]:
    parts: tuple[Callable[[Words], tuple[Block, ...]], ...] = (
        _cover, _summary, _background, _agenda, _participation, _evaluation, _annexes, _thanks,
    )  # fmt: skip
    return tuple(block for part in parts for block in part(words))


def _emblems(words: Words) -> tuple[Emblem, ...]:
    europe, switzerland, facility = words.emblem_alts
    return (
        Emblem("emblems/eu.svg", europe, 54, 36),
        Emblem("emblems/ch.svg", switzerland, 32, 32),
        Emblem("emblems/facility.png", facility, 600, 150),
    )


def _cover(words: Words) -> tuple[Block, ...]:
    return (Cover(words.kicker, words.title, words.subtitle, words.cover_lines, _emblems(words)),)


def _summary(words: Words) -> tuple[Block, ...]:
    return (
        Heading(2, words.heads["summary"], "summary"),
        Notice(words.notice),
        Prose(words.summary, words.facts),
        FactBox(
            words.figures_title,
            tuple(Figure(label, value, note, fact) for label, value, note, fact in words.figures),
        ),
        Prose(words.outlook, words.facts),
        PageBreak(),
    )


def _background(words: Words) -> tuple[Block, ...]:
    return (
        Heading(2, words.heads["background"], "background"),
        Prose(words.background, words.facts),
        Heading(3, words.heads["objectives"], "objectives"),
        Bullets(words.objectives),
    )


def _agenda(words: Words) -> tuple[Block, ...]:
    return (
        Heading(2, words.heads["agenda"], "agenda"),
        Facts(words.agenda),
        Prose(words.teams, words.facts),
    )


def _participation(words: Words) -> tuple[Block, ...]:
    institutions, invited, attended = words.participation_rows
    return (
        Heading(2, words.heads["participation"], "participation"),
        Prose(words.participation, words.facts),
        Chart("bar", words.mode_chart[0], words.mode_chart[1], words.modes,
              (Series(words.attended, (14, 12), ("14", "12")),), words.people),
        Table(words.institution_caption, (words.institution, words.invited, words.attended),
              tuple(zip(institutions, invited, attended, strict=True)), (1, 2)),
    )  # fmt: skip


def _evaluation(words: Words) -> tuple[Block, ...]:
    answers = ((9, 5, 2, 0), (7, 6, 2, 1), (10, 4, 1, 1))
    by_point = tuple(zip(*answers, strict=True))
    return (
        Heading(2, words.heads["evaluation"], "evaluation"),
        Prose(words.evaluation, words.facts),
        Chart("stacked", words.answers_chart[0], words.answers_chart[1], words.questions,
              tuple(Series(point, values, tuple(str(value) for value in values))
                    for point, values in zip(words.scale, by_point, strict=True))),
        Chart("bar", words.knowledge_chart[0], words.knowledge_chart[1], words.processes,
              (Series(words.before, (2.1, 1.8), words.before_texts),
               Series(words.after, (4.0, 3.7), words.after_texts)), ""),
        Quotes(tuple(Quote(*quote) for quote in words.quotes)),
        Photos(tuple(Photo(key, *text) for key, text in zip(
            ("photos/opening.jpg", "photos/panel.jpg", "photos/screen.jpg"),
            words.photos, strict=True))),
    )  # fmt: skip


def _annexes(words: Words) -> tuple[Block, ...]:
    return (
        Heading(2, words.heads["annexes"], "annexes"),
        Table(words.list_caption, words.list_head, participants(words, 70), (3,)),
    )


def _thanks(words: Words) -> tuple[Block, ...]:
    return (
        Heading(2, words.heads["thanks"], "thanks"),
        Acknowledgement(words.statement, _emblems(words), words.disclaimer),
    )
