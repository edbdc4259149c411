"""The few words that templates add to a document, in each language it can be written in."""

from collections.abc import Mapping

# A frozen document carries its own copy; these are what a new one is given.
LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "page": "Page {page} of {pages}",
        "photo_credit": "Photo: {credit}",
        "acknowledgement": "Acknowledgement",
    },
    "fr": {
        "page": "Page {page} sur {pages}",
        "photo_credit": "Photo\u202f: {credit}",
        "acknowledgement": "Remerciements",
    },
    "ar": {
        "page": "صفحة {page} من {pages}",
        "photo_credit": "الصورة: {credit}",
        "acknowledgement": "شكر وتقدير",
    },
}


def labels_for(lang: str) -> Mapping[str, str]:
    """The words for ``lang``; a regional tag such as ``fr-CH`` gets its language's."""
    return LABELS[lang.split("-", maxsplit=1)[0].lower()]
