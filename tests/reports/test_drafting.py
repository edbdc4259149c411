"""Templates become prose: what people wrote elsewhere stays what they wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.config import ROOT
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.documents.blocks import Prose
from eventsapp.documents.prose import references
from eventsapp.documents.render import article_html, plain_text
from eventsapp.reports import queries
from eventsapp.reports.drafting import escape, tidy
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.types import EditionKind, Fact


def sheet(*facts: Fact, lang: str = "en", kind: EditionKind = EditionKind.PUBLIC) -> FactSheet:
    return queries.sheet_of(facts, lang, kind)


def text_fact(key: str, **by_lang: str) -> Fact:
    return Fact(key, "text", by_lang, Texts.of(en="Label", fr="Étiquette", ar="تسمية"))


def test_lines_of_a_template_are_one_paragraph_and_marks_cling() -> None:
    assert tidy("a  b\n c .\n\n\n d , e\n") == "a b c.\n\nd, e"


def test_a_space_that_holds_a_french_mark_is_kept() -> None:
    assert tidy("participants\n\u202f: deux") == "participants\u202f: deux"


@pytest.mark.parametrize(
    "hostile",
    [
        "*a* _b_ **c**",
        "[x](javascript:alert(1))",
        "<script>alert(1)</script>",
        "1. first",
        "- item",
        "{participants.attended}",
        "{{7*7}} {% raw %}",
        "a & b &lt; c \\ d `e`",
        "> quoted",
    ],
)
def test_escaped_text_reads_as_it_was_written(hostile: str) -> None:
    prose = escape(hostile)
    assert references(prose) == ()
    assert plain_text([Prose(prose, {"participants.attended": "24"})]) == hostile
    html = str(article_html([Prose(prose)], lang="en", media_url=str))
    assert "<script" not in html
    assert "<a " not in html


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40))
def test_no_text_whatever_marks_anything_up(text: str) -> None:
    assert plain_text([Prose(escape(text))]) == text


def test_a_reference_with_a_capital_begins_a_sentence() -> None:
    facts = sheet(text_fact("teams.sentence", en="presentations were given"))
    assert facts.write("teams.sentence") == "presentations were given"
    assert facts.write("Teams.sentence") == "Presentations were given"


def test_a_missing_translation_is_said_to_be_missing_and_never_another_language() -> None:
    facts = sheet(text_fact("workshop.title", en="Title"), lang="fr")
    assert facts.write("workshop.title") == "[non rédigé en français\u202f: Étiquette]"
    assert facts.untranslated == {"Étiquette"}


def test_a_withheld_figure_has_no_value_and_says_so() -> None:
    fact = Fact("feedback.n", "count", None, Texts.of(en="Answers"), withheld=True)
    facts = sheet(fact)
    assert (facts.has("feedback.n"), facts.value("feedback.n")) == (False, None)
    assert facts.write("feedback.n") == "[not published, too few answers: Answers]"


def test_the_public_edition_does_not_know_the_facts_for_donors() -> None:
    fact = Fact("project.contract_number", "plain", "C-1", Texts.of(en="Contract"), public=False)
    assert sheet(fact).write("project.contract_number") == "{project.contract_number}"
    assert sheet(fact, kind=EditionKind.DONOR).write("project.contract_number") == "C-1"


def test_facts_survive_their_freezing() -> None:
    fact = text_fact("workshop.title", en="Title", ar="عنوان")
    assert Fact.from_json(fact.to_json()) == fact


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_with_prose_has_a_template_in_every_language(lang: str) -> None:
    for section in queries.written_sections():
        assert (ROOT / f"templates/reports/prose/{lang}/{section.key}.md").is_file()


@pytest.mark.parametrize("kind", EditionKind)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_draws_itself_of_nothing(lang: str, kind: EditionKind) -> None:
    empty = sheet(text_fact("workshop.title", en="T", fr="T", ar="T"), lang=lang, kind=kind)
    for section in queries.all_sections().values():
        assert set(section.label.to_json()) == set(LANGUAGES)
        section.compose(empty, section.draft(empty))
