"""Blocks freeze: the same document is the same text, today and after a round trip."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from eventsapp.documents.blocks import (
    KINDS,
    Bullets,
    Chart,
    Emblem,
    FactBox,
    PageBreak,
    Prose,
    Series,
    Table,
    kind_of,
)
from eventsapp.documents.frozen import NotADocument, canonical, from_json, to_json
from eventsapp.documents.render import TEMPLATES
from tests.documents.sample import CREATED, LANGUAGES, sample


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_survives_json_unchanged(lang: str) -> None:
    document = sample(lang)
    data = json.loads(json.dumps(to_json(document)))
    assert from_json(data) == document
    assert canonical(from_json(data)) == canonical(document)


def test_the_order_in_which_facts_were_found_changes_nothing() -> None:
    first = Prose("{a} {b}", {"a": "1", "b": "2"})
    second = Prose("{a} {b}", {"b": "2", "a": "1"})
    document = sample("en")
    assert first == second
    assert canonical(replace(document, blocks=(first,))) == canonical(
        replace(document, blocks=(second,))
    )


def test_whole_numbers_and_decimals_of_a_chart_freeze_alike() -> None:
    whole, decimal = Series("a", (14,), ("14",)), Series("a", (14.0,), ("14",))
    chart = Chart("bar", "t", "s", ("c",), (whole,))
    document = sample("en")
    assert canonical(replace(document, blocks=(chart,))) == canonical(
        replace(document, blocks=(replace(chart, series=(decimal,)),))
    )


def test_every_kind_of_block_has_its_template_and_the_reverse() -> None:
    templates = {path.stem for path in TEMPLATES.glob("[!_]*.html")}
    assert templates == set(KINDS)
    assert kind_of(FactBox("", ())) == "fact_box"
    assert kind_of(PageBreak) == "page_break"


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ({"block": "iframe"}, "no block is a 'iframe'"),
        ({"block": "bullets", "items": "one"}, "a sequence must be a list"),
        ({"block": "bullets", "items": [1]}, "1 is not a <class 'str'>"),
        ({"block": "bullets", "items": [], "colour": "red"}, "Bullets has no colour"),
        ({"block": "chart", "title": "t"}, "missing"),
        ({"items": []}, "block"),
        ("bullets", "a block must be an object"),
    ],
)
def test_json_that_is_no_document_is_refused(block: Any, reason: str) -> None:
    data = to_json(replace(sample("en"), blocks=(Bullets(("one",)),)))
    with pytest.raises(NotADocument, match=reason):
        from_json({**data, "blocks": [block]})


def test_blocks_that_no_template_could_draw_are_refused() -> None:
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        Table("t", ("a", "b"), (("1",),))
    with pytest.raises(ValueError, match="every series needs 2 values"):
        Chart("bar", "t", "s", ("a", "b"), (Series("x", (1,), ("1",)),))
    with pytest.raises(ValueError, match="every value needs its text"):
        Series("x", (1, 2), ("1",))
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="a number from 0 up"):
            Series("x", (wrong,), ("?",))
    with pytest.raises(ValueError, match="needs a width and a height"):
        Emblem("k", "a", 0, 10)
    with pytest.raises(ValueError, match="needs its zone"):
        replace(sample("en"), created=datetime(2022, 2, 10))  # noqa: DTZ001 - the point


def test_a_document_keeps_its_moment_whatever_zone_it_was_given_in() -> None:
    assert to_json(sample("en"))["created"] == CREATED.isoformat()
