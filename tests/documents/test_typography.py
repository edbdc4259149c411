"""French marks keep to their words, whoever typed them and wherever they are printed."""

import pytest

from eventsapp.documents.blocks import Heading, Prose, Quote, Quotes
from eventsapp.documents.render import article_html
from eventsapp.documents.typography import set_spaces


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Objectifs : deux", "Objectifs\u202f: deux"),
        ("Utile ?", "Utile\u202f?"),
        ("« Utile » (vraiment !)", "«\u202fUtile\u202f» (vraiment\u202f!)"),
        ("un ; deux", "un\u202f; deux"),
        ("**Utile :** oui", "**Utile\u202f:** oui"),
        ("déjà\u202f: fait", "déjà\u202f: fait"),
        ("https://demo.example/a?b=1 et 10:30", "https://demo.example/a?b=1 et 10:30"),
    ],
)
def test_spaces_around_french_marks_are_narrow_and_do_not_break(typed: str, set_: str) -> None:
    assert set_spaces(typed, "fr") == set_
    assert set_spaces(typed, "en") == typed


def test_every_text_of_a_block_is_set_and_a_quote_in_its_own_language() -> None:
    blocks = (
        Heading(2, "Annexe : photos"),
        Prose("Bilan : {a}", {"a": "bon ; utile"}),
        Quotes((Quote("So : so", "An official", lang="en"), Quote("Bon !", "Un agent", lang="fr"))),
    )
    html = article_html(blocks, lang="fr", media_url=str)
    for words in ("Annexe\u202f: photos", "Bilan\u202f: bon\u202f; utile", "So : so", "Bon\u202f!"):
        assert words in html
