"""What drafts itself agrees with its figures, in every language and for every kind of number."""

from collections.abc import Iterator
from typing import Any

import pytest

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.documents.blocks import FactBox, Prose
from eventsapp.documents.render import plain_text
from eventsapp.reports import queries
from eventsapp.reports.sections.summary import figures_of
from eventsapp.reports.types import Fact

LABEL = Texts.of(en="Label", fr="Étiquette", ar="تسمية")
NUMBERS = (1, 2, 3, 11, 100)


def facts_of(count: int) -> Iterator[Fact]:
    """A workshop of three days where everything there is was counted ``count`` times."""
    values: dict[str, tuple[str, Any]] = {
        "workshop.days": ("counted", {"n": 3, "noun": "day"}),
        "participants.registered": ("count", count),
        "participants.registered_people": ("counted", {"n": count, "noun": "person"}),
        "participants.attended": ("count", count),
        "participants.attended_people": ("counted", {"n": count, "noun": "participant"}),
        "participants.female": ("count", count),
        "participants.women": ("counted", {"n": count, "noun": "woman"}),
        "participants.share_women": ("share", 0.5),
        "participants.institutions": ("counted", {"n": count, "noun": "institution"}),
        "participants.institutions_count": ("count", count),
        "participants.countries": ("counted", {"n": count, "noun": "country"}),
        "participants.countries_count": ("count", count),
        "participants.attendances": ("count", count),
        "feedback.n": ("count", count),
        "feedback.answers": ("counted", {"n": count, "noun": "answer"}),
        "feedback.response_rate": ("share", 0.75),
        "feedback.quotes": ("rows", []),
    }
    return (Fact(key, kind, value, LABEL) for key, (kind, value) in values.items())


def drafted(section: str, lang: str, *facts: Fact) -> str:
    sheet = queries.sheet_of(facts, lang)
    draft = queries.all_sections()[section].draft(sheet)
    return plain_text([Prose(draft, sheet.written(draft))], lang=lang).replace("\u00a0", " ")


PARTICIPATION = {
    ("en", 1): "1 person had registered; 1 participant took part. Counted by day, there was "
    "1 attendance over 3 days.",
    ("en", 2): "2 people had registered; 2 participants took part. Among them were 2 women (50%). "
    "The participants came from 2 institutions in 2 countries. Counted by day, there were "
    "2 attendances over 3 days.",
    ("fr", 1): "1 personne s’était inscrite\u202f; 1 participant a pris part à l’atelier. En "
    "comptant par jour, 1 présence a été relevée sur 3 jours.",
    ("fr", 2): "2 personnes s’étaient inscrites\u202f; 2 participants ont pris part à l’atelier. "
    "On comptait parmi eux 2 femmes (50 %). Les participants venaient de 2 institutions dans 2 "
    "pays. En comptant par jour, 2 présences ont été relevées sur 3 jours.",
    ("ar", 1): "سجل للمشاركة شخص واحد، وحضر الورشة مشارك واحد. وعند الاحتساب بالأيام بلغ عدد "
    "مرات الحضور 1.",
    (
        "ar",
        2,
    ): "سجل للمشاركة شخصان، وحضر الورشة مشاركان. وكان من بين المشاركين امرأتان (50%). وبلغ عدد "
    "المؤسسات الممثلة 2، وعدد البلدان 2. وعند الاحتساب بالأيام بلغ عدد مرات الحضور 2.",
    (
        "ar",
        3,
    ): "سجل للمشاركة 3 أشخاص، وحضر الورشة 3 مشاركين. وكان من بين المشاركين 3 نساء (50%). وبلغ "
    "عدد المؤسسات الممثلة 3، وعدد البلدان 3. وعند الاحتساب بالأيام بلغ عدد مرات الحضور 3.",
    (
        "ar",
        11,
    ): "سجل للمشاركة 11 شخصًا، وحضر الورشة 11 مشاركًا. وكان من بين المشاركين 11 امرأة (50%). "
    "وبلغ عدد المؤسسات الممثلة 11، وعدد البلدان 11. وعند الاحتساب بالأيام بلغ عدد مرات الحضور 11.",
    (
        "ar",
        100,
    ): "سجل للمشاركة 100 شخص، وحضر الورشة 100 مشارك. وكان من بين المشاركين 100 امرأة (50%). "
    "وبلغ عدد المؤسسات الممثلة 100، وعدد البلدان 100. وعند الاحتساب بالأيام بلغ عدد مرات "
    "الحضور 100.",
}
EVALUATION = {
    ("en", 1): "1 answer was received, a response rate of 75%.",
    ("en", 2): "2 answers were received, a response rate of 75%.",
    ("fr", 1): "1 réponse a été reçue, soit un taux de réponse de 75 %.",
    ("fr", 2): "2 réponses ont été reçues, soit un taux de réponse de 75 %.",
    ("ar", 1): "وردت إجابة واحدة، بنسبة استجابة بلغت 75%.",
    ("ar", 2): "وردت إجابتان، بنسبة استجابة بلغت 75%.",
    ("ar", 3): "وردت 3 إجابات، بنسبة استجابة بلغت 75%.",
    ("ar", 11): "وردت 11 إجابة، بنسبة استجابة بلغت 75%.",
    ("ar", 100): "وردت 100 إجابة، بنسبة استجابة بلغت 75%.",
}


def expected(table: dict[tuple[str, int], str], lang: str, count: int) -> str:
    """English and French know one and many, so that many is the sentence of two."""
    if lang == "ar" or count == 1:
        return table[lang, count]
    return table[lang, 2].replace("2", str(count))


@pytest.mark.parametrize("count", NUMBERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_participation_agrees_with_every_number(lang: str, count: int) -> None:
    assert drafted("participation", lang, *facts_of(count)) == expected(PARTICIPATION, lang, count)


@pytest.mark.parametrize("count", NUMBERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_evaluation_agrees_with_every_number(lang: str, count: int) -> None:
    assert drafted("evaluation", lang, *facts_of(count)) == expected(EVALUATION, lang, count)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "2 participants took part: 1 in person and 1 online."),
        ("fr", "2 participants ont pris part à l’atelier\u202f: 1 en présentiel et 1 à distance."),
        ("ar", "حضر الورشة مشاركان: 1 حضوريًا و1 عن بعد."),
    ],
)
def test_modes_are_told_where_there_was_more_than_one(lang: str, sentence: str) -> None:
    wanted = {"participants.attended", "participants.attended_people", "workshop.days"}
    facts = [fact for fact in facts_of(2) if fact.key in wanted]
    modes = {"in_person": 1, "online": 1, "both": 0}
    counted = [Fact(f"participants.{mode}", "count", n, LABEL) for mode, n in modes.items()]
    assert drafted("participation", lang, *facts, *counted) == sentence
    assert ":" not in drafted("participation", lang, *facts, counted[0])


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "3 people had registered. Attendance has not been recorded."),
        ("fr", "3 personnes s’étaient inscrites. Les présences n’ont pas été relevées."),
        ("ar", "سجل للمشاركة 3 أشخاص. ولم يسجل الحضور."),
    ],
)
def test_nobody_who_came_is_not_a_participant(lang: str, sentence: str) -> None:
    wanted = ("participants.registered", "workshop.days")
    facts = [fact for fact in facts_of(3) if fact.key.startswith(wanted)]
    none = Fact("participants.attended", "count", 0, LABEL)
    assert drafted("participation", lang, *facts, none) == sentence


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Too few participants gave feedback for results to be published."),
        (
            "fr",
            "Trop peu de participants ont répondu pour que des résultats puissent être publiés.",
        ),
        ("ar", "لم يجب عدد كاف من المشاركين لنشر النتائج."),
    ],
)
def test_too_few_answers_are_said_to_be_too_few_and_not_none(lang: str, sentence: str) -> None:
    withheld = Fact("feedback.answers", "counted", None, LABEL, withheld=True)
    quotes = Fact("feedback.quotes", "rows", [], LABEL)
    assert drafted("evaluation", lang, withheld, quotes) == sentence


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", ["participation", "agenda", "objectives", "background"])
def test_a_section_without_data_says_nothing(section: str, lang: str) -> None:
    assert drafted(section, lang) == ""


@pytest.mark.parametrize(
    ("city", "country", "en", "fr", "ar"),
    [
        ("Tripoli", "LY", "in Tripoli, Libya", "à Tripoli (Libye)", "في Tripoli، ليبيا"),
        ("Le Caire", "EG", "in Le Caire, Egypt", "au Caire (Égypte)", "في Le Caire، مصر"),
        ("", "MA", "in Morocco", "au Maroc", "في المغرب"),
        ("", "TN", "in Tunisia", "en Tunisie", "في تونس"),
        ("", "US", "in the United States", "aux États-Unis", "في الولايات المتحدة"),
        ("", "MT", "in Malta", "à Malte", "في مالطا"),
        ("", "IR", "in Iran", "en Iran", "في إيران"),
        ("", "YE", "in Yemen", "au Yémen", "في اليمن"),
        ("", "GW", "in Guinea-Bissau", "en Guinée-Bissau", "في غينيا بيساو"),
        ("", "CG", "in Congo - Brazzaville", "au Congo-Brazzaville", "في الكونغو - برازافيل"),
        ("", "LC", "in St Lucia", "à Sainte-Lucie", "في سانت لوسيا"),
        ("", "BB", "in Barbados", "à la Barbade", "في بربادوس"),
        ("Vienna", "", "in Vienna", "à Vienna", "في Vienna"),
    ],
)
def test_where_it_was_takes_the_right_preposition(
    city: str, country: str, en: str, fr: str, ar: str
) -> None:
    place = {"city": dict.fromkeys(LANGUAGES, city) if city else {}, "country": country}
    fact = Fact("workshop.where", "where", place, LABEL)
    assert [queries.sheet_of([fact], lang).write("workshop.where") for lang in LANGUAGES] == [
        en,
        fr,
        ar,
    ]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "كان في جدول الأعمال جلسة واحدة."),
        (2, "كان في جدول الأعمال جلستان."),
        (3, "كان في جدول الأعمال 3 جلسات."),
        (11, "كان في جدول الأعمال 11 جلسة."),
    ],
)
def test_counted_arabic_nouns_are_subjects(count: int, sentence: str) -> None:
    fact = Fact("workshop.sessions", "counted", {"n": count, "noun": "session"}, LABEL)
    assert drafted("agenda", "ar", fact) == sentence


@pytest.mark.parametrize(
    ("lang", "one", "several"),
    [
        ("en", "presenting team", "presenting teams"),
        ("fr", "équipe intervenante", "équipes intervenantes"),
        ("ar", "عدد الفرق المقدمة", "عدد الفرق المقدمة"),
    ],
)
def test_the_label_under_a_figure_agrees_with_it(lang: str, one: str, several: str) -> None:
    def label_under(count: int) -> str:
        facts = [Fact("teams.count", "count", count, LABEL)]
        (box,) = figures_of(queries.sheet_of(facts, lang))
        assert isinstance(box, FactBox)
        return box.items[0].label

    assert [label_under(count) for count in NUMBERS] == [one, *[several] * (len(NUMBERS) - 1)]
