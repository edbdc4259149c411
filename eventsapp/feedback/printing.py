"""The form on paper: every copy with a right to answer of its own, to be typed in or scanned.

A copy is a card with the questions on it: whoever has it answers by pen or on a phone, once.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from eventsapp.documents.blocks import AnswerSheet, Document, PaperQuestion
from eventsapp.documents.labels import labels_for
from eventsapp.edge.mail import absolute_url
from eventsapp.edge.qr import qr_png
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm, FeedbackPaper, FormVersion
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Condition, Question
from eventsapp.web.filters import period


def codes_of(paper: FeedbackPaper, form: FeedbackForm) -> tuple[str, ...]:
    """The right to answer of each copy, as it is printed: one for all where one code is open."""
    if form.access == Access.OPEN:
        return (written(queries.door_code(form)),)
    return tuple(written(code) for code in queries.sheet_codes(form, paper.sheet))


def paper_document(
    form: FeedbackForm, version: FormVersion, codes: Sequence[str], *, lang: str, made_at: datetime
) -> Document:
    """All copies in one file, each beginning on a page of its own."""
    workshop = form.workshop
    kicker, title = form.title.text(lang), workshop.title.text(lang)
    items = paper_questions(queries.questions_of(version), lang)
    with force_locale(lang):
        lines = ((_("Date"), period(workshop.starts_at, workshop.ends_at, workshop.timezone)),)
        sheets = tuple(
            AnswerSheet(
                kicker=kicker,
                title=title,
                lines=lines,
                promise=_promise(form),
                picture=_picture(code),
                alt=_("QR code of the form, code %(code)s", code=code),
                code_words=_(
                    "Fill it in by pen and hand it back, or answer on your phone: scan the code."
                ),
                code=code,
                items=items,
                thanks=_("Thank you. Please hand this sheet back without your name on it."),
            )
            for code in codes
        )
    return Document(
        lang=lang,
        title=f"{kicker} · {title}",
        blocks=sheets,
        running_title=kicker,
        author=workshop.project.organisation.name.text(lang),
        subject=f"{kicker} · {title}",
        keywords=(workshop.ref,),
        created=made_at,
        identifier=f"{workshop.ref}-form-{version.id}-{lang}",
        edition_note=f"{workshop.ref} · {version.number}",
        labels=labels_for(lang),
    )


def paper_media(codes: Sequence[str]) -> Mapping[str, bytes]:
    """The QR codes, by the names under which the document asks for them."""
    page = absolute_url("feedback.answer")
    return {_picture(code): qr_png(f"{page}#{code}", border=2) for code in codes}


def paper_questions(questions: Sequence[Question], lang: str) -> tuple[PaperQuestion, ...]:
    """The questions as they stand on paper, numbered where they want an answer."""
    numbers = _numbers(questions)
    with force_locale(lang):
        return tuple(_question(question, numbers, questions, lang) for question in questions)


def _numbers(questions: Sequence[Question]) -> dict[str, int]:
    asked = [question.key for question in questions if type_of(question).is_asked]
    return {key: number for number, key in enumerate(asked, start=1)}


def _question(
    question: Question, numbers: Mapping[str, int], questions: Sequence[Question], lang: str
) -> PaperQuestion:
    paper = type_of(question).paper(question, lang)
    number = numbers.get(question.key)
    return PaperQuestion(
        number=f"{number}." if number else "",
        text=question.text.text(lang),
        help=question.help.text(lang),
        condition=" ".join(_conditions(question, numbers, questions, lang)),
        instruction=_(paper.instruction) if paper.instruction else "",
        lines=paper.lines,
        blank=paper.blank,
        boxes=paper.boxes,
        rows=paper.rows,
    )


def _conditions(
    question: Question, numbers: Mapping[str, int], questions: Sequence[Question], lang: str
) -> Iterator[str]:
    by_key = {one.key: one for one in questions}
    for condition in question.conditions:
        if condition.question in numbers:
            yield _(
                "Only if your answer to question %(number)s is: %(answers)s.",
                number=numbers[condition.question],
                answers=_chosen(condition, by_key[condition.question], lang),
            )


def _chosen(condition: Condition, of: Question, lang: str) -> str:
    names = [
        choice.text.text(lang)
        for choice in type_of(of).choices(of)
        if choice.key in condition.answers
    ]
    return f" {_('or')} ".join(names)


def _promise(form: FeedbackForm) -> str:
    promise = _("Once the form is closed, nobody can tell who gave which answer.")
    if form.access == Access.OPEN:
        return f"{promise} {_('Anybody can answer with this code.')}"
    return f"{promise} {_('This sheet counts once and is tied to nobody.')}"


def _picture(code: str) -> str:
    return f"form-{code}.png"
