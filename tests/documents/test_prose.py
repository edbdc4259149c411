"""Staff prose: facts are resolved as tokens, markup stays small, everything else stays text."""

from html.parser import HTMLParser

import pytest

from eventsapp.documents.prose import TAGS, prose_html, references

FACTS = {"participants.attended": "26", "feedback.q3.share_agree": "88 %", "rude": "<b>&</b>"}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("In all {participants.attended} came.", "<p>In all 26 came.</p>"),
        ("**{feedback.q3.share_agree}** agreed", "<p><strong>88 %</strong> agreed</p>"),
        ("{rude}", "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"),
        ("{{ 7*7 }} {% x %} {# y #}", "<p>{{ 7*7 }} {% x %} {# y #}</p>"),
        (
            "{unknown.key} {{participants.attended}}",
            "<p>{unknown.key} {{participants.attended}}</p>",
        ),
        (r"\{participants.attended}", "<p>{participants.attended}</p>"),
        (
            "[all {participants.attended}](https://example.org/{participants.attended})",
            '<p><a href="https://example.org/%7Bparticipants.attended%7D">all 26</a></p>',
        ),
        ("*a* and **b**", "<p><em>a</em> and <strong>b</strong></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        (
            "<mailto:a@example.org>",
            '<p><a href="mailto:a@example.org">mailto:a@example.org</a></p>',
        ),
    ],
)
def test_prose_becomes_html(markdown: str, html: str) -> None:
    assert prose_html(markdown, FACTS).strip() == html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](/relative)",
        "[x](//example.org)",
        "![x](https://example.org/x.png)",
        "<javascript:alert(1)>",
        "# heading\n\n```\ncode\n```\n\n***\n\n<b>bold</b>",
        '[x](https://example.org "\\" onmouseover=\\"alert(1)")',
    ],
)
def test_markup_beyond_the_small_set_stays_text(markdown: str) -> None:
    page = Tags()
    page.feed(prose_html(markdown, {}))
    assert page.tags <= TAGS
    assert page.attributes <= {"href", "title", "start"}
    assert all(url.startswith("https://example.org") for url in page.urls)


class Tags(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.urls.extend(value or "" for name, value in attrs if name == "href")


def test_a_fact_in_the_preview_leads_to_its_evidence_but_never_inside_a_link() -> None:
    html = prose_html(
        "{participants.attended} and [{participants.attended}](https://example.org)",
        FACTS,
        evidence_url="/manage/reports/7/facts?a=1&b=2",
    )
    assert html.strip() == (
        '<p><a class="fact" href="/manage/reports/7/facts?a=1&amp;b=2#fact-participants.attended">'
        '26</a> and <a href="https://example.org">26</a></p>'
    )


def test_references_are_those_that_would_be_looked_up() -> None:
    markdown = r"{a} {{b}} \{c} *{d.e}* [{f}](https://example.org/{g}) {a}"
    assert references(markdown) == ("a", "d.e", "f", "a")


def test_deeply_nested_prose_is_read_in_no_time() -> None:
    assert prose_html("> " * 20_000 + "x", {})
    assert prose_html("[" * 20_000, {})
    assert prose_html("*" * 20_000 + "x", {})
