"""Two people who saved: what each of them changed, and where that is the same text."""

import hashlib
from collections.abc import Mapping


def normal(text: str) -> str:
    """A text as it is kept: browsers send their own line ends."""
    return text.replace("\r\n", "\n").strip()


def fingerprint(text: str) -> str:
    """Tells whether a text is still the one that was opened."""
    return hashlib.sha256(normal(text).encode()).hexdigest()[:16]


def changed(texts: Mapping[str, str], opened: Mapping[str, str]) -> dict[str, str]:
    """The texts, by section, that are not the ones that were opened; ``opened`` has fingerprints.

    A section without a fingerprint counts as changed: nobody knows what it was.
    """
    return {key: text for key, text in texts.items() if fingerprint(text) != opened.get(key)}


def clashes(
    mine: Mapping[str, str], theirs: Mapping[str, str], opened: Mapping[str, str]
) -> tuple[str, ...]:
    """The sections that both changed, each to another text."""
    by_them = changed(theirs, opened)
    return tuple(
        key
        for key in changed(mine, opened)
        if key in by_them and normal(mine[key]) != normal(by_them[key])
    )
