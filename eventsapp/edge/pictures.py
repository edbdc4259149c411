"""Pictures from outside: looked at before anything is decoded, then drawn anew.

What is kept is never what was sent: the pixels are drawn into a new JPEG, upright and in sRGB, so
that no place, name of a camera or hidden second file can leave with it.
"""

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, ImageOps

from eventsapp.core.errors import N_, Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
SUFFIX = ".jpg"
EMBLEM_SUFFIX = ".png"
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 12_000
SHORTEST_SIDE = 200
SMALLEST_EMBLEM = 80
LARGEST_EMBLEM = 1_600
# Large enough for a full page at 300 dots an inch after a crop, and no larger.
KEPT_SIDE = 2_400
SHOWN_SIDE = 1_400
QUALITY = 84

# What no picture begins or ends with, but a file that is two things at once does.
_FOREIGN = (b"<script", b"<html", b"<!doctype", b"<?php", b"<iframe", b"%pdf-", b"<svg ")
_ENDS = 64 * 1024
# Held while a file is decoded: the library's switch for cut-off files is one for the process.
_switch = threading.Lock()


class PictureRefused(Invalid):
    """Why a file is not taken as a picture; subclasses say what to do about it."""

    message = N_("This is not a picture. Use a JPEG, PNG or WebP file.")


class PictureEmpty(PictureRefused):
    message = N_("The file is empty.")


class PictureTooLarge(PictureRefused):
    message = N_("The picture is too large: at most 50 million pixels and 15 MB.")


class PictureTooSmall(PictureRefused):
    message = N_("The picture is too small to print: at least %(least)s pixels on each side.")


class PictureBroken(PictureRefused):
    message = N_("The picture is damaged or incomplete. Copy it again from where it was taken.")


class PictureForPrint(PictureRefused):
    message = N_("The picture is saved for print (CMYK). Save it in the colours of screens (sRGB).")


class PictureTooDeep(PictureRefused):
    message = N_("The picture has 16 bits a colour. Save it with 8 bits a colour.")


class PictureForeign(PictureRefused):
    message = N_("The file holds more than a picture. Save the picture anew, then try again.")


@dataclass(frozen=True, slots=True)
class Box:
    """What is cut off at each side of a picture, in hundredths of its width and height."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


WHOLE = Box()


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    width: int
    height: int


def normalise(data: bytes) -> Picture:
    """The picture upright, in sRGB, on white, at most 2,400 pixels long, without its metadata.

    Raises a PictureRefused that says what is wrong with the file.
    """
    _check_file(data)
    with _opened(data) as image:
        _check_header(image, data, least=SHORTEST_SIDE)
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        _load(image)
        upright = ImageOps.exif_transpose(image)
        return _draw(_in_srgb(upright, image.info.get("icc_profile")), KEPT_SIDE)


def normalise_emblem(data: bytes) -> Picture:
    """A logo as a PNG with the same pixels, at most 1,600 of them long, without its metadata.

    Raises a PictureRefused, as ``normalise`` does.
    """
    _check_file(data)
    with _opened(data) as image:
        _check_header(image, data, least=SMALLEST_EMBLEM)
        _load(image)
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail((LARGEST_EMBLEM, LARGEST_EMBLEM), Image.Resampling.LANCZOS)
        clean = Image.new("RGBA", upright.size)
        clean.paste(upright)
        written = io.BytesIO()
        clean.save(written, "PNG", optimize=True)
        return Picture(written.getvalue(), *clean.size)


def crop(data: bytes, box: Box) -> Picture:
    """What is left of a picture of ours, at the size in which it is shown."""
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        width, height = image.size
        left, right = width * box.left // 100, width - width * box.right // 100
        top, bottom = height * box.top // 100, height - height * box.bottom // 100
        return _draw(image.crop((left, top, right, bottom)), SHOWN_SIDE)


def _check_file(data: bytes) -> None:
    if not data:
        raise PictureEmpty
    if len(data) > MOST_BYTES:
        raise PictureTooLarge
    ends = (data[:_ENDS] + data[-_ENDS:]).lower()
    if any(mark in ends for mark in _FOREIGN) or zipfile.is_zipfile(io.BytesIO(data)):
        raise PictureForeign


def _opened(data: bytes) -> Image.Image:
    """Only the header is read here, so a picture's size is known before its memory is taken."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureRefused from error


@contextmanager
def _strictly() -> Iterator[None]:
    """The layout engine, where it is loaded, has the library fill up cut-off files with grey."""
    with _switch:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _load(image: Image.Image) -> None:
    try:
        with _strictly():
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise PictureBroken from error


def _check_header(image: Image.Image, data: bytes, *, least: int) -> None:
    if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
        raise PictureTooLarge
    if min(image.size) < least:
        raise PictureTooSmall(least=least)
    if image.mode == "CMYK":
        raise PictureForPrint
    # A PNG says its depth in its 25th byte; the library would thin it out without a word.
    if image.mode.startswith(("I", "F")) or (image.format == "PNG" and data[24] == 16):
        raise PictureTooDeep


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    flat = _on_white(image)
    if not profile:
        return flat
    try:
        found = ImageCms.profileToProfile(
            flat,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError):  # a profile nobody can read: the colours as they are
        return flat
    return found or flat


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _draw(image: Image.Image, side: int) -> Picture:
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(written.getvalue(), *clean.size)
