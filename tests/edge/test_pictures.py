"""Pictures from outside: what is taken is drawn anew, what is refused says why, at once."""

import io
import time

import pytest
from PIL import Image, ImageFile

from eventsapp.edge import pictures
from eventsapp.edge.pictures import Box, normalise
from tests.factories.pictures import REFUSED, jpeg, saved


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["JPEG"])


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_sound_picture_is_refused_for_what_is_wrong_with_it(name: str) -> None:
    data, refusal = REFUSED[name]
    began = time.process_time()
    with pytest.raises(pictures.PictureRefused) as refused:
        normalise(data)
    assert type(refused.value) is refusal
    # Processor time, so that a busy machine does not decide; a decoded bomb takes minutes.
    assert time.process_time() - began < 1


def test_a_photo_stands_upright_and_says_neither_where_nor_with_what_it_was_taken() -> None:
    sent = jpeg(with_place=True)
    assert opened(sent).getexif().get_ifd(0x8825)[1] == "N"
    taken = normalise(sent)
    assert (taken.width, taken.height) == (600, 900)
    image = opened(taken.data)
    assert dict(image.getexif()) == {}
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Camera of Ines" not in taken.data


def test_a_transparent_picture_lies_on_white() -> None:
    taken = normalise(saved(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"))
    assert opened(taken.data).getpixel((150, 150)) == (255, 255, 255)


def test_a_large_photo_is_kept_at_the_size_of_a_printed_page() -> None:
    taken = normalise(jpeg(size=(6000, 3000)))
    assert (taken.width, taken.height) == (2400, 1200)


def test_a_webp_becomes_a_jpeg_like_any_other() -> None:
    taken = normalise(saved(Image.new("RGB", (640, 480), "teal"), "WEBP"))
    assert opened(taken.data).format == "JPEG"


def test_the_same_file_becomes_the_same_bytes() -> None:
    assert normalise(jpeg(3)).data == normalise(jpeg(3)).data != normalise(jpeg(4)).data


def test_a_crop_leaves_what_is_between_its_edges_at_the_size_of_a_page() -> None:
    whole = normalise(jpeg(size=(2000, 1000)))
    cut = pictures.crop(whole.data, Box(left=25, right=25, bottom=50))
    assert (cut.width, cut.height) == (1000, 500)
    assert pictures.crop(whole.data, Box()).width == pictures.SHOWN_SIDE


def test_a_cut_off_file_is_refused_where_the_layout_engine_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The engine switches the library to fill such files up: for itself, not for what comes in."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(whole, "JPEG")
    cut = whole.getvalue()[: len(whole.getvalue()) // 2]
    with pytest.raises(pictures.PictureBroken):
        normalise(cut)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
    with Image.open(io.BytesIO(cut)) as accepted:
        accepted.load()
