"""A statement is as strong as the answers behind it, and no stronger."""

import pytest

from eventsapp.core.texts import Texts
from eventsapp.feedback.types import KNOWLEDGE, USEFULNESS, FeedbackFacts, QuestionResult
from eventsapp.reports import claims

ASKED = Texts.of(
    en="The workshop strengthened my knowledge of the dialogue platforms.",
    fr="L’atelier a renforcé mes connaissances sur les plateformes de dialogue.",
    ar="عززت ورشة العمل معرفتي بمنصات الحوار.",
)


def result(key: str, *counts: int, text: Texts = ASKED) -> QuestionResult:
    """Five points of a scale, the lowest first."""
    n = sum(counts)
    return QuestionResult(
        key=key,
        type_key="likert",
        text=text,
        n=n,
        distribution=tuple(
            (str(point), Texts.of(en=str(point)), count) for point, count in enumerate(counts, 1)
        ),
        mean=sum(point * count for point, count in enumerate(counts, 1)) / n,
        share_positive=(counts[3] + counts[4]) / n,
    )


def facts(*questions: QuestionResult, is_closed: bool = True, n: int = 16) -> FeedbackFacts:
    return FeedbackFacts(
        n=n,
        waiting=0,
        handed_out=n,
        attended=24,
        response_rate=None,
        is_closed=is_closed,
        questions=questions,
    )


@pytest.mark.parametrize(
    ("counts", "level"),
    [
        ((0, 0, 1, 4, 11), "very"),
        ((2, 2, 3, 2, 2), "divided"),  # 4 of 11 agree
        ((0, 0, 4, 12, 0), "useful"),  # many say "useful", nobody "very"
        ((0, 2, 4, 5, 1), "useful"),
        ((8, 0, 0, 0, 8), "useful"),
        ((9, 0, 0, 0, 7), "divided"),
    ],
)
def test_the_level_follows_the_answers(counts: tuple[int, ...], level: str) -> None:
    found = claims.usefulness_level(facts(result(USEFULNESS, *counts), n=sum(counts)))
    assert found is not None
    assert found.key == level


def test_nothing_is_claimed_of_too_few_answers_or_of_an_open_form() -> None:
    good = result(USEFULNESS, 0, 0, 0, 0, 9)
    assert claims.usefulness_level(facts(good, n=9)) is None
    assert claims.usefulness_level(facts(good, is_closed=False)) is None
    assert claims.usefulness_sentence(facts()) is None


def test_the_sentence_names_the_subject_that_the_question_names() -> None:
    known = facts(result(USEFULNESS, 0, 0, 1, 4, 11), result(KNOWLEDGE, 0, 0, 1, 7, 8))
    assert claims.usefulness_sentence(known) == {
        "en": "participants welcomed the workshop and found it very useful for strengthening "
        "their knowledge of the dialogue platforms",
        "fr": "les participants ont salué l’atelier et l’ont jugé très utile pour renforcer leurs "
        "connaissances sur les plateformes de dialogue",
        "ar": "رحب المشاركون بورشة العمل ورأوا أنها مفيدة جدًا في تعزيز معرفتهم بمنصات الحوار",
    }


def test_without_a_named_subject_the_sentence_ends_at_the_knowledge() -> None:
    plain = Texts.of(
        en="The workshop strengthened my knowledge of its subject.",
        fr="L’atelier a renforcé mes connaissances sur le sujet.",
        ar="عززت ورشة العمل معرفتي بموضوعها.",
    )
    known = facts(result(USEFULNESS, 0, 0, 1, 4, 11), result(KNOWLEDGE, 0, 0, 1, 7, 8, text=plain))
    sentence = claims.usefulness_sentence(known)
    assert sentence is not None
    assert sentence["ar"].endswith("في تعزيز معرفتهم")
    assert sentence["fr"].endswith("renforcer leurs connaissances")
    assert sentence["en"].endswith("strengthening their knowledge")


def test_knowledge_that_did_not_grow_for_most_is_not_spoken_of() -> None:
    known = facts(result(USEFULNESS, 0, 0, 1, 4, 11), result(KNOWLEDGE, 4, 4, 4, 2, 2))
    sentence = claims.usefulness_sentence(known)
    assert sentence is not None
    assert sentence["en"] == "participants welcomed the workshop and found it very useful"


@pytest.mark.parametrize(
    ("lang", "prose", "words"),
    [
        ("en", "All found it Very Useful.", "very useful"),
        ("fr", "Jugé très utile par tous.", "très utile"),
        ("ar", "كانت الورشة مفيدة جدًا.", "مفيدة جدًا"),
    ],
)
def test_strong_words_need_strong_answers(lang: str, prose: str, words: str) -> None:
    assert claims.find_unsupported(prose, lang, "useful") == words
    assert claims.find_unsupported(prose, lang, None) == words
    assert claims.find_unsupported(prose, lang, "very") is None
