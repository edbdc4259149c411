"""What sentences are made of: names, lists, dates and numbers as each language wants them."""

from datetime import date

import pytest

from eventsapp.core.texts import LANGUAGES
from eventsapp.reports import queries
from eventsapp.reports.language import Donor, Language, Representative, Team

EN, FR, AR = (queries.all_languages()[lang] for lang in LANGUAGES)
BOTH = frozenset({"in_person", "online"})

DONORS = {
    "en": (
        Donor("European Union"),
        Donor(
            "Swiss Confederation",
            (
                Representative("State Secretariat for Migration", "SEM"),
                Representative(
                    "Peace and Human Rights Division",
                    "PHRD",
                    "the Federal Department of Foreign Affairs acting through its",
                ),
            ),
        ),
    ),
    "fr": (
        Donor("Union européenne"),
        Donor(
            "Confédération suisse", (Representative("Secrétariat d’État aux migrations", "SEM"),)
        ),
    ),
    "ar": (
        Donor("الاتحاد الأوروبي"),
        Donor(
            "الاتحاد السويسري",
            (Representative("أمانة الدولة للهجرة", "SEM"), Representative("وزارة الخارجية")),
        ),
    ),
}


def test_donors_are_acknowledged_as_their_contract_says() -> None:
    assert EN.funded_by(DONORS["en"]) == (
        "co-funded by the European Union and the Swiss Confederation, the latter represented by "
        "the State Secretariat for Migration (SEM) and by the Federal Department of Foreign "
        "Affairs acting through its Peace and Human Rights Division (PHRD)"
    )
    assert FR.funded_by(DONORS["fr"]) == (
        "cofinancé par l’Union européenne et la Confédération suisse, cette dernière étant "
        "représentée par le Secrétariat d’État aux migrations (SEM)"
    )
    assert AR.funded_by(DONORS["ar"]) == (
        "بتمويل مشترك من الاتحاد الأوروبي والاتحاد السويسري، وينوب عن هذا الأخير كل من أمانة "
        "الدولة للهجرة (SEM) ووزارة الخارجية"
    )


def test_one_donor_funds_alone_and_three_are_listed() -> None:
    assert EN.funded_by([Donor("Germany")]) == "funded by Germany"
    assert FR.funded_by([Donor("Agence française de développement")]) == (
        "financé par l’Agence française de développement"
    )
    assert FR.funded_by([DONORS["fr"][1]]) == (
        "financé par la Confédération suisse, représentée par le Secrétariat d’État aux migrations "
        "(SEM)"
    )
    assert EN.funded_by([Donor("Germany", (Representative("Federal Foreign Office"),))]) == (
        "funded by Germany, represented by the Federal Foreign Office"
    )
    assert AR.funded_by([Donor("المفوضية", (Representative("بعثة الاتحاد"),))]) == (
        "بتمويل من المفوضية، ممثلة في بعثة الاتحاد"
    )
    three = [Donor("Germany"), DONORS["en"][1], Donor("UNICEF")]
    assert EN.funded_by(three) == (
        "co-funded by Germany, the Swiss Confederation (represented by the State Secretariat for "
        "Migration (SEM) and by the Federal Department of Foreign Affairs acting through its "
        "Peace and Human Rights Division (PHRD)) and UNICEF"
    )


@pytest.mark.parametrize(
    ("modes", "en", "fr", "ar"),
    [
        (
            BOTH,
            (
                "presentations were given by A and B, with some colleagues joining virtually and "
                "others in person in Tripoli"
            ),
            (
                "les présentations ont été assurées par A et B, certains collègues intervenant à "
                "distance et d’autres en présentiel à Tripoli"
            ),
            "قدم العروض ممثلون عن A و\u00a0B، وشارك بعضهم عن بعد وبعضهم الآخر حضوريًا في Tripoli",
        ),
        (
            frozenset({"in_person"}),
            "presentations were given by A and B, all of them in person in Tripoli",
            (
                "les présentations ont été assurées par A et B, exclusivement en présentiel à "
                "Tripoli"
            ),
            "قدم العروض ممثلون عن A و\u00a0B، وشاركوا جميعًا حضوريًا في Tripoli",
        ),
        (
            frozenset({"online"}),
            "presentations were given by A and B, all of them virtually",
            "les présentations ont été assurées par A et B, exclusivement à distance",
            "قدم العروض ممثلون عن A و\u00a0B، وشاركوا جميعًا عن بعد",
        ),
        (
            frozenset[str](),
            "presentations were given by A and B",
            "les présentations ont été assurées par A et B",
            "قدم العروض ممثلون عن A و\u00a0B",
        ),
    ],
)
def test_teams_are_said_to_have_joined_as_their_members_did(
    modes: frozenset[str], en: str, fr: str, ar: str
) -> None:
    teams = [Team("A", modes), Team("B", modes)]
    assert [language.joined(teams, "Tripoli") for language in (EN, FR, AR)] == [en, fr, ar]


@pytest.mark.parametrize("mode", ["in_person", "online"])
def test_a_single_team_is_not_spoken_of_as_several(mode: str) -> None:
    team = [Team("Commission européenne", frozenset({mode}))]
    assert "all of them" not in EN.joined(team, "Tripoli")
    assert " tous" not in FR.joined(team, "Tripoli")


def test_teams_that_joined_differently_joined_both_ways_together() -> None:
    teams = [Team("A", frozenset({"in_person"})), Team("B", frozenset({"online"}))]
    assert "some colleagues joining virtually and others in person" in EN.joined(teams, "Tripoli")


@pytest.mark.parametrize(
    ("first", "last", "en", "fr", "ar"),
    [
        (
            (2022, 2, 8),
            (2022, 2, 8),
            "on 8 February 2022",
            "le 8 février 2022",
            "يوم 8 فبراير 2022",
        ),
        (
            (2022, 2, 8),
            (2022, 2, 9),
            "on 8 and 9 February 2022",
            "les 8 et 9 février 2022",
            "يومي 8 و9 فبراير 2022",
        ),
        (
            (2022, 2, 1),
            (2022, 2, 4),
            "from 1 to 4 February 2022",
            "du 1er au 4 février 2022",
            "من 1 إلى 4 فبراير 2022",
        ),
        (
            (2021, 12, 31),
            (2022, 1, 1),
            "on 31 December 2021 and 1 January 2022",
            "du 31 décembre 2021 au 1er janvier 2022",
            "يومي 31 ديسمبر 2021 و1 يناير 2022",
        ),
    ],
)
def test_when_it_was_is_an_adverb(
    first: tuple[int, int, int], last: tuple[int, int, int], en: str, fr: str, ar: str
) -> None:
    days = date(*first), date(*last)
    assert [language.when(*days) for language in (EN, FR, AR)] == [en, fr, ar]


def test_arabic_nouns_agree_with_every_kind_of_number() -> None:
    numbers = (1, 2, 3, 10, 11, 24, 100, 102, 103)
    assert [AR.counted(number, "participant") for number in numbers] == [
        "مشارك واحد",
        "مشاركان",
        "3 مشاركين",
        "10 مشاركين",
        "11 مشاركًا",
        "24 مشاركًا",
        "100 مشارك",
        "102 مشارك",
        "103 مشاركين",
    ]


def test_french_counts_none_as_one_and_english_does_not() -> None:
    assert [FR.counted(n, "participant") for n in (0, 1, 2)] == [
        "0 participant",
        "1 participant",
        "2 participants",
    ]
    assert [EN.counted(n, "participant") for n in (0, 1, 2)] == [
        "0 participants",
        "1 participant",
        "2 participants",
    ]


def test_names_take_the_article_of_their_first_noun() -> None:
    assert FR.named("Équipe de suivi du JVAP") == "l’équipe de suivi du JVAP"
    assert FR.named("Secrétariat du Processus de Rabat") == "le Secrétariat du Processus de Rabat"
    assert FR.named("Nations Unies") == "les Nations Unies"
    assert FR.named("UNICEF") == "UNICEF"
    assert EN.named("The Hague Academy") == "the Hague Academy"
    assert EN.named("LIBMITAF team") == "the LIBMITAF team"


def test_shares_and_means_are_rounded_as_a_reader_expects() -> None:
    assert [language.share(0.9375) for language in (EN, FR, AR)] == ["94%", "94\u00a0%", "94%"]
    assert [language.mean(4.625) for language in (EN, FR, AR)] == ["4.6", "4,6", "4.6"]


def test_there_is_a_language_for_each_that_texts_have() -> None:
    assert tuple(sorted(queries.all_languages())) == tuple(sorted(LANGUAGES))


@pytest.mark.parametrize("language", [FR, AR], ids=lambda language: language.key)
def test_every_language_knows_the_same_nouns_and_words(language: Language) -> None:
    assert set(language.nouns) == set(EN.nouns)
    assert set(language.words) == set(EN.words)


def test_arabic_gives_every_category_of_number() -> None:
    categories = {"zero", "one", "two", "few", "many", "other"}
    assert {noun for noun, forms in AR.nouns.items() if set(forms) != categories} == set()
