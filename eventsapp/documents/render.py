"""Blocks as HTML for a web page, as complete HTML for paper, and as plain text.

A block's template is found by the block's name (``documents/fact_box.html`` draws a FactBox) and
is given ``block``, ``paper`` (true for the PDF), ``rtl``, ``labels`` and ``media_url``.

The article's style sheet dresses these names; nothing carries an inline style on the web:

| block | names |
| --- | --- |
| all | ``.document`` around them, with ``lang`` and ``dir`` |
| Prose, Bullets | ``.prose``, ``.bullets``; a figure that leads to its evidence is ``a.fact`` |
| FactBox | ``.fact-box`` > ``.fact-box-title``, ``.fact-box-items`` > ``li`` > ``.figure-value``, ``.figure-label``, ``.figure-note`` |
| Table | ``.table`` > ``table``; ``th``/``td`` with ``.number``; ``td`` has ``data-label`` for narrow screens |
| Chart | ``.chart.chart-bar``, ``.chart.chart-stacked`` > ``table`` > ``caption`` > ``.chart-title``, ``.chart-unit``, ``.chart-summary``; ``tr.bar-group``, ``.bar-series``, ``.bar-cell`` > ``svg.bar`` + ``.bar-value``; ``.bar-label``, ``svg.key`` in a head; shapes ``.shade-1`` … ``.shade-6`` |
| Facts | ``.facts`` > ``th`` + ``td`` |
| Quotes | ``.quotes`` > ``blockquote.quote`` > ``p`` + ``.quote-attribution`` |
| Photos | ``.photos`` (``.photos-odd``, ``.photos-even`` by their number) > ``figure.photo`` > ``img``, ``figcaption`` > ``.photo-credit`` |
| Notice | ``.notice`` |
| Acknowledgement | ``.acknowledgement`` > ``.emblems`` > ``img.emblem`` + ``.statement`` + ``.disclaimer`` |
| Cover | ``.cover`` > ``.cover-kicker``, ``h1``, ``.cover-subtitle``, ``.facts``, ``.emblems`` |
"""  # noqa: E501 - a table's row is one line

import re
from collections.abc import Callable, Iterable
from functools import cache
from math import sqrt
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eventsapp.core.texts import direction
from eventsapp.documents.blocks import Block, Document, Emblem, Prose, kind_of
from eventsapp.documents.labels import labels_for
from eventsapp.documents.prose import fact_link, prose_html
from eventsapp.documents.text import text_of
from eventsapp.documents.typography import set_spaces

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"
EMBLEM_HEIGHT = 54
PAPER_STYLE = "static/documents/report.css"


def article_html(
    blocks: Iterable[Block],
    *,
    lang: str,
    media_url: Callable[[str], str],
    show_facts: bool = False,
    evidence_url: str | None = None,
) -> Markup:
    """The blocks as a fragment for a web page, headings from level 2 on.

    With ``show_facts`` every figure is a link to ``<evidence_url>#fact-<key>``.
    """
    return _wrapped(
        blocks,
        lang=lang,
        labels=dict(labels_for(lang)),
        media_url=media_url,
        evidence_url=(evidence_url or "") if show_facts else None,
    )


def _for_renderer(key: str) -> str:
    """The only addresses that the renderer knows."""
    return f"media:{key}"


def pdf_html(
    document: Document,
    *,
    media_url: Callable[[str], str] = _for_renderer,
    evidence_url: str | None = None,
) -> str:
    """The document as one HTML page for the renderer; media are ``media:KEY``.

    Style and fonts are ``media:static/…``, which the renderer takes from this project's own
    static files. With other addresses, and links to the evidence, it is the page's preview.
    """
    document = set_spaces(document, document.lang)
    labels = {**labels_for(document.lang), **dict(document.labels)}
    template = _environment().get_template("_paper.html")
    return template.render(
        document=document,
        dir=direction(document.lang),
        style=media_url(PAPER_STYLE),
        page_words=re.split(r"\{pages?\}", labels["page"]),
        body=_blocks_html(
            document.blocks,
            lang=document.lang,
            labels=labels,
            media_url=media_url,
            evidence_url=evidence_url,
            paper=True,
            accent=document.accent,
        ),
    )


def plain_text(blocks: Iterable[Block], *, lang: str = "en") -> str:
    """The words of the blocks, for feeds and mail: a paragraph or a table's row is a line."""
    return text_of(article_html(blocks, lang=lang, media_url=lambda key: key))


def emblem_size(emblem: Emblem) -> tuple[int, int]:
    """Width and height in pixels: a wide logo gets no larger an area than a 3:2 emblem, and a
    square one no greater height, so that none outshines the European Union's."""
    ratio = emblem.width / emblem.height
    height = min(EMBLEM_HEIGHT, EMBLEM_HEIGHT * sqrt(1.5 / ratio))
    return round(height * ratio), round(height)


def _wrapped(
    blocks: Iterable[Block],
    *,
    lang: str,
    labels: dict[str, str],
    media_url: Callable[[str], str],
    evidence_url: str | None,
) -> Markup:
    body = _blocks_html(
        blocks,
        lang=lang,
        labels=labels,
        media_url=media_url,
        evidence_url=evidence_url,
        paper=False,
    )
    return Markup('<div class="document" lang="{}" dir="{}">\n{}</div>').format(
        lang, direction(lang), body
    )


def _blocks_html(
    blocks: Iterable[Block],
    *,
    lang: str,
    labels: dict[str, str],
    media_url: Callable[[str], str],
    evidence_url: str | None,
    paper: bool,
    accent: str = "petrol",
) -> Markup:
    environment = _environment()
    context: dict[str, object] = {
        "lang": lang,
        "labels": labels,
        "media_url": media_url,
        "evidence_url": evidence_url,
        "paper": paper,
        # On the web the page's style sheet colours the shades.
        "accent": accent,
        "rtl": direction(lang) == "rtl",
    }
    drawn = [
        environment.get_template(f"{kind_of(block)}.html").render(
            block=set_spaces(block, lang), **context
        )
        for block in blocks
    ]
    # Safe: every piece comes from a template that escapes whatever it is given.
    return Markup("".join(drawn))  # noqa: S704


@cache
def _environment() -> Environment:
    """An environment of its own, so that the PDF worker and the command line need no Flask."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        direction=direction, emblem_size=emblem_size, fact_link=fact_link, prose=_prose
    )
    return environment


def _prose(block: Prose, evidence_url: str | None) -> Markup:
    return prose_html(block.markdown, dict(block.facts), evidence_url=evidence_url)
