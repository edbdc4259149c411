"""Pictures for tests: sound ones, and each kind that must be refused."""

import io
import struct
import zlib

from PIL import Image, ImageDraw

from eventsapp.edge import pictures


def jpeg(number: int = 0, *, size: tuple[int, int] = (900, 600), with_place: bool = False) -> bytes:
    """A photo unlike those of other numbers; with ``with_place`` it says where it was taken."""
    image = Image.new("RGB", size, (40 + number * 37 % 200, 110, 120))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60 + number % 90, 60, 300, 300), fill=(230, 200, 120))
    exif = Image.Exif()
    if with_place:
        exif[0x0110] = "Camera of Ines"
        exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 53.0, 14.0), 3: "E", 4: (13.0, 11.0, 28.0)})
        exif[0x0112] = 6  # lies on its side
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def saved(image: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def deep_png() -> bytes:
    """300 × 300 pixels with 16 bits a colour."""
    head = struct.pack(">IIBBBBB", 300, 300, 16, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x12\x34" * 900) * 300)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body) for kind, body in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    )


REFUSED: dict[str, tuple[bytes, type[pictures.PictureRefused]]] = {
    "empty": (b"", pictures.PictureEmpty),
    "truncated JPEG": (jpeg()[:3000], pictures.PictureBroken),
    "truncated PNG": (
        saved(Image.effect_noise((400, 400), 60), "PNG")[:9000],
        pictures.PictureBroken,
    ),
    "CMYK": (saved(Image.new("CMYK", (400, 400)), "JPEG"), pictures.PictureForPrint),
    "16 bits": (deep_png(), pictures.PictureTooDeep),
    "16 bits of grey": (saved(Image.new("I;16", (300, 300)), "PNG"), pictures.PictureTooDeep),
    "50,000 pixels each way": (png_header(50_000, 50_000), pictures.PictureTooLarge),
    "8,000 by 7,000": (png_header(8_000, 7_000), pictures.PictureTooLarge),
    "13,000 by 300": (png_header(13_000, 300), pictures.PictureTooLarge),
    "too many bytes": (jpeg() + b"\0" * pictures.MOST_BYTES, pictures.PictureTooLarge),
    "a stamp": (jpeg(size=(90, 60)), pictures.PictureTooSmall),
    "page behind a JPEG": (jpeg() + b"<ScRiPt>alert(1)</script>", pictures.PictureForeign),
    "PDF behind a JPEG": (jpeg() + b"%PDF-1.7", pictures.PictureForeign),
    "archive behind a JPEG": (
        jpeg() + b"PK\x05\x06" + b"\0" * 18,
        pictures.PictureForeign,
    ),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", pictures.PictureForeign),
    "EPS named as a picture": (b"%!PS-Adobe-3.0 EPSF-3.0\n", pictures.PictureRefused),
    "GIF": (saved(Image.new("P", (300, 300)), "GIF"), pictures.PictureRefused),
    "TIFF": (saved(Image.new("RGB", (300, 300)), "TIFF"), pictures.PictureRefused),
    "text": (b"not a picture at all", pictures.PictureRefused),
}
