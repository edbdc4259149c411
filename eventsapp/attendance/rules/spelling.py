"""What spellings of one name have in common, in Latin and in Arabic letters.

Arabic writes consonants and long vowels, Latin spellings of Arabic names write vowels as they are
heard: محمد is Mohammed, Muhammad and Mohamed. So a word becomes its consonants and, between them,
whether there is a vowel. Two Latin spellings are alike when both agree; an Arabic and a Latin one
are alike when the consonants agree and every vowel that Arabic writes is there. That tells Salem
(سالم) from Salma (سلمى) and Karim from Karima, which consonants alone do not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from eventsapp.people.rules import words_of

# One sound a sign. Letters that spellings use for several sounds have several.
_LATIN = {
    "kh": "x", "gh": "G", "sh": "S", "sch": "S", "ch": "S", "dj": "j", "dh": "dz", "th": "ts",
    "ph": "f", "ck": "k", "q": "k", "c": "k", "v": "f", "p": "b", "g": "jGk", "x": "ks",
    "j": "j", "z": "z", "b": "b", "d": "d", "f": "f", "h": "h", "k": "k", "l": "l", "m": "m",
    "n": "n", "r": "r", "s": "s", "t": "t", "w": "w", "y": "y",
}  # fmt: skip
_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "ts", "ج": "j", "چ": "S", "ح": "h", "خ": "x",
    "د": "d", "ض": "d", "ذ": "dz", "ظ": "dz", "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ص": "s",
    "ش": "S", "غ": "G", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "گ": "jGk", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip
_LATIN_VOWELS = frozenset("aeiou")
_ARABIC_VOWELS = frozenset("اوي")
_ARTICLES = frozenset({"al", "el", "ul", "il", "ال"})
_SERVANT = frozenset({"abd", "abdel", "abdul", "abdal", "عبد"})
# Words that are spelled in too many ways to follow from letters.
_COMMON = {
    **dict.fromkeys(("ben", "bin", "ibn", "bn", "ould", "بن", "ابن", "ولد"), "bn"),
    **dict.fromkeys(("bint", "bent", "بنت"), "bnt"),
    **dict.fromkeys(("abu", "abou", "abo", "bou", "bu", "ابو", "بو"), "abw"),
    **dict.fromkeys(("om", "um", "umm", "oum", "ام"), "am"),
}
_SERVANT_OF = re.compile(r"abd(?:[aeou]?l|[aeou](?=([b-df-hj-np-tv-z])\1))(?=.{3})")
_JOINED_ARTICLE = re.compile(r"[ae]l[^aeiou].{4}")
_MOST_READINGS = 8
_FEWEST_WORDS = 2

# Signs for what is no consonant.
_VOWEL, _SILENCE = "_", "."

Vowels = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """A way to read a word: its consonants, and whether a vowel is before, between and behind
    them; Arabic leaves out the short ones."""

    consonants: str
    vowels: Vowels
    is_arabic: bool

    def is_like(self, other: "Sound") -> bool:
        if self.consonants != other.consonants:
            return False
        if self.is_arabic == other.is_arabic:
            return self.vowels == other.vowels
        arabic, latin = (self, other) if self.is_arabic else (other, self)
        ends_agree = (arabic.vowels[0], arabic.vowels[-1]) == (latin.vowels[0], latin.vowels[-1])
        written = zip(arabic.vowels, latin.vowels, strict=True)
        return ends_agree and all(heard for long, heard in written if long)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it sounds, word by word, in each way to read it."""

    words: tuple[tuple[Sound, ...], ...]

    @property
    def keys(self) -> frozenset[str]:
        """What alike spellings share at least one of: consonants of all words, in any order."""
        readings = product(*({sound.consonants for sound in word} for word in self.words))
        return frozenset(" ".join(sorted(reading)) for reading in readings)

    def is_like(self, other: "Spelling") -> bool:
        """Whether each word sounds like one of the other's, in any order."""
        if not _FEWEST_WORDS <= len(self.words) == len(other.words):
            return False
        left = list(other.words)
        for word in self.words:
            alike = next((one for one in left if _are_alike(word, one)), None)
            if alike is None:
                return False
            left.remove(alike)
        return True


def _are_alike(word: Iterable[Sound], other: Iterable[Sound]) -> bool:
    return any(one.is_like(two) for one, two in product(word, other))


def spelling_of(name: str) -> Spelling:
    return Spelling(tuple(_sounds_of(word) for word in _joined(words_of(name))))


def consonants_of(name: str) -> str:
    """The first reading of a name's words, to look for similar ones across scripts."""
    return " ".join(sorted(word[0].consonants for word in spelling_of(name).words if word))


def _joined(words: Iterable[str]) -> list[str]:
    """Words without articles; Abd al-Rahman, Abdul Rahman and عبد الرحمن are one word each."""
    joined: list[str] = []
    servant = ""
    for word in words:
        if word in _ARTICLES:
            continue
        if word in _SERVANT:
            servant = "عبد" if word == "عبد" else "abd"
            continue
        joined.append(servant + _without_article(word))
        servant = ""
    return [*joined, servant] if servant else joined


def _without_article(word: str) -> str:
    if word.startswith("ال") and (len(word) > 4 or word == "الله"):
        return word[2:]
    if _JOINED_ARTICLE.match(word):
        return word[2:]
    if word.startswith("عبدال") and len(word) > 6:
        return f"عبد{word[5:]}"
    return _SERVANT_OF.sub("abd", word)


@lru_cache(maxsize=20_000)
def _sounds_of(word: str) -> tuple[Sound, ...]:
    """The ways to read a word, few of them."""
    is_arabic = "\u0600" <= word[:1] <= "\u06ff"
    word = _COMMON.get(word, word)
    is_arabic = is_arabic and "\u0600" <= word[:1] <= "\u06ff"
    tokens = _arabic_tokens(word) if is_arabic else _latin_tokens(word)
    readings = {_sound(choice, is_arabic=is_arabic) for choice in _choices(tokens)}
    return tuple(sorted(readings, key=lambda sound: (sound.consonants, sound.vowels)))


def _choices(tokens: list[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for choice in product(*(token or _VOWEL for token in tokens)):
        found.append(choice)
        if len(found) == _MOST_READINGS:
            break
    return found


def _sound(signs: Iterable[str], *, is_arabic: bool) -> Sound:
    """Consonants, doubled ones once, with whether vowels are around them."""
    consonants: list[str] = []
    vowels = [False]
    for sign in signs:
        if sign == _VOWEL:
            vowels[-1] = True
        elif sign == _SILENCE:
            continue
        elif not (consonants and consonants[-1] == sign and not vowels[-1]):
            consonants.append(sign)
            vowels.append(False)
    return Sound("".join(consonants), tuple(vowels), is_arabic)


def _latin_tokens(word: str) -> list[str]:
    """The sounds of each letter or pair of letters; an empty one is a vowel."""
    word = _silent(word)
    tokens: list[str] = []
    at = 0
    while at < len(word):
        pair = next((word[at : at + n] for n in (3, 2) if word[at : at + n] in _LATIN), word[at])
        following = word[at + len(pair) : at + len(pair) + 1]
        tokens.append(_latin_token(pair, at, following))
        at += len(pair)
    if word.endswith("ah"):
        # Heard in Salah, not in Fatimah.
        tokens[-1] = f"h{_SILENCE}"
    return tokens


def _silent(word: str) -> str:
    """Without the last letter where it is not heard: Rahmane."""
    if len(word) > 4 and word.endswith("e") and word[-2] not in _LATIN_VOWELS:
        return word[:-1]
    return word


def _latin_token(letters: str, at: int, following: str) -> str:
    if letters in _LATIN_VOWELS:
        # Rania: the i before a vowel is heard as a consonant, and Arabic writes it as one.
        return f"y{_VOWEL}" if letters == "i" and at and following in {"a", "o", "u"} else ""
    if letters in {"w", "y"}:
        return letters if following in _LATIN_VOWELS else ""
    if letters == "c" and following in {"e", "i"}:
        return "sk"
    return _LATIN.get(letters, letters)


def _arabic_tokens(word: str) -> list[str]:
    tokens: list[str] = []
    for at, letter in enumerate(word):
        following = word[at + 1 : at + 2]
        if letter == "ع":
            # Heard as the vowel around it: at the start it is the first one, later it is none.
            tokens += [""] if at == 0 else []
        elif _is_vowel(word, at, following):
            tokens.append("")
        elif letter != "ء":
            tokens.append(_ARABIC.get(letter, letter))
    return tokens


def _is_vowel(word: str, at: int, following: str) -> bool:
    if word[at] in {"و", "ي"}:
        return not _is_consonant(word, at, following)
    return word[at] == "ا" or (word[at] == "ه" and at > 0 and not following)


def _is_consonant(word: str, at: int, following: str) -> bool:
    """Whether و or ي is heard as w or y: at the start, and before a vowel."""
    is_before_last_h = following == "ه" and at + 2 == len(word)
    return at == 0 or following in _ARABIC_VOWELS or is_before_last_h
