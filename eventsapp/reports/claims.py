"""Claims: statements that the feedback must bear out, chosen by it and not by who writes.

A claim has levels from the strongest to the weakest; the first whose threshold the answers reach
is the one a report may make. Its stronger words may not be typed by hand either.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from eventsapp.core.texts import Texts
from eventsapp.feedback.types import KNOWLEDGE, USEFULNESS, FeedbackFacts, QuestionResult


@dataclass(frozen=True, slots=True)
class Level:
    """``least_share`` answered above the middle of the scale, and the mean stands at least
    ``least_place`` of the way along it (0 is the lowest point, 1 the highest).

    ``sentence`` is for a workshop whose effect on knowledge is not borne out, ``with_knowledge``
    for one where it is; ``words`` belong to this level and to none below it.
    """

    key: str
    least_share: float
    least_place: float
    sentence: Texts
    with_knowledge: Texts
    words: Mapping[str, tuple[str, ...]]


USEFULNESS_LEVELS = (
    Level(
        key="very",
        least_share=0.75,
        least_place=0.75,
        sentence=Texts.of(
            en="participants welcomed the workshop and found it very useful",
            fr="les participants ont salué l’atelier et l’ont jugé très utile",
            ar="رحب المشاركون بورشة العمل ورأوا أنها مفيدة جدًا",
        ),
        with_knowledge=Texts.of(
            en="participants welcomed the workshop and found it very useful for strengthening "
            "their knowledge{of_topic}",
            fr="les participants ont salué l’atelier et l’ont jugé très utile pour renforcer "
            "leurs connaissances{of_topic}",
            ar="رحب المشاركون بورشة العمل ورأوا أنها مفيدة جدًا في تعزيز معرفتهم{of_topic}",
        ),
        words={
            "en": ("very useful", "extremely useful", "highly useful", "most useful"),
            "fr": ("très utile", "extrêmement utile", "particulièrement utile"),
            "ar": ("مفيدة جدًا", "مفيدة جداً", "مفيدة للغاية", "مفيدة جدا"),
        },
    ),
    Level(
        key="useful",
        least_share=0.5,
        least_place=0.5,
        sentence=Texts.of(
            en="participants found the workshop useful",
            fr="les participants ont jugé l’atelier utile",
            ar="رأى المشاركون أن ورشة العمل مفيدة",
        ),
        with_knowledge=Texts.of(
            en="participants found the workshop useful for strengthening their knowledge{of_topic}",
            fr="les participants ont jugé l’atelier utile pour renforcer leurs "
            "connaissances{of_topic}",
            ar="رأى المشاركون أن ورشة العمل مفيدة في تعزيز معرفتهم{of_topic}",
        ),
        words={},
    ),
    Level(
        key="divided",
        least_share=0,
        least_place=0,
        sentence=Texts.of(
            en="participants were divided on how useful the workshop was",
            fr="les participants étaient partagés quant à l’utilité de l’atelier",
            ar="تباينت آراء المشاركين بشأن فائدة ورشة العمل",
        ),
        with_knowledge=Texts.of(
            en="participants were divided on how useful the workshop was, while most of them saw "
            "their knowledge{of_topic} strengthened",
            fr="les participants étaient partagés quant à l’utilité de l’atelier, mais la plupart "
            "ont renforcé leurs connaissances{of_topic}",
            ar="تباينت آراء المشاركين بشأن فائدة ورشة العمل، غير أن معظمهم عززوا معرفتهم{of_topic}",
        ),
        words={},
    ),
)
MAJORITY = 0.5

# How the question about knowledge begins and what it says where nobody named a subject; what
# follows is the subject, with the word that ties it to "their knowledge".
SUBJECTS = {
    "en": (re.compile(r"strengthened my knowledge( of .+?)\.?$"), " of its subject"),
    "fr": (re.compile(r"renforcé mes connaissances( sur .+?)\.?$"), " sur le sujet"),
    "ar": (re.compile(r"معرفتي( ب.+?)\.?$"), " بموضوعها"),
}


def usefulness_level(known: FeedbackFacts) -> Level | None:
    """The strongest level the answers reach; None where they say nothing that may be published."""
    result = known.question(USEFULNESS) if known.may_be_published else None
    if result is None or result.share_positive is None:
        return None
    share, place = result.share_positive, _place_of(result)
    return next(
        level
        for level in USEFULNESS_LEVELS
        if share >= level.least_share and place >= level.least_place
    )


def usefulness_sentence(known: FeedbackFacts) -> dict[str, str] | None:
    """The statement in each language, about knowledge too where most agreed that it grew."""
    level = usefulness_level(known)
    if level is None:
        return None
    knowledge = known.question(KNOWLEDGE)
    if knowledge is None or (knowledge.share_positive or 0) <= MAJORITY:
        return level.sentence.to_json()
    return {
        lang: text.format(of_topic=_subject(knowledge.text, lang))
        for lang, text in level.with_knowledge.to_json().items()
    }


def _place_of(result: QuestionResult) -> float:
    """Where the mean stands between the lowest point, 0, and the highest, 1."""
    points = len(result.distribution)
    if result.mean is None or points < 2:
        return 0
    return (result.mean - 1) / (points - 1)


def _subject(question: Texts, lang: str) -> str:
    pattern, unnamed = SUBJECTS[lang]
    found = pattern.search(question.find(lang) or "")
    return "" if found is None or found[1] == unnamed else found[1]


def find_unsupported(prose: str, lang: str, level_key: str | None) -> str | None:
    """Words in the prose that belong to a stronger level than the answers reach, if any."""
    for level in USEFULNESS_LEVELS:
        if level.key == level_key:
            return None
        for words in level.words.get(lang, ()):
            if words in prose.lower():
                return words
    return None
