"""A text in several languages: what people write is translatable, and never silently mixed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "fr", "ar")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def direction(lang: str) -> str:
    """``rtl`` or ``ltr``, as HTML's ``dir`` wants it; a regional tag goes with its language."""
    return "rtl" if lang.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def in_line(parts: Iterable[str | None], lang: str) -> str:
    """``A, B``, with the comma of the language; what is empty is left out."""
    comma = "، " if lang == "ar" else ", "
    return comma.join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Texts:
    """One text per language; languages without a text are missing, not empty."""

    by_lang: Mapping[str, str]

    @classmethod
    def of(cls, **by_lang: str) -> "Texts":
        return cls({k: v.strip() for k, v in by_lang.items() if v and v.strip()})

    @classmethod
    def from_json(cls, value: Mapping[str, str] | None) -> "Texts":
        return cls.of(**{k: v for k, v in (value or {}).items() if k in LANGUAGES})

    def to_json(self) -> dict[str, str]:
        return {lang: self.by_lang[lang] for lang in LANGUAGES if lang in self.by_lang}

    def find(self, lang: str) -> str | None:
        """The text in exactly this language."""
        return self.by_lang.get(lang)

    def choose(self, lang: str) -> tuple[str, str]:
        """The text to show a reader of ``lang``, and the language it really is in.

        Falls back in the order of LANGUAGES, so the page can say which language it shows.
        """
        for candidate in (lang, *LANGUAGES):
            if text := self.by_lang.get(candidate):
                return text, candidate
        return "", lang

    def text(self, lang: str) -> str:
        return self.choose(lang)[0]

    def missing(self, languages: tuple[str, ...] = LANGUAGES) -> tuple[str, ...]:
        return tuple(lang for lang in languages if lang not in self.by_lang)

    def __bool__(self) -> bool:
        return bool(self.by_lang)

    def __str__(self) -> str:
        return self.text(LANGUAGES[0])


NO_TEXT = Texts({})
