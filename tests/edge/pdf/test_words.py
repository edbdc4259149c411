"""The words of the file, as programs read them: complete, in order, searchable in Arabic too."""

import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf

from eventsapp.documents.render import pdf_html, plain_text
from eventsapp.edge.pdf import RenderedPdf, render
from tests.documents.sample import CREATED, MEDIA, sample, words_in
from tests.edge.pdf.conftest import rendered
from tests.edge.pdf.tree import elements, opened, spoken, unmended

DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def words_of(text: str) -> Counter[str]:
    text = unicodedata.normalize("NFC", DIRECTIONS.sub("", text))
    return Counter(re.findall(r"\w[\w\u064b-\u0652]+", text))


def printed(data: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def recovered(lang: str, data: bytes, folder: Path) -> float:
    wanted = words_of(plain_text(sample(lang).blocks, lang=lang))
    found = words_of(printed(data, folder)) & wanted
    return sum(found.values()) / sum(wanted.values())


def test_the_words_can_be_copied_and_searched(
    lang: str, report: RenderedPdf, tmp_path: Path
) -> None:
    assert recovered(lang, report.data, tmp_path) >= {"en": 0.99, "fr": 0.99, "ar": 0.88}[lang]


def test_arabic_needs_the_mends_to_be_searched(tmp_path: Path) -> None:
    assert recovered("ar", unmended(pdf_html(sample("ar")), MEDIA), tmp_path) < 0.75


def test_ligatures_are_found_letter_by_letter(tmp_path: Path) -> None:
    html = (
        '<html lang="ar" dir="rtl"><title>عنوان</title>'
        '<link rel="stylesheet" href="media:static/documents/report.css">'
        "<h1>الاتصال</h1><p>لنقطتي الإنترنت الأهداف في بين</p>"
    )
    words = {"الاتصال", "لنقطتي", "الإنترنت", "الأهداف", "في", "بين"}
    pdf = render(html, media={}, created=CREATED, identifier="x")
    assert words <= set(words_of(printed(pdf.data, tmp_path)))
    assert not words <= set(words_of(printed(unmended(html, {}), tmp_path)))


def test_a_mark_upon_a_ligature_does_not_swallow_its_letters() -> None:
    html = (
        '<html lang="ar" dir="rtl"><title>عنوان</title>'
        '<link rel="stylesheet" href="media:static/documents/report.css">'
        "<h1>عنوان</h1><p>يعبّر رحّب ممثلًا</p>"
    )

    def letters(data: bytes) -> Counter[str]:
        pdf = opened(data)
        said = "".join(spoken(pdf, element) for element in elements(pdf) if element.S == "/P")
        return Counter(said.replace(" ", ""))

    wanted = Counter("يعبّر رحّب ممثلًا".replace(" ", ""))
    mended = render(html, media={}, created=CREATED, identifier="x")
    assert letters(mended.data) == wanted
    assert letters(unmended(html, {})) != wanted


def test_a_listener_hears_the_report_in_its_order(lang: str, pdf: pikepdf.Pdf) -> None:
    heads = words_in(lang).heads
    kinds = {"/H1", "/H2", "/H3"}
    titles = [element for element in elements(pdf) if str(element.S) in kinds]
    assert [str(title.S) for title in titles] == [
        "/H1", "/H2", "/H2", "/H3", "/H2", "/H2", "/H2", "/H2", "/H2"
    ]  # fmt: skip
    if lang != "ar":  # drawn from left to right, so its letters are in reverse
        assert [spoken(pdf, title) for title in titles[1:]] == [
            " ".join(head.split()) for head in heads.values()
        ]


def test_feet_count_the_pages_in_the_reports_language(lang: str, tmp_path: Path) -> None:
    pages = rendered(lang).pages
    text = printed(rendered(lang).data, tmp_path)
    feet = {"en": f"Page 2 of {pages}", "fr": f"Page 2 sur {pages}", "ar": f"من {pages}"}
    assert feet[lang] in DIRECTIONS.sub("", text)
    assert f"1 of {pages}" not in text  # the cover has no foot


def test_letters_that_the_fonts_lack_do_not_break_the_file(tmp_path: Path) -> None:
    html = (
        '<html lang="en"><title>T</title>'
        '<link rel="stylesheet" href="media:static/documents/report.css">'
        "<h1>Names</h1><p>Ἀθηνᾶ Żółć Йосиф \u1230\u120b\u121d \u4f60\u597d \U0001f389 \u200f\u200e"
    )
    pdf = render(html, media={}, created=CREATED, identifier="x")
    assert "Żółć Йосиф" in printed(pdf.data, tmp_path)
