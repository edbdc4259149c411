"""Reading PDF files in tests."""

import io
import subprocess

import page
import pypdf


def failures(data: bytes) -> list[str]:
    """What the file lacks to be accessible (PDF/UA-1) and archival (PDF/A-3a)."""
    return [
        failure.rule_id
        for profile in ("ua1", "3a")
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]


def text_of_pdf(data: bytes) -> str:
    """The words of a file as two readers' programs copy them: each parts some Arabic words."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "\n".join([done.stdout.decode(), *(one.extract_text() for one in pages)])
