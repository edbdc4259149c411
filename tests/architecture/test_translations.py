"""No text is shown untranslated: what pages and refusals say stands in every catalogue."""

import re
import subprocess
import sys
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from eventsapp.config import ROOT

PLACE = re.compile(r"%\(\w+\)[sd]")


def read(path: Path, lang: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def catalogue(lang: str) -> Catalog:
    return read(ROOT / "eventsapp" / "translations" / lang / "LC_MESSAGES" / "messages.po", lang)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text that code and templates mark as shown, collected anew."""
    target = tmp_path_factory.mktemp("texts") / "messages.pot"
    collect = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml"]
    words = ["-k", "_l", "-k", "N_", "-o", str(target), "."]
    subprocess.run([sys.executable, *collect, *words], cwd=ROOT, check=True)
    return read(target)


def forms(value: object) -> tuple[str, ...]:
    return tuple(str(part) for part in value) if isinstance(value, list | tuple) else (str(value),)


def lacks(catalog: Catalog, text: Message) -> str:
    """What is wrong with the translation of a text, or nothing."""
    found = catalog.get(text.id)
    if found is None or found.fuzzy or not all(forms(found.string)):
        return "untranslated"
    wanted = set(PLACE.findall(" ".join(forms(text.id))))
    if any(not set(PLACE.findall(form)) <= wanted for form in forms(found.string)):
        return "a place that the text does not have"
    if any(wanted - set(PLACE.findall(form)) - {"%(num)d"} for form in forms(found.string)):
        return "a place is missing"
    return ""


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_every_text_is_translated_with_its_places(shown: Catalog, lang: str) -> None:
    catalog = catalogue(lang)
    wrong = {str(text.id): lacks(catalog, text) for text in shown if text.id}
    assert {text: why for text, why in wrong.items() if why} == {}


def test_a_missing_translation_and_a_lost_place_are_noticed() -> None:
    catalog = Catalog(locale="fr")
    catalog.add("Save", "")
    catalog.add("%(count)s seats", "des places")
    assert [lacks(catalog, Message(text)) for text in ("Save", "%(count)s seats", "New")] == [
        "untranslated",
        "a place is missing",
        "untranslated",
    ]


def test_texts_are_marked_by_the_names_that_are_collected() -> None:
    """``lazy_gettext("…")`` under its own name would be shown, but never translated."""
    uncollected = re.compile(r"\b(?:lazy_n?gettext|lazy_n?pgettext)\(")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "eventsapp").rglob("*.py")
        if uncollected.search(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (103, 3)],
)
def test_arabic_counts_take_the_form_that_their_texts_are_written_in(count: int, form: int) -> None:
    """Babel's own rule for Arabic has the last two forms the other way round."""
    catalog = catalogue("ar")
    assert c2py(catalog.plural_expr)(count) == form
    seats = catalog.get(("%(num)d seat left.", "%(num)d seats left."))
    assert seats is not None
    assert forms(seats.string)[4] == "بقي %(num)d مقعدًا."
