"""What independent validators say. They miss much: test_mends.py looks at the file itself."""

import subprocess
from pathlib import Path

import outloud
import page
import pytest

from eventsapp.edge.pdf import RenderedPdf
from tests.edge.pdf.conftest import rendered
from tests.edge.pdf.tree import opened, unmended

# Arabic letters have up to four shapes and share ligatures, so many codes mean one letter.
MANY_SHAPES = {"ar": {"TXT-004"}}


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_file_conforms_to_accessibility_and_archive_at_once(
    report: RenderedPdf, profile: str
) -> None:
    result = page.validate_pdf_bytes(report.data, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.is_compliant


def test_a_listener_is_told_everything_in_order(
    lang: str, report: RenderedPdf, tmp_path: Path
) -> None:
    result = _listened_to(report.data, tmp_path)
    assert result.error is None
    unexpected = [
        finding for finding in result.findings if finding.rule not in MANY_SHAPES.get(lang, set())
    ]
    assert unexpected == []
    assert result.errors == 0


def test_the_file_is_sound(report: RenderedPdf, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(report.data)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_sample_holds_what_is_hard(report: RenderedPdf) -> None:
    assert report.pages >= 8
    assert len(opened(report.data).Root.AF) == 2


def test_the_validators_see_an_unmended_file(tmp_path: Path) -> None:
    html = (
        '<html lang="en"><title>T</title><h1>T</h1><table><thead><tr><th>A<th>B</thead>'
        '<tbody><tr><td>1<td><svg width="9" height="9"></svg></tbody></table>'
    )
    data = unmended(html, {})
    assert not page.is_pdf_compliant_bytes(data, profile="ua1")
    assert _listened_to(data, tmp_path).errors > 0


def test_every_language_was_rendered() -> None:
    hashes = {rendered(lang).sha256 for lang in ("en", "fr", "ar")}
    assert len(hashes) == 3


def _listened_to(data: bytes, folder: Path) -> outloud.Result:
    path = folder / "listened.pdf"
    path.write_bytes(data)
    return outloud.check(str(path))
