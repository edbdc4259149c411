"""Every theme of the papers passes AA, and is one that pages and projects know too."""

import re
from typing import get_args

import pytest

from eventsapp.config import ROOT
from eventsapp.documents.blocks import Accent
from eventsapp.documents.render import pdf_html
from eventsapp.projects import types
from tests.documents.sample import sample

PAPER = (ROOT / "eventsapp/static/documents/report.css").read_text("utf-8")
PAGES = (ROOT / "eventsapp/static/css/tokens.css").read_text("utf-8")
THEME = re.compile(r"^(?:body|\.accent-(\w+)) \{ (--accent: .*) \}$", re.MULTILINE)


def themes() -> dict[str, dict[str, str]]:
    return {
        name or "petrol": dict(re.findall(r"--accent-?(\w*): (#\w{6})", rules))
        for name, rules in THEME.findall(PAPER)
    }


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_papers_pages_and_projects_know_the_same_themes() -> None:
    ours = set(get_args(Accent))
    assert set(themes()) == ours == set(types.Accent)
    assert set(re.findall(r'\[data-accent="(\w+)"\]', PAGES)) == ours - {"petrol"}


@pytest.mark.parametrize("name", get_args(Accent))
def test_every_pair_of_a_theme_passes_aa(name: str) -> None:
    theme = themes()[name]
    pairs = (
        ("#ffffff", theme["deep"]),
        (theme["soft"], theme["deep"]),
        (theme[""], "#ffffff"),
        (theme[""], "#f2f5f5"),
        (theme["deep"], "#f2f5f5"),
    )
    assert all(contrast(*pair) >= 4.5 for pair in pairs)


def test_contrast_of_a_pale_theme_would_be_noticed() -> None:
    assert contrast("#ffffff", "#82cdd8") < 4.5 < contrast("#ffffff", "#000000")


def test_a_paper_wears_its_theme_in_words_and_bars() -> None:
    from dataclasses import replace

    html = pdf_html(replace(sample("en"), accent="plum"))
    assert '<body class="accent-plum"' in html
    assert "#7a2e62" in html
    assert "#0b5a66" not in html
