"""A body above the limit: a plain page that says what to do, in the reader's language."""

import io

import pytest
from flask import Flask

from eventsapp.core.actor import Role
from tests.factories.workshops import sign_in
from tests.pages import text_of

TOLD = {
    "en": ("At most 16 MB", "Back to the form"),
    "fr": ("au plus 16 Mo", "Retour au formulaire"),
    "ar": ("16 ميغابايت", "العودة إلى الاستمارة"),
}


@pytest.mark.parametrize("lang", TOLD)
def test_a_sheet_above_the_limit_is_told_what_to_do(sqlite_app: Flask, lang: str) -> None:
    client = sqlite_app.test_client()
    sign_in(client, Role.ORGANISER)
    answer = client.post(
        "/manage/workshops/import",
        # Refused by what is announced: nothing of it is read.
        data={"file": (io.BytesIO(b"x"), "workshops.csv")},
        environ_overrides={"CONTENT_LENGTH": str(17 * 1024 * 1024)},
        headers={"Accept-Language": lang},
    )
    words = text_of(answer.text)
    assert (answer.status_code, [told in words for told in TOLD[lang]]) == (413, [True, True])
    assert 'href="/manage/workshops/import"' in answer.text
