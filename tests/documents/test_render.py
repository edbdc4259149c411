"""Blocks on a web page and as plain text: escaped, without inline style, mirrored for Arabic."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from eventsapp.documents.blocks import (
    Chart,
    Emblem,
    FactBox,
    Figure,
    Heading,
    Prose,
    Quote,
    Quotes,
    Series,
    Table,
)
from eventsapp.documents.labels import LABELS, labels_for
from eventsapp.documents.render import article_html, emblem_size, pdf_html, plain_text
from tests.documents.sample import LANGUAGES, sample

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}'


def page(*blocks: Any, lang: str = "en", **options: Any) -> str:
    return str(article_html(blocks, lang=lang, media_url="/media/{}".format, **options))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_article_needs_no_inline_style_or_script(lang: str) -> None:
    html = page(*sample(lang).blocks, lang=lang)
    assert not re.findall(r"\sstyle=|<style|<script|\son\w+=", html)
    assert html.startswith(
        f'<div class="document" lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">'
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_on_a_page_says_what_it_shows(lang: str) -> None:
    html = page(*sample(lang).blocks, lang=lang)
    svgs, titles = html.count("<svg"), re.findall(r"<svg[^>]*><title>([^<]+)</title>", html)
    assert svgs == len(titles) > 0
    assert html.count("<img") == len(re.findall(r'<img [^>]*alt="[^"]+"', html)) > 0


def test_hostile_text_in_any_field_stays_text() -> None:
    document = sample("en")
    blocks = tuple(_poisoned(block) for block in document.blocks)
    poisoned = replace(
        document,
        blocks=blocks,
        title=HOSTILE,
        running_title=HOSTILE,
        edition_note=HOSTILE,
        author=HOSTILE,
        subject=HOSTILE,
        keywords=(HOSTILE,),
    )
    for html in (page(*blocks, show_facts=True, evidence_url=HOSTILE), pdf_html(poisoned)):
        assert "<script" not in html
        assert "<img src=x" not in html
        assert "49" not in html.replace("&#34;", "")
        assert html.count("{{ 7*7 }}") > 50


def _poisoned(value: Any) -> Any:
    """The same block with hostile text in each of its texts, whatever they mean."""
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in {"kind", "lang"}]
        return replace(value, **{name: _poisoned(getattr(value, name)) for name in names})
    if isinstance(value, tuple):
        return tuple(_poisoned(item) for item in value)
    return HOSTILE if isinstance(value, str) else value


def test_figures_lead_to_their_evidence_only_in_the_preview() -> None:
    box = FactBox("In figures", (Figure("people", "26", fact="participants.attended"),))
    prose = Prose("{participants.attended} came", {"participants.attended": "26"})
    link = '<a class="fact" href="/facts#fact-participants.attended">26</a>'
    preview = page(box, prose, show_facts=True, evidence_url="/facts")
    assert preview.count(link) == 2
    assert "<a" not in page(box, prose, evidence_url="/facts")


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    chart = Chart("bar", "t", "s", ("a", "b", "c"), (Series("x", (8, 4, 0), ("8", "4", "0")),))
    widths = re.findall(r'<svg class="bar"[^>]* width="([\d.]+)"', page(chart))
    assert [float(width) for width in widths] == [220, 110, 1]


def test_a_stacked_bar_is_full_and_grows_from_the_right_in_arabic() -> None:
    series = tuple(
        Series(name, (value,), (str(value),)) for name, value in zip("abc", (2, 1, 1), strict=True)
    )
    chart = Chart("stacked", "t", "s", ("q",), series)
    bar = r'x="([\d.]+)" y="0" width="([\d.]+)" height="13"'
    assert re.findall(bar, page(chart)) == [("0", "109.0"), ("110.0", "54.0"), ("165.0", "54.0")]
    assert re.findall(bar, page(chart, lang="ar")) == [
        ("110.0", "109.0"), ("55.0", "54.0"), ("0.0", "54.0")
    ]  # fmt: skip


def test_a_chart_without_any_answers_is_drawn_empty() -> None:
    series = (Series("x", (0, 0), ("0", "0")),)
    for kind in ("bar", "stacked"):
        assert page(Chart(kind, "t", "s", ("a", "b"), series)).count(">0<") == 2


def test_a_table_says_what_its_cells_belong_to() -> None:
    html = page(Table("People", ("Name", "Days"), (("Amal", "2"),), (1,)))
    assert re.sub(r"\s+", " ", html) == (
        '<div class="document" lang="en" dir="ltr"> <div class="table table-short"> <table> '
        "<caption>People</caption> <thead> <tr> "
        '<th scope="col">Name</th> <th scope="col" class="number">Days</th> </tr> </thead> '
        '<tbody> <tr> <th scope="row">Amal</th> '
        '<td data-label="Days" class="number">2</td> </tr> </tbody> </table> </div></div>'
    )


def test_a_quote_in_another_language_says_so() -> None:
    html = page(Quotes((Quote("مفيدة", "Participant", "ar"), Quote("Useful", "Participant", "en"))))
    assert html.count('<blockquote class="quote" lang="ar" dir="rtl">') == 1
    assert html.count('<blockquote class="quote">') == 1


def test_no_emblem_outshines_the_european_one() -> None:
    europe = emblem_size(Emblem("eu", "", 3, 2))
    assert europe == (81, 54)
    for width, height in ((1, 1), (4, 1), (1, 3), (10, 1)):
        other = emblem_size(Emblem("x", "", width, height))
        assert other[1] <= europe[1]
        assert other[0] * other[1] <= europe[0] * europe[1] * 1.05


def test_plain_text_gives_a_line_to_each_paragraph_item_and_row() -> None:
    blocks = (
        Heading(2, "Summary"),
        Prose("**26** came & left.\n\n- one\n- two", {}),
        Table("People", ("Name", "Days"), (("Amal", "2"),)),
        Chart("bar", "Mode", "One came.", ("Online",), (Series("x", (1,), ("1",)),)),
    )
    assert plain_text(blocks) == (
        "Summary\n26 came & left.\none\ntwo\nPeople\nName\tDays\nAmal\t2\nMode One came.\nOnline\t1"
    )


def test_labels_are_complete_in_every_language() -> None:
    assert {frozenset(words) for words in LABELS.values()} == {frozenset(LABELS["en"])}
    assert labels_for("fr-CH") == LABELS["fr"]
