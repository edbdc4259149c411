"""Pictures for the sample: drawn here, so that no stranger's photo is needed."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw


def europe() -> bytes:
    """The European emblem by its construction: twelve upright stars on a circle."""
    stars = "".join(
        _star(27 + 12 * sin(turn * pi / 6), 18 - 12 * cos(turn * pi / 6)) for turn in range(12)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="54" height="36" viewBox="0 0 54 36">'
        f'<rect width="54" height="36" fill="#003399"/>{stars}</svg>'
    ).encode()


def switzerland() -> bytes:
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">'
        b'<rect width="32" height="32" fill="#da291c"/>'
        b'<path d="M13 6h6v7h7v6h-7v7h-6v-7H6v-6h7z" fill="#fff"/></svg>'
    )


def logo() -> bytes:
    """A facility's logo as many are: a wide picture with transparency."""
    image = Image.new("RGBA", (600, 150), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((5, 5, 145, 145), fill="#0b5a66")
    draw.ellipse((45, 45, 105, 105), fill="#ffffff")
    for left in range(180, 580, 80):
        draw.rectangle((left, 50, left + 55, 100), fill="#15211f")
    return _saved(image, "PNG")


def photo(seed: int, *, width: int = 1200, height: int = 800) -> bytes:
    """A room seen from the back: light, a table and heads. Differs with the seed."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for row in range(height):
        light = 235 - row * 110 // height
        draw.line((0, row, width, row), fill=(light, light - 8 - seed * 4, light - 22))
    draw.rectangle((width // 3, 90, 2 * width // 3, 330), fill="#f6f6f0", outline="#6f7f7d")
    draw.rectangle((0, height * 3 // 4, width, height), fill=(88 + 9 * seed, 72, 60))
    for place in range(7):
        x, y = 90 + place * 165 + seed * 11 % 60, 470 + (place * 37 + seed * 53) % 80
        draw.ellipse((x, y, x + 90, y + 105), fill=(52 + place * 6, 40, 36))
        draw.rectangle((x - 45, y + 100, x + 135, height), fill=(20, 70 + place * 8, 80 + seed * 9))
    return _saved(image, "JPEG")


def _star(x: float, y: float) -> str:
    points = []
    for turn in range(10):
        radius = 2 if turn % 2 == 0 else 2 * 0.382
        angle = turn * pi / 5
        points.append(f"{x + radius * sin(angle):.3f},{y - radius * cos(angle):.3f}")
    return f'<polygon points="{" ".join(points)}" fill="#ffcc00"/>'


def _saved(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()
