"""The sample's hashes under named library versions: ``python -m tests.edge.pdf.golden`` notes them.

Under the same versions the same document must give the same bytes, on every machine and for ever;
note them anew after a change that is meant to change the file.
"""

import ctypes
import json
import zlib
from importlib.metadata import version
from pathlib import Path

from tests.documents.sample import LANGUAGES

NOTED = Path(__file__).with_name("golden.json")
PACKAGES = ("weasyprint", "pydyf", "fonttools", "pillow", "tinycss2", "tinyhtml5", "cssselect2",
            "pyphen", "jinja2", "markdown-it-py", "nh3")  # fmt: skip


def versions() -> str:
    """Every library that has a say in the bytes."""
    parts = [f"{name} {version(name)}" for name in PACKAGES]
    parts.extend(f"{name} {number}" for name, number in _system_libraries())
    return ", ".join([*parts, f"zlib {zlib.ZLIB_RUNTIME_VERSION}"])


def _system_libraries() -> list[tuple[str, str]]:
    pango = ctypes.CDLL("libpango-1.0.so.0").pango_version_string
    harfbuzz = ctypes.CDLL("libharfbuzz.so.0").hb_version_string
    fontconfig = ctypes.CDLL("libfontconfig.so.1").FcGetVersion()
    for function in (pango, harfbuzz):
        function.restype = ctypes.c_char_p
    freetype = ctypes.CDLL("libfreetype.so.6")
    library, numbers = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    freetype.FT_Init_FreeType(ctypes.byref(library))
    freetype.FT_Library_Version(library, *(ctypes.byref(number) for number in numbers))
    freetype.FT_Done_FreeType(library)
    return [
        ("pango", pango().decode()),
        ("harfbuzz", harfbuzz().decode()),
        ("fontconfig", str(fontconfig)),
        ("freetype", ".".join(str(number.value) for number in numbers)),
    ]


def noted() -> dict[str, str] | None:
    """The hashes by language under these versions, if somebody noted them."""
    found: dict[str, str] | None = json.loads(NOTED.read_text()).get(versions())
    return found


def main() -> None:
    from tests.edge.pdf.conftest import rendered

    known = json.loads(NOTED.read_text()) if NOTED.exists() else {}
    known[versions()] = {lang: rendered(lang).sha256 for lang in LANGUAGES}
    NOTED.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
