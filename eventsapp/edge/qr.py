"""QR codes, as pictures for mails and papers and as addresses for pages.

All are dark on light in every colour scheme, or scanners fail.
"""

import io

import segno


def qr_png(text: str, *, border: int) -> bytes:
    """Large enough to be scanned from a phone or from paper; ``border`` counts modules."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=border)
    return picture.getvalue()


def qr_uri(text: str, *, border: int) -> str:
    """The code as a ``data:`` address that an image of a page can show."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_data_uri(scale=4, border=border, dark="#000", light="#fff"))
